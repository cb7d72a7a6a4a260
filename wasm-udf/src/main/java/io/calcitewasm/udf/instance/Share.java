package io.calcitewasm.udf.instance;

import java.util.concurrent.atomic.AtomicLong;

/** Takes a share of what comes, evenly spread: one of so many. For any number of threads. */
final class Share {
  private final double fraction;
  private final AtomicLong seen = new AtomicLong();

  /**
   * Takes nothing yet.
   *
   * @param fraction above 0 and at most 1
   */
  Share(double fraction) {
    this.fraction = fraction;
  }

  /** Whether what comes now is taken. */
  boolean takes() {
    long count = seen.incrementAndGet();
    return Math.floor(count * fraction) > Math.floor((count - 1) * fraction);
  }
}
