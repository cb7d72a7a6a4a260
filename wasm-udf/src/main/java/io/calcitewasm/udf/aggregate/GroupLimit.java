package io.calcitewasm.udf.aggregate;

import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.signature.SqlFunction;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Comparator;
import java.util.Optional;

/**
 * Refuses groups that the Java heap has no room for, before it overflows. However small their
 * accumulators are in the guest, each group takes a key, a place in Calcite's hash table and some
 * objects here. One for each statement; not for several threads.
 */
final class GroupLimit {
  /** Bytes of the heap that a group takes, with a short key: about 200 were measured. */
  private static final int GROUP_BYTES = 256;

  /** Share of the heap that a statement's groups may take. */
  private static final double SHARE = 0.5;

  /** Share of the heap that may be in use after the collector has tried to make room. */
  private static final double FULL = 0.85;

  /** Groups that begin between two looks at the heap. */
  private static final int LOOK = 1024;

  /** Bytes that groups of the statement may take. */
  private final long most;

  private final Optional<MemoryPoolMXBean> pool;
  private long groups;

  /** Bytes that groups take beside {@link #GROUP_BYTES}. */
  private long beside;

  private int begun;

  GroupLimit() {
    most = (long) (Runtime.getRuntime().maxMemory() * SHARE);
    pool =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(p -> p.getType() == MemoryType.HEAP && p.getCollectionUsage() != null)
            .max(Comparator.comparingLong(p -> p.getUsage().getMax()));
  }

  /**
   * A group begins.
   *
   * @throws SqlError 53200 if there is no room for it
   */
  void begin(SqlFunction aggregate) {
    groups++;
    check(aggregate);
    begun++;
    if (begun % LOOK == 0) {
      look(aggregate);
    }
  }

  private void check(SqlFunction aggregate) {
    if (groups * GROUP_BYTES + beside > most) {
      throw refused(
          aggregate,
          beside == 0
              ? "more than " + most / GROUP_BYTES + " groups do not fit half of the Java heap"
              : "what is accumulated of "
                  + groups
                  + " groups, by it and by aggregates beside it, does not fit half of the Java"
                  + " heap");
    }
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
    if (bytes > 0) {
      check(aggregate);
    }
  }

  /**
   * Looks whether the heap is full.
   *
   * @throws SqlError 53200 if it is
   */
  void look(SqlFunction aggregate) {
    if (isFull()) {
      throw refused(aggregate, "the Java heap is full with " + groups + " groups");
    }
  }

  /** A group has ended. */
  void end() {
    groups--;
  }

  private boolean isFull() {
    if (pool.isEmpty()) {
      return false;
    }
    MemoryUsage after = pool.get().getCollectionUsage();
    return after.getMax() > 0 && after.getUsed() > after.getMax() * FULL;
  }

  private static SqlError refused(SqlFunction aggregate, String why) {
    return new SqlError("53200", "aggregate " + aggregate.shortName() + ": " + why);
  }
}
