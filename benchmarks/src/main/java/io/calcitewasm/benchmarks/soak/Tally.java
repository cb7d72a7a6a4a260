package io.calcitewasm.benchmarks.soak;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** How statements ended, and what should not have been. For any number of threads. */
final class Tally {
  private static final int MOST_KINDS = 50;

  private final Map<String, LongAdder> states = new ConcurrentSkipListMap<>();
  private final Map<String, LongAdder> objections = new ConcurrentHashMap<>();

  void count(String state) {
    states.computeIfAbsent(state, key -> new LongAdder()).increment();
  }

  /** Takes note of an objection; equal ones are counted. */
  void object(String objection) {
    if (objections.size() < MOST_KINDS || objections.containsKey(objection)) {
      objections.computeIfAbsent(objection, key -> new LongAdder()).increment();
    }
  }

  Map<String, LongAdder> objections() {
    return objections;
  }

  /** Statements that ended. */
  long statements() {
    return states.values().stream().mapToLong(LongAdder::sum).sum();
  }

  /** {@code 00000 120, 57014 30}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    states.forEach(
        (state, count) ->
            text.append(text.isEmpty() ? "" : ", ").append(state).append(' ').append(count));
    return text.toString();
  }
}
