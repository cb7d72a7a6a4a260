package io.calcitewasm.adapter.parser;

import io.calcitewasm.adapter.parser.SourceText.Place;

/**
 * A statement that is not SQL. The message is one sentence for the user that ends with the place;
 * lines and columns count from 1, columns in UTF-16 units.
 */
public final class SyntaxError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String sqlState;
  private final int line;
  private final int column;

  /** An error 42601 at a place. */
  SyntaxError(String message, Place place) {
    this("42601", message, place);
  }

  private SyntaxError(String sqlState, String message, Place place) {
    super(message + " at line " + place.line() + ", column " + place.column());
    this.sqlState = sqlState;
    this.line = place.line();
    this.column = place.column();
  }

  /** A statement that is nested deeper than the parser's stack. */
  static SyntaxError tooDeep(Place place) {
    return new SyntaxError("54001", "the statement is nested too deeply", place);
  }

  /** SQLSTATE: 42601, or 54001 for a statement that is nested too deeply. */
  public String sqlState() {
    return sqlState;
  }

  /** The line of the first character that does not belong. */
  public int line() {
    return line;
  }

  /** The column of the first character that does not belong. */
  public int column() {
    return column;
  }
}
