package io.calcitewasm.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** Series of points, both axes logarithmic. */
final class LinePlot {
  private static final int WIDTH = 760;
  private static final int HEIGHT = 360;
  private static final int LEFT = 80;
  private static final int TOP = 68;
  private static final int BOTTOM = HEIGHT - 50;

  private final String title;
  private final String xLabel;
  private final List<Double> xTicks;
  private final List<String> names = new ArrayList<>();
  private final List<List<double[]>> series = new ArrayList<>();

  LinePlot(String title, String xLabel, List<Double> xTicks) {
    this.title = title;
    this.xLabel = xLabel;
    this.xTicks = xTicks;
  }

  /** Adds a series of points (x, nanoseconds). */
  void add(String name, List<double[]> points) {
    names.add(name);
    series.add(points);
  }

  @Override
  public String toString() {
    Svg svg = new Svg(WIDTH, HEIGHT, title);
    svg.legend(names, 16, 48);
    List<double[]> all = series.stream().flatMap(List::stream).toList();
    LogScale y = LogScale.of(all.stream().map(p -> p[1]).toList(), BOTTOM, TOP);
    double first = Math.log10(xTicks.getFirst());
    LogScale x = new LogScale(first, Math.log10(xTicks.getLast()), LEFT, WIDTH - 40);
    for (double value : y.ticks()) {
      svg.line("grid", LEFT, y.at(value), WIDTH - 40, y.at(value));
      svg.text("end", LEFT - 8, y.at(value) + 4, Amount.nanos(value));
    }
    for (double value : xTicks) {
      svg.line("grid", x.at(value), TOP, x.at(value), BOTTOM);
      svg.text("middle", x.at(value), BOTTOM + 18, Math.round(value) + " s");
    }
    svg.text("middle", (LEFT + WIDTH - 40) / 2.0, HEIGHT - 12, xLabel);
    for (int i = 0; i < series.size(); i++) {
      List<double[]> points =
          series.get(i).stream().map(p -> new double[] {x.at(p[0]), y.at(p[1])}).toList();
      svg.path(i, points);
      for (double[] point : points) {
        svg.mark(i, point[0], point[1]);
      }
    }
    return svg.toString();
  }
}
