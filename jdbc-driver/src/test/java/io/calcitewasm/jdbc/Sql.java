package io.calcitewasm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SQL on a connection, for tests. */
final class Sql {
  private Sql() {}

  /** Executes statements in order, and reads no rows of theirs. */
  static void run(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  static List<List<@Nullable Object>> rows(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows(rows);
    }
  }

  /** All rows that are left. */
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

  /** The first column of all rows. */
  static List<@Nullable Object> column(Connection connection, String sql) throws SQLException {
    return rows(connection, sql).stream().<@Nullable Object>map(List::getFirst).toList();
  }

  /** The first column of the only row. */
  static @Nullable Object value(Connection connection, String sql) throws SQLException {
    List<@Nullable Object> values = column(connection, sql);
    if (values.size() != 1) {
      throw new AssertionError(values.size() + " rows of " + sql);
    }
    return values.getFirst();
  }

  /** The plan of a query, without what follows: its functions, and who may call them. */
  static String plan(Connection connection, String sql) throws SQLException {
    return String.valueOf(value(connection, "EXPLAIN PLAN FOR " + sql)).split("\n-- ", 2)[0];
  }

  /** What executing a statement and reading all of its rows fails with. */
  static SQLException failure(Connection connection, String sql) {
    try (Statement statement = connection.createStatement()) {
      if (statement.execute(sql)) {
        rows(statement.getResultSet());
      }
    } catch (SQLException e) {
      return e;
    }
    throw new AssertionError("did not fail: " + sql);
  }

  /** The SQLSTATE that executing a statement fails with, empty where it does not. */
  static String state(Connection connection, String sql) {
    SQLException failure = catchThrowableOfType(SQLException.class, () -> run(connection, sql));
    return failure == null ? "" : failure.getSQLState();
  }

  /** That a statement fails so, with each of these words in what it says. */
  static void assertFails(Connection connection, String sql, String state, String... words) {
    SQLException failure = failure(connection, sql);
    assertThat(failure.getSQLState()).as(failure.getMessage()).isEqualTo(state);
    assertThat(failure.getMessage()).contains(words);
  }
}
