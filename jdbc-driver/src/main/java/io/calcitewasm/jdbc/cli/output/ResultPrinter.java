package io.calcitewasm.jdbc.cli.output;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Writes what became of statements, one after the other: each statement ends in exactly one call
 * that returns normally.
 */
public interface ResultPrinter {
  /**
   * Reads a result set to its end and writes it.
   *
   * @param watch started when the statement was; read when the last row has come
   * @throws SQLException if the driver fails on the way; {@link #error} must follow
   * @throws IOException if the output is gone
   */
  void rows(ResultSet rows, Stopwatch watch) throws SQLException, IOException;

  /**
   * Writes the outcome of a statement without result set.
   *
   * @param sql the statement
   * @param count the number of rows it changed, 0 for DDL
   */
  void count(String sql, long count, Stopwatch watch) throws IOException;

  /** Writes why a statement failed. */
  void error(StatementError error, Stopwatch watch) throws IOException;
}
