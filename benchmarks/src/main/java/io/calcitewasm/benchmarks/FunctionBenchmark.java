package io.calcitewasm.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One aggregate query whose argument is a function call. The cost model is the whole query's: scan,
 * call and aggregation, over so many rows that what a query costs besides them vanishes. The result
 * that counts is the counter's, the time per row.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FunctionBenchmark {
  private static final long RUN_NANOS = 300_000_000;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** The function called. */
  @Param public Called function = Called.ADD;

  /** What calls it. */
  @Param public Variant variant = Variant.STATIC_JAVA;

  private @Nullable Query query;

  /** Rows read. JMH divides the time by them. */
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  @State(Scope.Thread)
  public static class Counter {
    /** Rows read by finished queries. */
    public long rows;
  }

  /** What the querying thread had of the processor, for machines that do other work too. */
  @AuxCounters(AuxCounters.Type.EVENTS)
  @State(Scope.Thread)
  public static class Processor {
    /** Rows read by finished queries. */
    public long rowsRead;

    /** Nanoseconds of processor time that their thread took. */
    public long cpuNanos;
  }

  /** Opens the connection and looks for the number of rows. */
  @Setup(Level.Trial)
  public void open() throws SQLException, IOException {
    query = Query.open(function, variant);
    if (variant != Variant.STATIC_JAVA && variant.isIsolated()) {
      sameAsJava(query);
    }
    query.warmUp(RUN_NANOS);
  }

  private void sameAsJava(Query guest) throws SQLException, IOException {
    try (Query java = Query.open(function, Variant.STATIC_JAVA)) {
      Object expected = java.run();
      Object actual = guest.run();
      if (expected == null || !expected.equals(actual)) {
        throw new IllegalStateException(actual + " is not what Java says: " + expected);
      }
    }
  }

  private Query query() {
    Query open = query;
    if (open == null) {
      throw new IllegalStateException("not set up");
    }
    return open;
  }

  /** Runs the query. */
  @Benchmark
  public @Nullable Object query(Counter counter, Processor processor) throws SQLException {
    long before = THREADS.getCurrentThreadCpuTime();
    Object result = query().run();
    processor.cpuNanos += THREADS.getCurrentThreadCpuTime() - before;
    processor.rowsRead += query().rows();
    counter.rows += query().rows();
    return result;
  }

  /** Closes the connection. */
  @TearDown(Level.Trial)
  public void close() throws SQLException {
    query().close();
  }
}
