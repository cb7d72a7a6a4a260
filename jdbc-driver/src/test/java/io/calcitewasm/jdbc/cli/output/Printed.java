package io.calcitewasm.jdbc.cli.output;

import io.calcitewasm.jdbc.cli.script.StatementRunner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** What printers make of statements that run on H2, which has all types that JDBC knows. */
final class Printed {
  private Printed() {}

  static String table(String... statements) throws SQLException, IOException {
    return table(0, statements);
  }

  /** In a terminal of some columns. */
  static String table(int width, String... statements) throws SQLException, IOException {
    StringWriter out = new StringWriter();
    TableStyle style = new TableStyle(() -> width, false, () -> false);
    run(new TablePrinter(out, style, block(out)), statements);
    return out.toString();
  }

  static String csv(String... statements) throws SQLException, IOException {
    StringWriter out = new StringWriter();
    run(new CsvPrinter(out, block(out)), statements);
    return out.toString();
  }

  /** With the times as 0. */
  static String json(String... statements) throws SQLException, IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    run(new JsonPrinter(out), statements);
    return out.toString(StandardCharsets.UTF_8).replaceAll("\"ms\":[0-9.]+}", "\"ms\":0}");
  }

  private static ErrorSink block(StringWriter out) {
    return (error, _) -> out.write(ErrorBlock.of(error, null) + "\n");
  }

  private static void run(ResultPrinter printer, String... statements)
      throws SQLException, IOException {
    try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:")) {
      StatementRunner runner = new StatementRunner(connection);
      for (String statement : statements) {
        runner.run(statement, printer);
      }
    }
  }
}
