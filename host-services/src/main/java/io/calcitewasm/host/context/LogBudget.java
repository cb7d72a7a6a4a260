package io.calcitewasm.host.context;

/**
 * How much the guests of one module may still write to the log within one statement. All instances
 * of the module share it, so it may be used from several threads.
 */
final class LogBudget {
  /** Bytes of UTF-8 that a module may log in one statement. */
  static final int BYTES = 64 * 1024;

  /** What a record costs at least: many empty lines are no way around the bound. */
  private static final int LEAST = 16;

  private int left = BYTES;
  private boolean exhausted;

  /**
   * Takes what a record costs.
   *
   * @param bytes the record's size
   * @return how many of the bytes may be logged
   */
  synchronized int take(int bytes) {
    int granted = Math.min(bytes, left);
    left = Math.max(0, left - Math.max(bytes, LEAST));
    return granted;
  }

  /** True at the first refusal and never again: the time to say that the log was cut. */
  synchronized boolean firstRefusal() {
    boolean first = !exhausted;
    exhausted = true;
    return first;
  }

  synchronized boolean isSpent() {
    return left == 0;
  }
}
