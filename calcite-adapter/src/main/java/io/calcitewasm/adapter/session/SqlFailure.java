package io.calcitewasm.adapter.session;

import java.sql.SQLException;

/**
 * Why a statement failed, as JDBC tells it: one sentence, a SQLSTATE and, where the statement's
 * text is to blame or a call in it has failed, the place in it.
 */
public final class SqlFailure extends SQLException {
  private static final long serialVersionUID = 1;

  /** Where no place in the statement is to blame. */
  public static final int NO_POSITION = 0;

  private final int line;
  private final int column;

  SqlFailure(String sentence, String sqlState, int line, int column, Throwable cause) {
    super(sentence, sqlState, cause);
    this.line = line;
    this.column = column;
  }

  /** Line in the statement, from 1, or {@link #NO_POSITION}. */
  public int line() {
    return line;
  }

  /** Column in the line, from 1, or {@link #NO_POSITION}. */
  public int column() {
    return column;
  }
}
