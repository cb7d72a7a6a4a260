package io.calcitewasm.udf.instance;

import java.time.Instant;

/**
 * A canary's ear for what a function does that is more than a call. For any number of threads;
 * whatever is asked of it returns at once.
 */
public final class Trial {
  private final Canary canary;
  private final CanaryRecord record;
  private final Instant timestamp;

  Trial(Canary canary, CanaryRecord record, Instant timestamp) {
    this.canary = canary;
    this.record = record;
    this.timestamp = timestamp;
  }

  /**
   * Whether the next is one that is to be done {@linkplain #again}: evenly spread, one of many, and
   * none where many wait.
   */
  public boolean wants() {
    boolean wanted = canary.wants(record.function());
    if (wanted && !canary.hasRoom()) {
      skip();
      return false;
    }
    return wanted;
  }

  /** Puts in line what was wanted; passes it over where there is no room. */
  public void again(Replay replay) {
    canary.again(record, replay, timestamp);
  }

  /** What was wanted is more than can be held. */
  public void skip() {
    record.skipped();
  }
}
