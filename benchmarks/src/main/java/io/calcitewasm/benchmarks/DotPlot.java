package io.calcitewasm.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;

/** Rows with a mark per series on one logarithmic axis. */
final class DotPlot {
  private static final int WIDTH = 760;
  private static final int LEFT = 150;
  private static final int TOP = 68;
  private static final int ROW = 30;

  private final String title;
  private final List<String> series;
  private final DoubleFunction<String> tick;
  private final Map<String, double[]> rows = new LinkedHashMap<>();

  DotPlot(String title, List<String> series, DoubleFunction<String> tick) {
    this.title = title;
    this.series = series;
    this.tick = tick;
  }

  /** Adds a row; NaN where a series has no value. */
  void add(String label, double... values) {
    rows.put(label, values);
  }

  /** Whether there is no row. */
  boolean isEmpty() {
    return rows.isEmpty();
  }

  @Override
  public String toString() {
    int bottom = TOP + ROW * rows.size();
    Svg svg = new Svg(WIDTH, bottom + 34, title);
    svg.legend(series, 16, 48);
    List<Double> values = new ArrayList<>();
    rows.values()
        .forEach(row -> java.util.Arrays.stream(row).filter(Double::isFinite).forEach(values::add));
    LogScale scale = LogScale.of(values, LEFT, WIDTH - 40);
    for (double value : scale.ticks()) {
      svg.line(value == 1 ? "one" : "grid", scale.at(value), TOP, scale.at(value), bottom);
      svg.text("middle", scale.at(value), bottom + 20, tick.apply(value));
    }
    double y = TOP + ROW / 2.0;
    for (Map.Entry<String, double[]> row : rows.entrySet()) {
      svg.text("end", LEFT - 14, y + 4, row.getKey());
      svg.line("grid", LEFT, y, WIDTH - 40, y);
      for (int i = row.getValue().length - 1; i >= 0; i--) {
        double value = row.getValue()[i];
        if (Double.isFinite(value)) {
          svg.mark(i, scale.at(value), y);
        }
      }
      y += ROW;
    }
    return svg.toString();
  }
}
