package io.calcitewasm.udf.instance;

/**
 * What calls of one function have done and cost.
 *
 * @param rows rows that have their result
 * @param single of these, rows that were called one by one
 * @param turns how often an instance was taken to call many rows
 * @param resets how often an instance was put back to the state after its start
 * @param nanos time from arguments to results
 * @param guestNanos of this, time in row loops, resets included
 * @param hostCalls how often guests have called functions of the host's; 0 without a meter
 * @param peakBytes most bytes of memory that an instance had after its calls; 0 without a meter
 */
public record CallTotals(
    long rows,
    long single,
    long turns,
    long resets,
    long nanos,
    long guestNanos,
    long hostCalls,
    long peakBytes) {
  /** These and others. */
  public CallTotals plus(CallTotals other) {
    return new CallTotals(
        rows + other.rows,
        single + other.single,
        turns + other.turns,
        resets + other.resets,
        nanos + other.nanos,
        guestNanos + other.guestNanos,
        hostCalls + other.hostCalls,
        Math.max(peakBytes, other.peakBytes));
  }
}
