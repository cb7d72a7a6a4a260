package io.calcitewasm.adapter.exec;

import io.calcitewasm.udf.instance.CallBatch;
import io.calcitewasm.udf.instance.CallMeter;
import io.calcitewasm.udf.instance.CallTotals;
import io.calcitewasm.udf.signature.SqlFunction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the operators of one execution have called. Not for several threads. */
public final class CallStatistics {
  private record Entry(int operator, int place, CallBatch batch) {}

  private final List<Entry> entries = new ArrayList<>();
  private final CallMeter meter = new CallMeter();

  /** What the execution's calls are to be measured by. */
  public CallMeter meter() {
    return meter;
  }

  /** An operator's place begins to call; it may do so again and again. */
  void add(int operator, int place, CallBatch batch) {
    entries.add(new Entry(operator, place, batch));
  }

  /**
   * What an operator has called so far, place by place.
   *
   * @param operator its number in the plan
   * @return for each place the function and what was done
   */
  public List<Map.Entry<String, CallTotals>> of(int operator) {
    Map<Integer, CallTotals> totals = new LinkedHashMap<>();
    Map<Integer, String> functions = new LinkedHashMap<>();
    for (Entry entry : entries) {
      if (entry.operator == operator) {
        functions.put(entry.place, entry.batch.function().shortName());
        totals.merge(entry.place, entry.batch.totals(), CallTotals::plus);
      }
    }
    List<Map.Entry<String, CallTotals>> all = new ArrayList<>();
    functions.forEach(
        (place, function) -> {
          CallTotals done = totals.get(place);
          if (done != null) {
            all.add(Map.entry(function, done));
          }
        });
    return all;
  }

  /**
   * What was called by none of these operators: aggregates, table functions, comparisons, and what
   * is evaluated row by row.
   *
   * @return for each function what was done
   */
  public Map<SqlFunction, CallTotals> elsewhere() {
    Set<CallBatch> known = Collections.newSetFromMap(new IdentityHashMap<>());
    entries.forEach(entry -> known.add(entry.batch));
    Map<SqlFunction, CallTotals> others = meter.alone();
    for (CallBatch batch : meter.batches()) {
      if (!known.contains(batch)) {
        others.merge(batch.function(), batch.totals(), CallTotals::plus);
      }
    }
    others.values().removeIf(done -> done.rows() == 0);
    return others;
  }
}
