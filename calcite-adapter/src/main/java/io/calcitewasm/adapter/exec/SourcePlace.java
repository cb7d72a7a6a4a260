package io.calcitewasm.adapter.exec;

import io.calcitewasm.udf.SqlError;
import org.apache.calcite.DataContext;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * Where a call stands in the text of its statement, for its errors.
 *
 * @param line from 1; 0 if it stands nowhere there, as calls in views do
 * @param column from 1; 0 if it stands nowhere there
 */
record SourcePlace(int line, int column) {
  private static final SourcePlace NOWHERE = new SourcePlace(0, 0);

  /** Reads what {@link CallSite#place} has written. */
  static SourcePlace parse(String text) {
    int colon = text.indexOf(':');
    return colon < 0
        ? NOWHERE
        : new SourcePlace(
            Integer.parseInt(text.substring(0, colon)),
            Integer.parseInt(text.substring(colon + 1)));
  }

  /** A position as a constant of generated code. */
  static String written(SqlParserPos position) {
    return position.getLineNum() == 0 ? "" : position.getLineNum() + ":" + position.getColumnNum();
  }

  /** The failure of a call here; stock connections hand the error on as it is. */
  RuntimeException of(SqlError error, DataContext root) {
    return line == 0 || !(root instanceof StatementContext)
        ? error
        : new CalciteContextException(
            String.valueOf(error.getMessage()), error, line, column, line, column);
  }
}
