package io.calcitewasm.jdbc;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A database of a test's own in memory, with guests installed, and the connections to it. */
final class TestDatabase implements AutoCloseable {
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private final String url = "jdbc:calcite-wasm:mem=test-" + NUMBERS.incrementAndGet();
  private final Connection connection = DriverManager.getConnection(url);
  private final List<Connection> others = new ArrayList<>();

  /** Has guests installed, as {@link #install} takes them. */
  TestDatabase(String... guests) throws SQLException {
    for (String guest : guests) {
      execute(install(guest));
    }
  }

  /**
   * The statement that installs a guest: {@code components/NAME} or {@code fixtures/NAME}, under
   * its own name, with {@code _} for {@code -}, or under that behind {@code AS}.
   */
  static String install(String guest) {
    String[] parts = guest.split(" AS ", 2);
    String name = parts.length == 2 ? parts[1] : name(guest).replace('-', '_');
    return "CREATE MODULE " + name + " FROM '" + file(parts[0]) + "'";
  }

  /** A guest's file, relative to the module that is tested. */
  static String file(String guest) {
    return "../guest-sdk/" + guest + "/" + name(guest) + ".component.wasm";
  }

  private static String name(String guest) {
    return guest.substring(guest.indexOf('/') + 1);
  }

  /** The connection that installed the guests. */
  Connection connection() {
    return connection;
  }

  /** One more connection, with properties as a URL has them; it ends with the database. */
  Connection connect(String properties) throws SQLException {
    Connection other = DriverManager.getConnection(url + ";" + properties);
    others.add(other);
    return other;
  }

  void execute(String sql) throws SQLException {
    Sql.run(connection, sql);
  }

  /** The first column of the only row. */
  @Nullable Object value(String sql) throws SQLException {
    return Sql.value(connection, sql);
  }

  List<List<@Nullable Object>> rows(String sql) throws SQLException {
    return Sql.rows(connection, sql);
  }

  /** What executing a statement and reading all of its rows fails with. */
  SQLException failure(String sql) {
    return Sql.failure(connection, sql);
  }

  @Override
  public void close() throws SQLException {
    for (Connection other : others) {
      other.close();
    }
    connection.close();
  }
}
