package io.calcitewasm.benchmarks;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * How work scales: statements of one connection against those of two at the same time, by turns in
 * one process, so that both run the same compiled code. In two processes the one that is compiled
 * by two threads' work is warm sooner.
 */
public final class ThreadScaling {
  static final String NAME = "threads";

  private static final int THREADS = 2;
  private static final long RUN_NANOS = 100_000_000;
  private static final long TURN_NANOS = 500_000_000;
  private static final int ROUNDS = 21;

  private ThreadScaling() {}

  /** The name of a figure. */
  static String variant(Called called, Variant variant, int threads) {
    return called.label() + "_" + variant.label() + "_" + threads;
  }

  static List<Figure> measure(boolean quick) throws IOException, InterruptedException {
    List<Figure> figures = new ArrayList<>();
    for (Called called : List.of(Called.ADD, Called.SLUGIFY)) {
      for (Variant variant : List.of(Variant.STATIC_JAVA, Variant.CALL)) {
        String rounds = Integer.toString(quick ? 3 : ROUNDS);
        String[] words =
            ForkedJvm.run(List.of(), ThreadScaling.class, called.name(), variant.name(), rounds)
                .getLast()
                .split(" ", -1);
        String engine =
            variant == Variant.STATIC_JAVA ? "java" : JmhRun.engine(ForkedJvm.ownArguments());
        for (int threads = 1; threads <= THREADS; threads++) {
          figures.add(
              Figure.ofRows(
                  NAME,
                  variant(called, variant, threads),
                  Double.parseDouble(words[threads - 1]),
                  engine));
        }
      }
    }
    return figures;
  }

  /**
   * Prints what a row takes with one thread, and with two whose rows are counted together, each the
   * median of many turns: {@code FUNCTION VARIANT ROUNDS}.
   */
  public static void main(String[] arguments)
      throws SQLException, IOException, InterruptedException, ExecutionException {
    Called called = Called.valueOf(arguments[0]);
    Variant variant = Variant.valueOf(arguments[1]);
    int rounds = Integer.parseInt(arguments[2]);
    double[] one = new double[rounds];
    double[] two = new double[rounds];
    BenchmarkRows rows = new BenchmarkRows(1);
    try (Query first = open(called, variant, rows);
        Query second = open(called, variant, rows);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      first.warmUp(RUN_NANOS);
      second.warmUp(RUN_NANOS);
      for (int round = 0; round < rounds; round++) {
        one[round] = nanosPerRow(threads, List.of(first));
        two[round] = nanosPerRow(threads, List.of(first, second));
      }
    }
    System.out.println(median(one) + " " + median(two));
  }

  /** Those of this project share a database, and so a module's pool and the table. */
  private static Query open(Called called, Variant variant, BenchmarkRows rows)
      throws SQLException, IOException {
    return variant == Variant.STATIC_JAVA
        ? Query.open(called, variant)
        : Query.ours("jdbc:calcite-wasm:mem=threads", called, "CALL", rows);
  }

  /** Runs each query in its own thread for a while. */
  private static double nanosPerRow(ExecutorService threads, List<Query> queries)
      throws InterruptedException, ExecutionException {
    long begin = System.nanoTime();
    List<Future<Double>> running =
        queries.stream().map(query -> threads.submit(() -> rowsPerNano(query, begin))).toList();
    double rows = 0;
    for (Future<Double> each : running) {
      rows += each.get();
    }
    return 1 / rows;
  }

  private static double rowsPerNano(Query query, long begin) throws SQLException {
    long rows = 0;
    long now;
    do {
      Object _ = query.run();
      rows += query.rows();
      now = System.nanoTime();
    } while (now - begin < TURN_NANOS);
    return (double) rows / (now - begin);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
