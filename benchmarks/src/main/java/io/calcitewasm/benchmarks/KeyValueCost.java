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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a module pays for what it keeps: calls that get and set entries beside calls that do not, by
 * turns in one process, by processor time. The scan of the rows is measured too and taken off.
 */
public final class KeyValueCost {
  static final String NAME = "kv";

  private static final int ROWS = 5_000;
  private static final long WARM_UP_NANOS = 6_000_000_000L;
  private static final int ROUNDS = 40;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** By what is measured; the first is what all of them pay. */
  private static final Map<String, String> QUERIES = queries();

  private KeyValueCost() {}

  private static Map<String, String> queries() {
    Map<String, String> queries = new LinkedHashMap<>();
    queries.put("scan", "SELECT COUNT(name), SUM(n) FROM names");
    queries.put("plain", "SELECT SUM(plain.add(n, 1)) FROM names");
    queries.put("plain_row_by_row", "SELECT SUM(plain.add(n, 1)) FROM names");
    queries.put("get_each_entry", "SELECT COUNT(k.fetch(name)) FROM names");
    queries.put("get_one_entry", "SELECT COUNT(k.fetch(first_name)) FROM names");
    queries.put("set_each_entry", "SELECT COUNT(k.keep(name, content)) FROM names");
    queries.put("set_one_entry", "SELECT COUNT(k.keep(first_name, content)) FROM names");
    return queries;
  }

  static List<Figure> measure() throws IOException, InterruptedException {
    String engine = JmhRun.engine(ForkedJvm.ownArguments());
    List<Figure> figures = new ArrayList<>();
    for (String line : ForkedJvm.run(List.of(), KeyValueCost.class)) {
      String[] words = line.split(" ", -1);
      if (words.length == 3 && words[0].equals(NAME)) {
        figures.add(Figure.ofRows(NAME, words[1], Double.parseDouble(words[2]), engine));
      }
    }
    return figures;
  }

  /** Prints what a row takes at best. */
  public static void main(String[] arguments) throws SQLException, IOException {
    Path folder = Files.createTempDirectory("calcite-wasm-kv");
    String url = "jdbc:calcite-wasm:mem=kv-cost";
    try (Connection batches = DriverManager.getConnection(url);
        Connection rowByRow = DriverManager.getConnection(url + ";batches=false")) {
      prepare(batches, folder);
      Map<String, PreparedStatement> statements = new LinkedHashMap<>();
      for (Map.Entry<String, String> query : QUERIES.entrySet()) {
        Connection connection = query.getKey().endsWith("row_by_row") ? rowByRow : batches;
        statements.put(query.getKey(), connection.prepareStatement(query.getValue()));
      }
      Map<String, Double> best = new LinkedHashMap<>();
      for (Map.Entry<String, PreparedStatement> statement : statements.entrySet()) {
        long end = THREADS.getCurrentThreadCpuTime() + WARM_UP_NANOS;
        while (THREADS.getCurrentThreadCpuTime() < end) {
          double _ = nanosPerRow(statement.getValue());
        }
      }
      for (int round = 0; round < ROUNDS; round++) {
        for (Map.Entry<String, PreparedStatement> statement : statements.entrySet()) {
          best.merge(statement.getKey(), nanosPerRow(statement.getValue()), Math::min);
        }
      }
      double scan = best.getOrDefault("scan", 0.0);
      best.forEach(
          (name, nanos) ->
              System.out.println(
                  NAME + " " + name + " " + (name.equals("scan") ? nanos : nanos - scan)));
    } finally {
      try (var files = Files.newDirectoryStream(folder)) {
        for (Path file : files) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    }
  }

  private static void prepare(Connection connection, Path folder) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE MODULE plain FROM '" + Guests.copy("fixtures/arithmetic", folder) + "'");
      statement.execute(
          "CREATE MODULE k FROM '" + Guests.copy("fixtures/keeper", folder) + "' GRANT (kv)");
      statement.execute(
          "CREATE TABLE names (name VARCHAR, first_name VARCHAR, content VARBINARY, n BIGINT)");
    }
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO names VALUES (?, 'name/1', ?, ?)")) {
      for (int i = 0; i < ROWS; i++) {
        insert.setString(1, "name/" + i);
        insert.setBytes(2, new byte[16]);
        insert.setLong(3, i);
        insert.addBatch();
      }
      int[] _ = insert.executeBatch();
    }
  }

  private static double nanosPerRow(PreparedStatement statement) throws SQLException {
    long begin = THREADS.getCurrentThreadCpuTime();
    try (ResultSet rows = statement.executeQuery()) {
      if (!rows.next()) {
        throw new IllegalStateException("no row");
      }
    }
    return (double) (THREADS.getCurrentThreadCpuTime() - begin) / ROWS;
  }
}
