package io.calcitewasm.udf.instance;

/**
 * Whether instances can be reset after calls of one function. What a resettable instance records
 * costs time; where resets fail again and again, plain instances are cheaper. After a pause it is
 * tried again. Threads may share it; a count that gets lost between them does no harm.
 */
final class ResetHistory {
  /** Failures in a row until recording is given up. */
  static final int PATIENCE = 8;

  private static final int FIRST_PAUSE = 1_000;
  private static final int LONGEST_PAUSE = 1_000_000;

  private volatile int failures;
  private volatile int pause;
  private volatile int nextPause = FIRST_PAUSE;

  /** Whether the next call had better be recorded. */
  @SuppressWarnings("NonAtomicVolatileUpdate")
  boolean isWorthwhile() {
    return pause == 0 || --pause <= 0;
  }

  /** Takes note of how a reset went. */
  void record(boolean success) {
    if (success) {
      succeeded();
    } else {
      failed();
    }
  }

  void succeeded() {
    if (failures != 0) {
      failures = 0;
      pause = 0;
      nextPause = FIRST_PAUSE;
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate")
  void failed() {
    if (++failures >= PATIENCE) {
      pause = nextPause;
      nextPause = Math.min(2 * nextPause, LONGEST_PAUSE);
    }
  }
}
