package io.calcitewasm.jdbc.cli;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Optional;

/**
 * Which WebAssembly runtime is active, as the view {@code wasm.engine} tells.
 *
 * @param name the runtime; empty if the database has no such view
 * @param optimising whether it compiles, which is 30 to 100 times as fast as its interpreter
 * @param reason why it does not
 */
public record RuntimeReport(Optional<String> name, boolean optimising, String reason) {
  /** Asks a database; one that has no {@code wasm.engine} is no error. */
  public static RuntimeReport of(Connection connection) {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT runtime, optimising, reason FROM wasm.engine")) {
      if (rows.next()) {
        String reason = rows.getString(3);
        return new RuntimeReport(
            Optional.ofNullable(rows.getString(1)),
            rows.getBoolean(2),
            reason == null ? "" : reason);
      }
    } catch (SQLException _) {
      // Another vendor's database.
    }
    return new RuntimeReport(Optional.empty(), true, "");
  }

  /** Whether guests run slowly. */
  public boolean isInterpreter() {
    return !optimising;
  }

  /** One line for the user. */
  public String text() {
    if (name.isEmpty()) {
      return "WebAssembly runtime: unknown, the database has no view wasm.engine";
    }
    if (optimising) {
      return "WebAssembly runtime: " + name.get() + ", compiling (JIT)";
    }
    return String.format(
        Locale.ROOT,
        "WebAssembly runtime: %s, INTERPRETER: functions are 30 to 100 times slower%s",
        name.get(),
        reason.isEmpty() ? "" : " (" + reason + ")");
  }
}
