package io.calcitewasm.benchmarks.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** The database that is attacked: its modules, and a table of the numbers from 1 to 1,000. */
final class Guests implements AutoCloseable {
  static final String URL = "jdbc:calcite-wasm:mem=soak";

  /** Rows of the table. */
  static final int ROWS = 1000;

  private final Path folder;
  private final List<String> modules;

  Guests() throws IOException {
    folder = Files.createTempDirectory("soak");
    String evil = file("fixtures/evil");
    modules =
        List.of(
            "evil FROM '"
                + evil
                + "' WITH (memory => '16MB', call_time => '300ms', instances => 4)",
            "patient FROM '" + evil + "' WITH (call_time => '20s', instances => 4)",
            "state FROM '" + file("fixtures/state") + "' WITH (memory => '32MB')",
            "remembering FROM '" + file("fixtures/state") + "' ISOLATION STATEMENT",
            "session FROM '"
                + file("fixtures/state")
                + "' ISOLATION SESSION WITH (instances => 32)",
            "pages FROM '" + file("fixtures/pages-17") + "'",
            "text FROM '" + file("components/text") + "'");
  }

  private String file(String guest) {
    return io.calcitewasm.guest.Guests.copy(guest, folder).toString();
  }

  /** Creates everything in an empty database. */
  void create(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String module : modules) {
        statement.execute("CREATE MODULE " + module);
      }
      statement.execute("CREATE TABLE numbers (i INTEGER)");
      String rows =
          String.join(", ", IntStream.rangeClosed(1, ROWS).mapToObj(i -> "(" + i + ")").toList());
      statement.execute("INSERT INTO numbers VALUES " + rows);
    }
  }

  /** Creates the module {@code evil} in a database of the caller's own. */
  void createEvil(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE MODULE " + modules.getFirst());
    }
  }

  /** Replaces a module that others may be calling. */
  void replaceOne(Connection connection, SplittableRandom random, Tally tally) throws SQLException {
    String module = modules.get(random.nextInt(modules.size()));
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE OR REPLACE MODULE " + module);
      tally.count("00000");
    } catch (SQLException e) {
      tally.count(e.getSQLState());
      tally.object("replacing failed with " + e.getSQLState() + ": " + e.getMessage());
    }
  }

  @Override
  public void close() throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
