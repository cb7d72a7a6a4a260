package io.calcitewasm.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * What it costs to put a small write set back: the same query under CALL and under STATEMENT, by
 * turns in one process, by processor time. In two processes a query takes up to 20 ns per row more
 * or less, by what their compilers happened to inline, with nothing to put back at all.
 */
public final class IsolationCost {
  static final String NAME = "isolation";

  private static final Called CALLED = Called.WRITE_17_PAGES;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final long RUN_NANOS = 50_000_000;
  private static final int ROUNDS = 40;

  private IsolationCost() {}

  /** The name of a figure. */
  static String variant(Variant isolation) {
    return CALLED.label() + "_" + isolation.label();
  }

  static List<Figure> measure() throws IOException, InterruptedException {
    String[] words = ForkedJvm.run(List.of(), IsolationCost.class).getLast().split(" ", -1);
    String engine = JmhRun.engine(ForkedJvm.ownArguments());
    List<Figure> figures = new ArrayList<>();
    figures.add(Figure.ofRows(NAME, variant(Variant.CALL), Double.parseDouble(words[0]), engine));
    figures.add(
        Figure.ofRows(NAME, variant(Variant.STATEMENT), Double.parseDouble(words[1]), engine));
    return figures;
  }

  /** Prints what a row takes at best under CALL, and under STATEMENT. */
  public static void main(String[] arguments) throws SQLException, IOException {
    try (Query call = Query.open(CALLED, Variant.CALL);
        Query statement = Query.open(CALLED, Variant.STATEMENT)) {
      call.warmUp(RUN_NANOS);
      statement.warmUp(RUN_NANOS);
      double withReset = Double.MAX_VALUE;
      double without = Double.MAX_VALUE;
      for (int round = 0; round < ROUNDS; round++) {
        withReset = Math.min(withReset, nanosPerRow(call));
        without = Math.min(without, nanosPerRow(statement));
      }
      System.out.println(withReset + " " + without);
    }
  }

  private static double nanosPerRow(Query query) throws SQLException {
    long begin = THREADS.getCurrentThreadCpuTime();
    Object _ = query.run();
    return (double) (THREADS.getCurrentThreadCpuTime() - begin) / query.rows();
  }
}
