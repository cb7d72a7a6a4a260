package io.calcitewasm.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the project promises, and how much of it a run shows. */
final class Goals {
  private static final List<String> RATIOS_TO_CHICORY =
      java.util.Arrays.stream(Called.values()).map(Called::label).toList();

  private final Figures figures;
  private final List<Goal> goals = new ArrayList<>();

  /**
   * One promise.
   *
   * @param measured NaN where the run does not show it
   * @param most whether it must be at most {@code must}, else at least
   */
  record Goal(String measure, double measured, double must, double aim, boolean most, String unit) {
    boolean isReached() {
      return most ? measured <= must : measured >= must;
    }

    String bound(double value) {
      return (most ? "≤ " : "≥ ") + show(value);
    }

    String show(double value) {
      if (Double.isNaN(value)) {
        return "not measured";
      }
      return (value < 0 ? "−" : "") + Amount.number(Math.abs(value)) + unit;
    }

    String verdict() {
      if (Double.isNaN(measured)) {
        return "";
      }
      if (isReached()) {
        return (most ? measured <= aim : measured >= aim) ? "reached, the aim too" : "reached";
      }
      double factor = most ? measured / must : must / measured;
      return "missed by a factor of " + String.format(Locale.ROOT, "%.1f", factor);
    }
  }

  private Goals(Figures figures) {
    this.figures = figures;
  }

  static List<Goal> of(Figures figures) {
    Goals goals = new Goals(figures);
    goals.toJava("sum(add(a, b)) under CALL ÷ static Java", Called.ADD, 1.3, 1.0);
    goals.toJava("slugify under CALL ÷ static Java", Called.SLUGIFY, 1.6, 1.3);
    goals.toJava("64-round hash under CALL ÷ static Java", Called.HASH64, 1.3, 1.15);
    String pages = Called.WRITE_17_PAGES.label();
    double call = figures.nanos(pages, Variant.CALL);
    goals.add(
        "CALL − STATEMENT isolation, one write, 17 pages",
        goals.isolation(Variant.CALL) - goals.isolation(Variant.STATEMENT),
        10,
        5,
        true,
        " ns/row");
    goals.add(
        "fresh instance per call ÷ CALL, 17 pages",
        figures.nanos(pages, Variant.FRESH_INSTANCE) / call,
        1000,
        10_000,
        false,
        "");
    goals.add("the worst function under CALL ÷ Chicory per row", goals.chicory(), 1, 1, true, "");
    goals.threads(Called.ADD);
    goals.threads(Called.SLUGIFY);
    goals.add("JVM start to first wasm row through JDBC", goals.coldStart(), 3.5, 2, true, " s");
    return goals.goals;
  }

  private void toJava(String measure, Called called, double must, double aim) {
    double java = figures.nanos(called.label(), Variant.STATIC_JAVA);
    add(measure, figures.nanos(called.label(), Variant.CALL) / java, must, aim, true, "");
  }

  private double isolation(Variant isolation) {
    return figures
        .find(IsolationCost.NAME, IsolationCost.variant(isolation))
        .map(Figure::nsPerRow)
        .map(Double::doubleValue)
        .orElse(Double.NaN);
  }

  private double chicory() {
    return RATIOS_TO_CHICORY.stream()
        .mapToDouble(
            name -> figures.nanos(name, Variant.CALL) / figures.nanos(name, Variant.CHICORY))
        .filter(ratio -> !Double.isNaN(ratio))
        .max()
        .orElse(Double.NaN);
  }

  private void threads(Called called) {
    add(
        "two threads ÷ one, " + called.label(),
        threads(called, 1) / threads(called, 2),
        1.7,
        1.9,
        false,
        "");
  }

  private double threads(Called called, int count) {
    return figures
        .find(ThreadScaling.NAME, ThreadScaling.variant(called, Variant.CALL, count))
        .map(Figure::nsPerRow)
        .map(Double::doubleValue)
        .orElse(Double.NaN);
  }

  private double coldStart() {
    return figures
        .find("cold_start", "first_wasm_row")
        .map(Figure::value)
        .map(nanos -> nanos / 1e9)
        .orElse(Double.NaN);
  }

  private void add(
      String measure, double measured, double must, double aim, boolean most, String unit) {
    goals.add(new Goal(measure, measured, must, aim, most, unit));
  }
}
