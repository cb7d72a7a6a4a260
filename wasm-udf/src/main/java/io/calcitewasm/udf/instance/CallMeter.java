package io.calcitewasm.udf.instance;

import io.calcitewasm.udf.signature.SqlFunction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the calls of one statement cost, function by function. A session that has no meter measures
 * nothing. Not for several threads.
 */
public final class CallMeter {
  private final Map<SqlFunction, CallTotals> alone = new LinkedHashMap<>();
  private final List<CallBatch> batches = new ArrayList<>();
  private long resets;
  private long hostCalls;
  private long peakBytes;

  /** A meter that has seen nothing. */
  public CallMeter() {}

  /** What instances have done so far; the memory since the last {@link #newPeak}. */
  record Reading(long resets, long hostCalls, long peakBytes) {}

  Reading reading() {
    return new Reading(resets, hostCalls, peakBytes);
  }

  /** Begins to look for the largest memory anew. */
  void newPeak() {
    peakBytes = 0;
  }

  /** An instance has done some calls, well. */
  void used(long callsOfHost, long memoryBytes) {
    hostCalls += callsOfHost;
    peakBytes = Math.max(peakBytes, memoryBytes);
  }

  /** An instance was put back after a call that was made alone. */
  void countReset() {
    resets++;
  }

  void add(CallBatch batch) {
    batches.add(batch);
  }

  /** A call that was made for its own sake, not for a batch, has ended. */
  void called(SqlFunction function, Reading before, long nanos) {
    called(
        function,
        new CallTotals(
            1, 1, 0, resets - before.resets, nanos, 0, hostCalls - before.hostCalls, peakBytes));
  }

  /** Calls for no {@link CallBatch} have ended. */
  void called(SqlFunction function, CallTotals totals) {
    alone.merge(function, totals, CallTotals::plus);
  }

  /** The batches that were begun, in their order. */
  public List<CallBatch> batches() {
    return List.copyOf(batches);
  }

  /** The calls that were made for no {@link CallBatch}. */
  public Map<SqlFunction, CallTotals> alone() {
    return new LinkedHashMap<>(alone);
  }
}
