package io.calcitewasm.jdbc.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The main class of another process: executes the statements that it reads, one a line, and answers
 * each with a line: the first column of all rows, or {@code !SQLSTATE message}. Two statements
 * divided by a tab are executed in turns for ever, each answered.
 */
final class StatementReader {
  private StatementReader() {}

  public static void main(String[] arguments) throws IOException, SQLException {
    try (Connection connection = DriverManager.getConnection(arguments[0]);
        BufferedReader in =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      answer("ready");
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] turns = line.split("\t", -1);
        for (int i = 0; i == 0 || turns.length > 1; i++) {
          answer(execute(connection, turns[i % turns.length]));
        }
      }
    }
  }

  private static String execute(Connection connection, String sql) {
    try (Statement statement = connection.createStatement()) {
      List<Object> values = new ArrayList<>();
      if (statement.execute(sql)) {
        try (ResultSet rows = statement.getResultSet()) {
          while (rows.next()) {
            values.add(rows.getObject(1));
          }
        }
      }
      return values.toString();
    } catch (SQLException e) {
      return "!" + e.getSQLState() + " " + String.valueOf(e.getMessage()).replace('\n', ' ');
    }
  }

  private static void answer(String line) {
    System.out.println("> " + line);
    System.out.flush();
  }
}
