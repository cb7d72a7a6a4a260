package io.calcitewasm.component.binary.core;

import io.calcitewasm.component.InvalidComponentException;
import io.calcitewasm.component.effect.Effect;
import java.util.Optional;

/** What single instructions change. */
final class InstructionEffects {
  private InstructionEffects() {}

  /**
   * An instruction's number: its opcode, or the prefix and, eight bits below it, the number behind
   * it.
   *
   * @param opcode its first byte, which stands at {@code start}
   */
  static int number(byte[] module, int opcode, int start, int end)
      throws InvalidComponentException {
    return opcode == 0xfc || opcode == 0xfd
        ? opcode << 8 | new Cursor(module, start + 1, end, "instruction").index("an instruction")
        : opcode;
  }

  /** What an instruction of a {@link #number} changes; nothing if that is nothing. */
  static Optional<Effect> of(int number) {
    return Optional.ofNullable(
        switch (number) {
          case 0x24 -> Effect.GLOBALS;
          case 0x40 -> Effect.GROWTH;
          // Vector stores, memory.init, memory.copy, memory.fill, atomics.
          case 0xfd0b, 0xfd58, 0xfd59, 0xfd5a, 0xfd5b, 0xfc08, 0xfc0a, 0xfc0b, 0xfe ->
              Effect.MEMORY;
          // table.set, table.init, table.copy, table.grow, table.fill.
          case 0x26, 0xfc0c, 0xfc0e, 0xfc0f, 0xfc11 -> Effect.TABLES;
          // data.drop, elem.drop.
          case 0xfc09, 0xfc0d -> Effect.SEGMENTS;
          default -> number >= 0x36 && number <= 0x3e ? Effect.MEMORY : null;
        });
  }
}
