package io.calcitewasm.adapter.exec;

import io.calcitewasm.udf.instance.CallBatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the operators of one execution have called. Not for several threads. */
public final class CallStatistics {
  private record Entry(int operator, int place, CallBatch batch) {}

  private final List<Entry> entries = new ArrayList<>();

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
  public List<Map.Entry<String, CallBatch.Totals>> of(int operator) {
    Map<Integer, CallBatch.Totals> totals = new LinkedHashMap<>();
    Map<Integer, String> functions = new LinkedHashMap<>();
    for (Entry entry : entries) {
      if (entry.operator == operator) {
        functions.put(entry.place, entry.batch.function().shortName());
        totals.merge(entry.place, entry.batch.totals(), CallBatch.Totals::plus);
      }
    }
    List<Map.Entry<String, CallBatch.Totals>> all = new ArrayList<>();
    functions.forEach(
        (place, function) -> {
          CallBatch.Totals done = totals.get(place);
          if (done != null) {
            all.add(Map.entry(function, done));
          }
        });
    return all;
  }
}
