package io.calcitewasm.jdbc.cli.script;

import io.calcitewasm.jdbc.cli.output.ResultPrinter;
import io.calcitewasm.jdbc.cli.output.StatementError;
import io.calcitewasm.jdbc.cli.output.Stopwatch;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** Runs statements one at a time on one connection; another thread may cancel the running one. */
public final class StatementRunner {
  private static final int FETCH_SIZE = 1_000;
  private final Connection connection;
  private volatile @Nullable Statement running;

  /** A runner on a connection, which stays the caller's to close. */
  public StatementRunner(Connection connection) {
    this.connection = connection;
  }

  /** The connection that statements run on. */
  public Connection connection() {
    return connection;
  }

  /**
   * Runs a statement and prints every outcome of it, its error included.
   *
   * @return whether it succeeded
   * @throws IOException if the printer's output is gone
   */
  // Throwable: a bug below must neither end a shell nor hide the statement that met it.
  @SuppressWarnings("CatchingUnchecked")
  public boolean run(String sql, ResultPrinter printer) throws IOException {
    Stopwatch watch = Stopwatch.start();
    try {
      execute(sql, printer, watch);
      return true;
    } catch (SQLException
        | RuntimeException
        | AssertionError
        | StackOverflowError
        | LinkageError e) {
      printer.error(StatementError.of(e, sql), watch);
      return false;
    }
  }

  /**
   * Asks the driver to stop the statement that is running now.
   *
   * @return whether one was running
   */
  public boolean cancel() {
    Statement statement = running;
    if (statement == null) {
      return false;
    }
    try {
      statement.cancel();
    } catch (SQLException _) {
      // It ended by itself, or the driver cannot: there is nothing else to try.
    }
    return true;
  }

  private void execute(String sql, ResultPrinter printer, Stopwatch watch)
      throws SQLException, IOException {
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(FETCH_SIZE);
      running = statement;
      boolean isResult = statement.execute(sql);
      if (!isResult) {
        printer.count(sql, Math.max(0, statement.getLargeUpdateCount()), watch);
      }
      while (isResult) {
        try (ResultSet rows = statement.getResultSet()) {
          printer.rows(rows, watch);
        }
        isResult = statement.getMoreResults();
      }
    } finally {
      running = null;
    }
  }
}
