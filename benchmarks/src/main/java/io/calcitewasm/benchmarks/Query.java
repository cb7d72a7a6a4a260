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
import org.apache.calcite.jdbc.CalciteConnection;
import org.apache.calcite.schema.SchemaPlus;
import org.apache.calcite.schema.impl.AbstractSchema;
import org.apache.calcite.schema.impl.ScalarFunctionImpl;
import org.jspecify.annotations.Nullable;

/**
 * A prepared query with one call per row, its connection and its table. The number of rows can be
 * changed between executions.
 */
final class Query implements AutoCloseable {
  /** Most rows of a scan. */
  static final long MOST_ROWS = 8_000_000;

  private static final int LEAST_ROWS = 256;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final long STEADY_NANOS = 5_000_000_000L;
  private static final long MOST_WARM_UP_NANOS = 60_000_000_000L;

  private final Connection connection;
  private final PreparedStatement statement;
  private final BenchmarkRows rows;
  private final @Nullable Calls calls;

  private Query(Connection connection, String sql, BenchmarkRows rows, @Nullable Calls calls)
      throws SQLException {
    this.connection = connection;
    this.rows = rows;
    this.calls = calls;
    connection
        .unwrap(CalciteConnection.class)
        .getRootSchema()
        .add("bench", new AbstractSchema())
        .add("r", rows);
    this.statement = connection.prepareStatement(sql);
  }

  /**
   * Opens a connection for one variant of a function.
   *
   * <p>Variants other than this project's own go through static functions: one such query per
   * process.
   */
  static Query open(Called called, Variant variant) throws SQLException, IOException {
    BenchmarkRows rows = new BenchmarkRows(LEAST_ROWS);
    return switch (variant) {
      case STATIC_JAVA -> stock(called, rows, JavaFunctions.class, null);
      case CALL -> ours("jdbc:calcite-wasm:", called, "CALL", rows);
      case STATEMENT -> ours("jdbc:calcite-wasm:", called, "STATEMENT", rows);
      case PER_ROW -> ours("jdbc:calcite-wasm:batches=false", called, "CALL", rows);
      case FRESH_INSTANCE -> stock(called, rows, GuestFunctions.class, new SessionCalls(called));
      case FRESH_CONTEXT ->
          stock(
              called,
              rows,
              GuestFunctions.class,
              new FreshContexts(CoreModuleBytes.of(called.guest()), called.coreName()));
      case CHICORY ->
          stock(
              called,
              rows,
              GuestFunctions.class,
              new CoreCalls(
                  new EndiveGuest(CoreModuleBytes.of(called.guest())), called.coreName()));
    };
  }

  /** A query of static functions in a stock Calcite connection. */
  private static Query stock(
      Called called, BenchmarkRows rows, Class<?> functions, @Nullable Calls calls)
      throws SQLException {
    Connection connection =
        DriverManager.getConnection("jdbc:calcite:caseSensitive=false;unquotedCasing=UNCHANGED");
    SchemaPlus root = connection.unwrap(CalciteConnection.class).getRootSchema();
    root.add("f", new AbstractSchema())
        .add(called.sqlName(), ScalarFunctionImpl.create(called.method(functions)));
    if (calls != null) {
      GuestFunctions.use(calls);
    }
    return new Query(connection, called.query("f"), rows, calls);
  }

  /** A query in this project's connection, which is given its module if it has none. */
  static Query ours(String url, Called called, String isolation, BenchmarkRows rows)
      throws SQLException, IOException {
    Connection connection = DriverManager.getConnection(url);
    Path folder = Files.createTempDirectory("bench");
    Path file = Guests.copy(called.guest(), folder);
    try (Statement create = connection.createStatement()) {
      create.execute("CREATE MODULE IF NOT EXISTS f FROM '" + file + "' ISOLATION " + isolation);
    } finally {
      Files.delete(file);
      Files.delete(folder);
    }
    return new Query(connection, called.query("f"), rows, null);
  }

  /** Runs the query; its only value. */
  @Nullable Object run() throws SQLException {
    try (ResultSet result = statement.executeQuery()) {
      result.next();
      return result.getObject(1);
    }
  }

  /** How many rows a run reads. */
  long rows() {
    return rows.count();
  }

  void setRows(long count) {
    rows.setCount(count);
  }

  /**
   * Runs the query with more and more rows until a run takes about so long, and leaves it at that
   * number of rows; what is slow at first, before it is compiled, is not asked for many. Goes on
   * until rows have not become quicker for some seconds of processor time: how long that takes is a
   * figure of its own, see {@link WarmUp}.
   */
  void warmUp(long runNanos) throws SQLException {
    setRows(LEAST_ROWS);
    long start = THREADS.getCurrentThreadCpuTime();
    long quicker = start;
    double least = Double.MAX_VALUE;
    long end;
    do {
      long begin = THREADS.getCurrentThreadCpuTime();
      Object _ = run();
      end = THREADS.getCurrentThreadCpuTime();
      double took = Math.max(1, end - begin);
      if (took / rows() < 0.95 * least) {
        least = took / rows();
        quicker = end;
      }
      setRows(
          Math.clamp(
              Math.round(rows() * Math.clamp(runNanos / took, 0.5, 8)), LEAST_ROWS, MOST_ROWS));
    } while (end - quicker < STEADY_NANOS && end - start < MOST_WARM_UP_NANOS);
  }

  @Override
  public void close() throws SQLException {
    statement.close();
    connection.close();
    if (calls != null) {
      calls.close();
    }
  }
}
