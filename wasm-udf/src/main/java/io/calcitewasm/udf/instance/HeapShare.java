package io.calcitewasm.udf.instance;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Comparator;
import java.util.Optional;

/**
 * What a statement keeps on the Java heap, about, so that it can be refused before the heap
 * overflows. One for each statement; not for several threads.
 */
public final class HeapShare {
  /** Share of the heap that a statement may take. */
  private static final double SHARE = 0.5;

  /** Share of the heap that may be in use after the collector has tried to make room. */
  private static final double FULL = 0.85;

  private final long most = (long) (Runtime.getRuntime().maxMemory() * SHARE);
  private final Optional<MemoryPoolMXBean> pool =
      ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(p -> p.getType() == MemoryType.HEAP && p.getCollectionUsage() != null)
          .max(Comparator.comparingLong(p -> p.getUsage().getMax()));
  private long taken;

  private HeapShare() {}

  /** The share of the statement that a session is of. */
  public static HeapShare of(CallSession session) {
    return session.whole().shared(HeapShare.class, HeapShare.class, HeapShare::new);
  }

  /**
   * Takes note of something that is kept.
   *
   * @param bytes about how many it takes; negative if it is not kept any more
   * @return whether it fits, with all the rest, in half of the heap
   */
  public boolean take(long bytes) {
    taken += bytes;
    return taken <= most;
  }

  /** Whether the heap is full, whoever fills it: there was no room after the last collection. */
  public boolean isFull() {
    if (pool.isEmpty()) {
      return false;
    }
    MemoryUsage after = pool.get().getCollectionUsage();
    return after.getMax() > 0 && after.getUsed() > after.getMax() * FULL;
  }
}
