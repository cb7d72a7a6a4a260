package io.calcitewasm.benchmarks;

import io.calcitewasm.guest.Guests;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.calcite.jdbc.CalciteConnection;
import org.apache.calcite.schema.SchemaPlus;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.impl.AbstractSchema;
import org.apache.calcite.schema.impl.ScalarFunctionImpl;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One aggregate query over {@value #ROWS} rows whose argument is a function call: what a row costs
 * when the function is static Java, and when it is a module's. The cost model is the whole query's:
 * scan, call and aggregation.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(ScalarCallBenchmark.ROWS)
@Warmup(iterations = 4, time = 3)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ScalarCallBenchmark {
  static final int ROWS = 10_000;

  /** The function called. */
  public enum Called {
    /** {@code add(a, b)}: nothing but the call. */
    ADD("SUM(%s.add(a, b))"),
    /** {@code slugify(s)}: a string in, a string out. */
    SLUGIFY("MAX(%s.slugify(s))");

    private final String expression;

    Called(String expression) {
      this.expression = expression;
    }

    String query(String schema) {
      return "SELECT " + expression.formatted(schema) + " FROM bench.r";
    }
  }

  /** The function called. */
  @Param({"ADD", "SLUGIFY"})
  public Called function = Called.ADD;

  private Peer java = Peer.NONE;
  private Peer wasm = Peer.NONE;

  /** A prepared query and its connection. */
  private record Peer(Connection connection, PreparedStatement query) {
    @SuppressWarnings("NullAway") // before set-up
    private static final Peer NONE = new Peer(null, null);

    Object run() throws SQLException {
      try (ResultSet rows = query.executeQuery()) {
        rows.next();
        return rows.getObject(1);
      }
    }
  }

  /** Opens both connections over the same rows. */
  @Setup(Level.Trial)
  public void open() throws Exception {
    Table rows = new BenchmarkRows(ROWS);
    Connection stock =
        DriverManager.getConnection("jdbc:calcite:caseSensitive=false;unquotedCasing=UNCHANGED");
    SchemaPlus javaSchema = addRows(stock, rows).add("java", new AbstractSchema());
    for (String name : new String[] {"add", "slugify"}) {
      javaSchema.add(name, ScalarFunctionImpl.create(JavaFunctions.class, name));
    }
    java = new Peer(stock, stock.prepareStatement(function.query("java")));

    Connection ours = DriverManager.getConnection("jdbc:calcite-wasm:");
    Path folder = Files.createTempDirectory("bench");
    for (Map.Entry<String, String> module :
        Map.of("add", "fixtures/arithmetic", "slugify", "components/text").entrySet()) {
      Path file = Guests.copy(module.getValue(), folder);
      try (Statement statement = ours.createStatement()) {
        statement.execute("CREATE MODULE wasm_" + module.getKey() + " FROM '" + file + "'");
      }
      Files.delete(file);
    }
    Files.delete(folder);
    addRows(ours, rows); // a definition would make the root schema anew
    wasm = new Peer(ours, ours.prepareStatement(function.query(wasmModule())));
    if (!wasm.run().equals(java.run())) {
      throw new IllegalStateException(wasm.run() + " is not what Java says: " + java.run());
    }
  }

  private String wasmModule() {
    return switch (function) {
      case ADD -> "wasm_add";
      case SLUGIFY -> "wasm_slugify";
    };
  }

  private static SchemaPlus addRows(Connection connection, Table rows) throws SQLException {
    SchemaPlus root = connection.unwrap(CalciteConnection.class).getRootSchema();
    root.add("bench", new AbstractSchema()).add("r", rows);
    return root;
  }

  /** Closes both connections. */
  @TearDown(Level.Trial)
  public void close() throws SQLException {
    java.connection().close();
    wasm.connection().close();
  }

  /** The peer: a static Java function in a stock Calcite connection. */
  @Benchmark
  public Object staticJava() throws SQLException {
    return java.run();
  }

  /** One call per row, a fresh instance per call, optimising runtime. */
  @Benchmark
  public Object wasmPerRow() throws SQLException {
    return wasm.run();
  }

  /** The same in Truffle's interpreter: what an application without the JVM flags gets. */
  @Benchmark
  @Fork(value = 1, jvmArgsAppend = "-Dtruffle.UseFallbackRuntime=true")
  public Object wasmPerRowInterpreted() throws SQLException {
    return wasm.run();
  }
}
