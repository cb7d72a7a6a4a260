package io.calcitewasm.component.binary.core;

import io.calcitewasm.component.InvalidComponentException;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** Finds out which locals are set in which loops of one function body. */
final class LoopLocals implements Instructions.Listener {
  private final byte[] module;
  private final Deque<BitSet> blocks = new ArrayDeque<>();

  /** By where a loop starts. */
  private final Map<Integer, BitSet> loops = new HashMap<>();

  LoopLocals(byte[] module) {
    this.module = module;
  }

  /** The locals that are set in the loop that starts at a byte offset. */
  BitSet setIn(int loop) {
    return loops.getOrDefault(loop, new BitSet());
  }

  @Override
  public void instruction(int opcode, int start, int end) throws InvalidComponentException {
    switch (opcode) {
      case 0x02, 0x03, 0x04 -> {
        BitSet set = new BitSet();
        blocks.push(set);
        if (opcode == 0x03) {
          loops.put(start, set);
        }
      }
      case 0x0b -> {
        // The last end is the body's own.
        if (!blocks.isEmpty()) {
          BitSet inner = blocks.pop();
          if (!blocks.isEmpty()) {
            blocks.element().or(inner);
          }
        }
      }
      case 0x21, 0x22 -> {
        if (!blocks.isEmpty()) {
          blocks
              .element()
              .set(new Cursor(module, start + 1, end, "instruction").index("local index"));
        }
      }
      default -> {}
    }
  }
}
