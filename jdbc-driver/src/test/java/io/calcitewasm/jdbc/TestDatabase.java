package io.calcitewasm.jdbc;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A private database with guests installed under their own names, for one test class. */
final class TestDatabase implements AutoCloseable {
  private final Connection connection;

  /** Installs {@code components/NAME} and {@code fixtures/NAME}. */
  TestDatabase(String... guests) throws SQLException {
    connection = DriverManager.getConnection("jdbc:calcite-wasm:");
    for (String guest : guests) {
      execute(
          "CREATE MODULE "
              + guest.substring(guest.indexOf('/') + 1)
              + " FROM '"
              + file(guest)
              + "'");
    }
  }

  /** A guest's file, relative to the module that is tested. */
  static String file(String guest) {
    String name = guest.substring(guest.indexOf('/') + 1);
    return "../guest-sdk/" + guest + "/" + name + ".component.wasm";
  }

  Connection connection() {
    return connection;
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The first column of the only row. */
  @Nullable Object value(String sql) throws SQLException {
    List<List<@Nullable Object>> rows = rows(sql);
    if (rows.size() != 1) {
      throw new AssertionError(rows.size() + " rows of " + sql);
    }
    return rows.getFirst().getFirst();
  }

  List<List<@Nullable Object>> rows(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows(rows);
    }
  }

  static List<List<@Nullable Object>> rows(ResultSet rows) throws SQLException {
    List<List<@Nullable Object>> all = new ArrayList<>();
    while (rows.next()) {
      List<@Nullable Object> row = new ArrayList<>();
      for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
        row.add(rows.getObject(i));
      }
      all.add(row);
    }
    return all;
  }

  /** What executing a statement and reading all of its rows fails with. */
  SQLException failure(String sql) {
    SQLException failure =
        catchThrowableOfType(
            SQLException.class,
            () -> {
              try (Statement statement = connection.createStatement()) {
                if (statement.execute(sql)) {
                  rows(statement.getResultSet());
                }
              }
            });
    if (failure == null) {
      throw new AssertionError("did not fail: " + sql);
    }
    return failure;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
