package io.calcitewasm.component.binary.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * While one walks over a function body: which ranges behind the address in a local have been kept
 * on every way to the present instruction. What was kept stays so until the call is undone, so a
 * range is forgotten only where the local is set.
 */
final class KeptRanges {
  /** A block that is open, and what was known where it began. */
  private record Block(Map<Integer, List<Long>> known, BitSet set) {}

  /** More are not remembered, so that a hostile body costs no more than its length. */
  private static final int MOST = 64;

  /** Bytes; with those of the largest store no more than the slack. */
  private static final int STEP = 8;

  private final Deque<Block> blocks = new ArrayDeque<>();

  /** By local, the offsets from which on {@link UndoLog#SLACK} bytes and one more are kept. */
  private Map<Integer, List<Long>> known = new HashMap<>();

  private int size;

  /**
   * Finds out whether the bytes of a store are kept. If not, they are from now on.
   *
   * @return the offset from which on bytes are to be kept for that; −1 if all are
   */
  long add(int local, StoreChecks.Store store) {
    long last = store.offset() + store.size() - 1;
    List<Long> kept = known.computeIfAbsent(local, l -> new ArrayList<>());
    for (long from : kept) {
      if (store.offset() >= from && last <= from + UndoLog.SLACK) {
        return -1;
      }
    }
    // Fields of one object are often stored one after the other, in any order.
    long from = store.offset() / STEP * STEP;
    kept.add(from);
    if (++size > MOST) {
      known.clear();
      size = 0;
    }
    return from;
  }

  /** A local gets another value. */
  void set(int local) {
    known.remove(local);
    if (!blocks.isEmpty()) {
      blocks.element().set.set(local);
    }
  }

  /** A block begins. */
  void begin() {
    blocks.push(new Block(copy(), new BitSet()));
  }

  /**
   * A loop begins.
   *
   * @param set the locals that are set in it
   */
  void beginLoop(BitSet set) {
    set.stream().forEach(known::remove);
    begin();
  }

  /** The other half of an {@code if} begins. */
  void otherwise() {
    Block block = blocks.element();
    known = copy(block.known);
  }

  /** A block ends, and is reached from anywhere inside it. */
  void end() {
    if (blocks.isEmpty()) {
      return;
    }
    Block block = blocks.pop();
    known = block.known;
    block.set.stream().forEach(known::remove);
    if (!blocks.isEmpty()) {
      blocks.element().set.or(block.set);
    }
  }

  private Map<Integer, List<Long>> copy() {
    return copy(known);
  }

  private static Map<Integer, List<Long>> copy(Map<Integer, List<Long>> ranges) {
    Map<Integer, List<Long>> copy = HashMap.newHashMap(ranges.size());
    ranges.forEach((local, offsets) -> copy.put(local, new ArrayList<>(offsets)));
    return copy;
  }
}
