package io.calcitewasm.udf.instance;

/**
 * How many rows are called in one turn of an instance: few at first, then as many as take some
 * milliseconds, since the limit of a call's time holds for a turn.
 */
final class TurnLength {
  private static final int FIRST = 16;
  private static final int LONGEST = 1 << 20;
  private static final long NANOS = 5_000_000;

  private int rows = FIRST;

  /** Rows of the next turn. */
  int rows() {
    return rows;
  }

  /** Takes note of how long a turn took. */
  void took(long nanos) {
    rows = nanos < NANOS ? Math.min(rows * 2, LONGEST) : Math.max(1, rows / 2);
  }
}
