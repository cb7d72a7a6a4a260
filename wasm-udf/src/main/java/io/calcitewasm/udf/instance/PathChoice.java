package io.calcitewasm.udf.instance;

/**
 * How calls of one function under isolation CALL come to an instance as it was: by undoing what the
 * call before has written, or by making a fresh one. Compiled code undoes in nanoseconds, and
 * nothing is asked. An interpreter runs the code that undoes, too, and a small instance may be made
 * sooner: there both are tried now and then, and the quicker one is taken. Answers are the same.
 *
 * <p>Threads may share it; a count that gets lost between them does no harm.
 */
final class PathChoice {
  /** Calls of a trial that are not measured: the first ones make what others find. */
  static final int PRELUDE = 8;

  /** Calls of a trial that are. */
  static final int TRIAL = 56;

  /** Calls until the path that is not taken is tried again. */
  static final int SETTLED = 100_000;

  private volatile boolean measured;
  private volatile boolean undo = true;
  private volatile boolean trial = true;
  private volatile long calls;
  private volatile long nanos;

  /** Nanoseconds of a call that undoes, and of one in a fresh instance; 0 if it was not tried. */
  private volatile double undoing;

  private volatile double fresh;

  /** Begins to choose; without it calls undo. */
  void measure() {
    measured = true;
  }

  /** Whether calls are to be timed. */
  boolean isMeasured() {
    return measured;
  }

  /** Whether the next calls had better be undone. */
  boolean undoes() {
    return undo;
  }

  /**
   * Takes note of calls.
   *
   * @param undone whether they were undone; else they had fresh instances
   * @param rows how many calls
   * @param time all that they took, in nanoseconds
   */
  @SuppressWarnings("NonAtomicVolatileUpdate")
  void took(boolean undone, long rows, long time) {
    if (!measured || undone != undo || rows <= 0) {
      return;
    }
    long before = calls;
    calls = before + rows;
    if (!trial) {
      if (calls >= SETTLED) {
        begin(!undo);
      }
      return;
    }
    if (before < PRELUDE) {
      calls = Math.min(calls, PRELUDE);
      return;
    }
    nanos += time;
    if (calls >= PRELUDE + TRIAL) {
      end((double) nanos / (calls - PRELUDE));
    }
  }

  private void begin(boolean undoing) {
    undo = undoing;
    trial = true;
    calls = 0;
    nanos = 0;
  }

  private void end(double perCall) {
    if (undo) {
      undoing = perCall;
    } else {
      fresh = perCall;
    }
    if (undoing == 0 || fresh == 0) {
      begin(!undo);
      return;
    }
    undo = undoing <= fresh;
    trial = false;
    calls = 0;
  }
}
