package io.calcitewasm.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** How fast rows are at what age of a process, and when it has come to its peak. */
public final class WarmUp {
  private static final String NAME = "warm_up";
  private static final double[] AGES = {1, 2, 3, 5, 8, 12, 20, 30};
  private static final int FIRST_ROWS = 500;
  private static final long LEAST_NANOS = 50_000_000;

  private WarmUp() {}

  /** A query's end, in nanoseconds of the process's age, and what a row of it took. */
  private record Moment(double age, double nsPerRow) {}

  static List<Figure> measure(boolean quick) throws IOException, InterruptedException {
    int seconds = quick ? 8 : 30;
    List<Figure> figures = new ArrayList<>();
    for (Called called : List.of(Called.ADD, Called.SLUGIFY)) {
      for (Variant variant : List.of(Variant.STATIC_JAVA, Variant.CALL)) {
        List<Moment> moments = new ArrayList<>();
        for (String line :
            ForkedJvm.run(
                List.of(),
                WarmUp.class,
                called.name(),
                variant.name(),
                Integer.toString(seconds))) {
          String[] words = line.split(" ", -1);
          moments.add(new Moment(Double.parseDouble(words[0]), Double.parseDouble(words[1])));
        }
        figures.addAll(figures(called.label() + "_" + variant.label(), moments, variant));
      }
    }
    return figures;
  }

  private static List<Figure> figures(String name, List<Moment> moments, Variant variant) {
    String engine =
        variant == Variant.STATIC_JAVA ? "java" : JmhRun.engine(ForkedJvm.ownArguments());
    List<Figure> figures = new ArrayList<>();
    for (double age : AGES) {
      moments.stream()
          .filter(moment -> moment.age >= age * 1e9)
          .findFirst()
          .ifPresent(
              moment ->
                  figures.add(
                      Figure.ofRows(
                          NAME, name + "_at_" + (int) age + "_s", moment.nsPerRow, engine)));
    }
    List<Double> last =
        moments.subList(moments.size() * 3 / 4, moments.size()).stream()
            .map(Moment::nsPerRow)
            .sorted()
            .toList();
    double peak = last.get(last.size() / 2);
    moments.stream()
        .filter(moment -> moment.nsPerRow < 1.2 * peak)
        .findFirst()
        .ifPresent(moment -> figures.add(Figure.ofNanos(NAME, name + "_peak", moment.age, engine)));
    return figures;
  }

  /** Runs a query again and again: {@code FUNCTION VARIANT SECONDS}; a line per query. */
  public static void main(String[] arguments) throws SQLException, IOException {
    Called called = Called.valueOf(arguments[0]);
    Variant variant = Variant.valueOf(arguments[1]);
    double end = Double.parseDouble(arguments[2]) * 1e9;
    long started = ManagementFactory.getRuntimeMXBean().getStartTime();
    double bornNanos = System.nanoTime() - (System.currentTimeMillis() - started) * 1e6;
    try (Query query = Query.open(called, variant)) {
      query.setRows(FIRST_ROWS);
      double age;
      do {
        long begin = System.nanoTime();
        Object _ = query.run();
        long done = System.nanoTime();
        age = done - bornNanos;
        System.out.println(age + " " + (double) (done - begin) / query.rows());
        // So few rows that ages can be told apart, so many that the query itself does not count.
        if (done - begin < LEAST_NANOS) {
          query.setRows(Math.min(Query.MOST_ROWS, 2 * query.rows()));
        }
      } while (age < end);
    }
  }
}
