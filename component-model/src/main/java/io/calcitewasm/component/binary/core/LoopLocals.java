package io.calcitewasm.component.binary.core;

import io.calcitewasm.component.InvalidComponentException;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Finds out which locals are set in which loops of one function body, and where loops are. */
final class LoopLocals implements Instructions.Listener {
  private final byte[] module;
  private final Deque<BitSet> blocks = new ArrayDeque<>();

  /** By where a loop starts. */
  private final Map<Integer, BitSet> loops = new HashMap<>();

  /** By where an outermost loop starts, where it ends. */
  private final NavigableMap<Integer, Integer> outermost = new TreeMap<>();

  /** Where the outermost loop that is open starts, and how many blocks it is in; −1 if none is. */
  private int outer = -1;

  private int outerDepth;

  LoopLocals(byte[] module) {
    this.module = module;
  }

  /** The locals that are set in the loop that starts at a byte offset. */
  BitSet setIn(int loop) {
    return loops.getOrDefault(loop, new BitSet());
  }

  /** Whether the instruction that starts at a byte offset is in a loop. */
  boolean inLoop(int start) {
    Map.Entry<Integer, Integer> before = outermost.floorEntry(start);
    return before != null && start < before.getValue();
  }

  @Override
  public void instruction(int opcode, int start, int end) throws InvalidComponentException {
    switch (opcode) {
      case 0x02, 0x03, 0x04 -> {
        BitSet set = new BitSet();
        blocks.push(set);
        if (opcode == 0x03) {
          loops.put(start, set);
          if (outer < 0) {
            outer = start;
            outerDepth = blocks.size();
          }
        }
      }
      case 0x0b -> {
        // The last end is the body's own.
        if (!blocks.isEmpty()) {
          if (outer >= 0 && blocks.size() == outerDepth) {
            outermost.put(outer, start);
            outer = -1;
          }
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
