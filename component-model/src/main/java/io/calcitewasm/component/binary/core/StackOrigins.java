package io.calcitewasm.component.binary.core;

import io.calcitewasm.component.InvalidComponentException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Finds the stores whose address is a local, and where that local was put on the stack: there the
 * store can be announced, without its value in the way. Only where nothing between the two can go
 * elsewhere, trap for another reason or call. One function body at a time.
 */
final class StackOrigins implements Instructions.Listener {
  private static final int NONE = -1;

  /** A local that was put on the stack by the instruction that ends at {@code end}. */
  record Origin(int local, int end) {
    private static final Origin UNKNOWN = new Origin(NONE, NONE);
  }

  private final byte[] module;
  private final Deque<Origin> stack = new ArrayDeque<>();

  /** By where a store starts, what its address comes from. */
  private final Map<Integer, Origin> addresses = new HashMap<>();

  StackOrigins(byte[] module) {
    this.module = module;
  }

  /** What the addresses of stores come from, by where the stores start; others are not in it. */
  Map<Integer, Origin> addresses() {
    return addresses;
  }

  @Override
  public void instruction(int opcode, int start, int end) throws InvalidComponentException {
    if (opcode >= NumericSignatures.FIRST_STORE && opcode <= NumericSignatures.LAST_STORE) {
      pop();
      Origin origin = pop();
      if (origin.local != NONE) {
        addresses.put(start, origin);
      }
    } else if (opcode >= NumericSignatures.FIRST_LOAD && opcode < NumericSignatures.FIRST_STORE) {
      pop();
      push();
    } else if (opcode >= NumericSignatures.FIRST && opcode <= NumericSignatures.LAST) {
      if (traps(opcode)) {
        stack.clear();
      } else {
        pop(NumericSignatures.of(opcode).count());
      }
      push();
    } else {
      other(opcode, start, end);
    }
  }

  private void other(int opcode, int start, int end) throws InvalidComponentException {
    switch (opcode) {
      case 0x01 -> {}
      // drop local.set global.set
      case 0x1a, 0x21, 0x24 -> pop();
      case 0x1b -> {
        pop(3);
        push();
      }
      case 0x20 -> stack.push(new Origin(local(start, end), end));
      case 0x22 -> {
        pop();
        stack.push(new Origin(local(start, end), end));
      }
      // global.get and constants
      case 0x23, 0x41, 0x42, 0x43, 0x44 -> push();
      default -> stack.clear();
    }
  }

  private int local(int start, int end) throws InvalidComponentException {
    return new Cursor(module, start + 1, end, "instruction").index("local index");
  }

  /** Divisions and truncations. */
  private static boolean traps(int opcode) {
    return opcode >= 0x6d && opcode <= 0x70
        || opcode >= 0x7f && opcode <= 0x82
        || opcode >= 0xa8 && opcode <= 0xab
        || opcode >= 0xae && opcode <= 0xb1;
  }

  private void push() {
    stack.push(Origin.UNKNOWN);
  }

  private Origin pop() {
    return stack.isEmpty() ? Origin.UNKNOWN : stack.pop();
  }

  private void pop(int count) {
    for (int i = 0; i < count; i++) {
      pop();
    }
  }
}
