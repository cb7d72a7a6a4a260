package io.calcitewasm.benchmarks;

import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** Statements of two connections at the same time against those of one: how work scales. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ThreadsBenchmark {
  private static final long RUN_NANOS = 100_000_000;

  /** A connection per thread; those of this project share a database and so a module's pool. */
  @State(Scope.Thread)
  public static class Connected {
    /** The function called. */
    @Param({"ADD", "SLUGIFY"})
    public Called function = Called.ADD;

    /** What calls it. */
    @Param({"STATIC_JAVA", "CALL"})
    public Variant variant = Variant.CALL;

    private @Nullable Query query;

    /** Opens the connection. */
    @Setup(Level.Trial)
    public void open() throws SQLException, IOException {
      Query open;
      synchronized (Connected.class) {
        open =
            variant == Variant.STATIC_JAVA
                ? Query.open(function, variant)
                : Query.ours(
                    "jdbc:calcite-wasm:mem=threads", function, "CALL", new BenchmarkRows(1));
      }
      query = open;
      open.warmUp(RUN_NANOS);
    }

    private @Nullable Object run(FunctionBenchmark.Counter counter) throws SQLException {
      Query open = query;
      if (open == null) {
        throw new IllegalStateException("not set up");
      }
      Object result = open.run();
      counter.rows += open.rows();
      return result;
    }

    /** Closes the connection. */
    @TearDown(Level.Trial)
    public void close() throws SQLException {
      if (query != null) {
        query.close();
      }
    }
  }

  /** One connection. */
  @Benchmark
  @Threads(1)
  public @Nullable Object one(Connected connected, FunctionBenchmark.Counter counter)
      throws SQLException {
    return connected.run(counter);
  }

  /** Two connections. */
  @Benchmark
  @Threads(2)
  public @Nullable Object two(Connected connected, FunctionBenchmark.Counter counter)
      throws SQLException {
    return connected.run(counter);
  }
}
