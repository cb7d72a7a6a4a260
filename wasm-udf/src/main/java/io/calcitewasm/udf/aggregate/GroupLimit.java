package io.calcitewasm.udf.aggregate;

import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.instance.HeapShare;
import io.calcitewasm.udf.signature.SqlFunction;

/**
 * Refuses groups that the Java heap has no room for, before it overflows. However small their
 * accumulators are in the guest, each group takes a key, a place in a table of groups and some
 * objects here. One for each statement; not for several threads.
 */
final class GroupLimit {
  /** Bytes of the heap that a group takes, with a short key: about 200 were measured. */
  private static final int GROUP_BYTES = 256;

  /** Groups that begin between two looks at the heap. */
  private static final int LOOK = 1024;

  private final HeapShare heap;
  private long groups;

  /** Bytes that groups take beside {@link #GROUP_BYTES}. */
  private long beside;

  private int begun;

  GroupLimit(HeapShare heap) {
    this.heap = heap;
  }

  /**
   * A group begins.
   *
   * @throws SqlError 53200 if there is no room for it
   */
  void begin(SqlFunction aggregate) {
    groups++;
    if (!heap.take(GROUP_BYTES)) {
      throw unfit(aggregate);
    }
    begun++;
    if (begun % LOOK == 0) {
      look(aggregate);
    }
  }

  /** A group has ended. */
  void end() {
    groups--;
    heap.take(-GROUP_BYTES);
  }

  /**
   * Other aggregates need room for what they accumulate of the groups.
   *
   * @param aggregate beside which they stand
   * @param bytes about how many, in addition to what they had; negative if they need less
   * @throws SqlError 53200 if there is no room for them
   */
  void take(SqlFunction aggregate, long bytes) {
    beside += bytes;
    if (!heap.take(bytes) && bytes > 0) {
      throw unfit(aggregate);
    }
  }

  /**
   * Looks whether the heap is full.
   *
   * @throws SqlError 53200 if it is
   */
  void look(SqlFunction aggregate) {
    if (heap.isFull()) {
      throw refused(aggregate, "the Java heap is full with " + groups + " groups");
    }
  }

  private SqlError unfit(SqlFunction aggregate) {
    return refused(
        aggregate,
        beside == 0
            ? "more than " + (groups - 1) + " groups do not fit half of the Java heap"
            : "what is accumulated of "
                + groups
                + " groups, by it and by aggregates beside it, does not fit half of the Java heap");
  }

  private static SqlError refused(SqlFunction aggregate, String why) {
    return new SqlError("53200", "aggregate " + aggregate.shortName() + ": " + why);
  }
}
