package io.calcitewasm.benchmarks;

import io.calcitewasm.guest.Guests;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.apache.calcite.jdbc.CalciteConnection;
import org.apache.calcite.schema.SchemaPlus;
import org.apache.calcite.schema.impl.AbstractSchema;
import org.apache.calcite.schema.impl.AggregateFunctionImpl;
import org.apache.calcite.schema.impl.TableFunctionImpl;
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
import org.openjdk.jmh.annotations.Warmup;

/** Aggregates and table functions over a million rows, beside those that Calcite has in Java. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 6)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "-Xmx4g")
public class SetBenchmark {
  private static final double TOLERANCE = 1e-9;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** What is asked. */
  @Param public SetQuery query = SetQuery.MEDIAN;

  /** What answers. */
  @Param({"STATIC_JAVA", "CALL"})
  public Variant variant = Variant.STATIC_JAVA;

  private @Nullable Connection connection;
  private @Nullable PreparedStatement statement;

  /** Opens the connection; what a guest answers must be what Java answers. */
  @Setup(Level.Trial)
  public void open() throws SQLException, IOException {
    SetRows rows = new SetRows();
    boolean java = variant == Variant.STATIC_JAVA;
    Connection open = java ? java(rows) : ours(query, rows);
    connection = open;
    statement = open.prepareStatement(java ? query.javaSql() : query.sql());
    if (!java) {
      try (Connection peers = java(rows);
          PreparedStatement peer = peers.prepareStatement(query.javaSql())) {
        double expected = answer(peer, true);
        double actual = answer(statement, false);
        if (Math.abs(actual - expected) > TOLERANCE * Math.abs(expected)) {
          throw new IllegalStateException(actual + " is not what Java says: " + expected);
        }
      }
    }
  }

  private static Connection java(SetRows rows) throws SQLException {
    Connection connection =
        DriverManager.getConnection("jdbc:calcite:caseSensitive=false;unquotedCasing=UNCHANGED");
    SchemaPlus f = addRows(connection, rows).add("f", new AbstractSchema());
    f.add("median", AggregateFunctionImpl.create(JavaAggregates.Median.class));
    f.add("moving_average", AggregateFunctionImpl.create(JavaAggregates.MovingAverage.class));
    f.add("hyperloglog", AggregateFunctionImpl.create(JavaAggregates.HyperLogLog.class));
    f.add("tokens", TableFunctionImpl.create(JavaTokens.class, "tokens"));
    return connection;
  }

  private static Connection ours(SetQuery query, SetRows rows) throws SQLException, IOException {
    Connection connection = DriverManager.getConnection("jdbc:calcite-wasm:");
    Path folder = Files.createTempDirectory("bench");
    Path file = Guests.copy(query.guest(), folder);
    try (Statement create = connection.createStatement()) {
      create.execute("CREATE MODULE f FROM '" + file + "'");
    } finally {
      Files.delete(file);
      Files.delete(folder);
    }
    addRows(connection, rows);
    return connection;
  }

  private static SchemaPlus addRows(Connection connection, SetRows rows) throws SQLException {
    SchemaPlus root = connection.unwrap(CalciteConnection.class).getRootSchema();
    root.add("bench", new AbstractSchema()).add("r", rows);
    return root;
  }

  private double answer(PreparedStatement asked, boolean java) throws SQLException {
    try (ResultSet result = asked.executeQuery()) {
      return query.answer(result, java);
    }
  }

  /** Runs the query. */
  @Benchmark
  public double query(FunctionBenchmark.Counter counter, FunctionBenchmark.Processor processor)
      throws SQLException {
    PreparedStatement open = statement;
    if (open == null) {
      throw new IllegalStateException("not set up");
    }
    long before = THREADS.getCurrentThreadCpuTime();
    double result = answer(open, variant == Variant.STATIC_JAVA);
    processor.cpuNanos += THREADS.getCurrentThreadCpuTime() - before;
    processor.rowsRead += SetRows.COUNT;
    counter.rows += SetRows.COUNT;
    return result;
  }

  /** Closes the connection. */
  @TearDown(Level.Trial)
  public void close() throws SQLException {
    if (connection != null) {
      connection.close();
    }
  }
}
