package io.calcitewasm.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What connections answer to the same query, to be compared. */
final class Answers {
  private Answers() {}

  /**
   * The rows that come, as texts, and the error after them if one comes: its SQLSTATE and its
   * message without the row's number, which a row that is called alone does not know.
   */
  static List<List<@Nullable Object>> of(Connection connection, String sql) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        List<@Nullable Object> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.add(result.getString(i));
        }
        rows.add(row);
      }
    } catch (SQLException e) {
      String words = String.valueOf(e.getMessage()).replaceAll(", row \\d+", "");
      rows.add(List.of(e.getSQLState() + " " + words));
    }
    return rows;
  }
}
