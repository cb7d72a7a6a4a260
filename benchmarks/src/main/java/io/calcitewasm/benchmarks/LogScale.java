package io.calcitewasm.benchmarks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A logarithmic axis from power of ten to power of ten. */
record LogScale(double low, double high, double from, double to) {
  /** An axis that holds the values, from one coordinate to another. */
  static LogScale of(Collection<Double> values, double from, double to) {
    double least = values.stream().mapToDouble(v -> v).filter(v -> v > 0).min().orElse(1);
    double most = values.stream().mapToDouble(v -> v).max().orElse(10);
    double low = Math.floor(Math.log10(least));
    return new LogScale(low, Math.max(low + 1, Math.ceil(Math.log10(most))), from, to);
  }

  double at(double value) {
    return from + (Math.log10(value) - low) / (high - low) * (to - from);
  }

  List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    for (double power = low; power <= high; power++) {
      ticks.add(Math.pow(10, power));
    }
    return ticks;
  }
}
