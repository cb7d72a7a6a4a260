package io.calcitewasm.udf.instance;

/** How far the calls of one place of a statement are, and what they have cost so far. */
final class BatchProgress {
  /** What the contents of the results of one run take, about. */
  private static final long MOST_RESULT_BYTES = 32 << 20;

  private boolean numbered = true;
  private long firstNumber;
  private int done;
  private long produced;
  private long finished;
  private long single;
  private long turns;
  private long resets;
  private long nanos;
  private long guestNanos;
  private long hostCalls;
  private long peakBytes;

  /** Rows have no numbers from now on. */
  void unnumbered() {
    numbered = false;
  }

  /** A run begins: with a row of the batch, the first one of a new batch. */
  void begin(int from) {
    if (from == 0) {
      firstNumber = finished + 1;
    }
    done = from;
    produced = 0;
  }

  /** A run that began with a row has ended. */
  void end(int from, long took) {
    finished += done - from;
    nanos += took;
  }

  /** Behind the last row of the batch that has its result. */
  int done() {
    return done;
  }

  /** Rows up to this one have their results, whose contents take so many bytes more. */
  void reach(int row, long bytes) {
    done = row;
    produced += bytes;
  }

  /** Whether the run has results enough. */
  boolean isFull() {
    return produced >= MOST_RESULT_BYTES;
  }

  /** The number of a row of the batch within the statement, from 1; −1 where there is none. */
  long number(int row) {
    return numbered ? firstNumber + row : -1;
  }

  /** A row was called alone. */
  void calledAlone() {
    single++;
  }

  /** An instance is taken to call many rows. */
  void tookTurn() {
    turns++;
  }

  /** Many rows were called together, or an attempt was made to. */
  void spentInGuest(long took) {
    guestNanos += took;
  }

  /** An instance was put back so often. */
  void reset(long times) {
    resets += times;
  }

  /** What a meter has seen of a run. */
  void measured(CallMeter.Reading before, CallMeter.Reading after) {
    resets += after.resets() - before.resets();
    hostCalls += after.hostCalls() - before.hostCalls();
    peakBytes = Math.max(peakBytes, after.peakBytes());
  }

  CallTotals totals() {
    return new CallTotals(finished, single, turns, resets, nanos, guestNanos, hostCalls, peakBytes);
  }
}
