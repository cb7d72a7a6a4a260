package io.calcitewasm.jdbc.cli.output;

import java.io.IOException;
import java.io.Writer;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Result sets as CSV (RFC 4180, line feed at the end of lines): a line of column names, then a line
 * per row. NULL is empty, the empty string is {@code ""}. A blank line separates result sets;
 * statements without one write nothing.
 */
public final class CsvPrinter implements ResultPrinter {
  private final Writer out;
  private final ErrorSink errors;
  private boolean first = true;

  /** A printer on a writer, which it flushes after each result set. */
  public CsvPrinter(Writer out, ErrorSink errors) {
    this.out = out;
    this.errors = errors;
  }

  @Override
  public void rows(ResultSet rows, Stopwatch watch) throws SQLException, IOException {
    Cells cells = new Cells(rows);
    int count = cells.columns().size();
    // Before the header: a statement that fails at its first row has no result.
    boolean more = rows.next();
    if (!first) {
      out.write('\n');
    }
    first = false;
    for (int i = 0; i < count; i++) {
      field(i, cells.columns().get(i).name());
    }
    out.write('\n');
    try {
      while (more) {
        for (int i = 0; i < count; i++) {
          field(i, cells.text(i));
        }
        out.write('\n');
        more = rows.next();
      }
    } finally {
      out.flush();
    }
  }

  @Override
  public void count(String sql, long count, Stopwatch watch) {}

  @Override
  public void error(StatementError error, Stopwatch watch) throws IOException {
    errors.error(error, watch);
  }

  private void field(int column, @Nullable String text) throws IOException {
    if (column > 0) {
      out.write(',');
    }
    if (text == null) {
      return;
    }
    if (text.isEmpty() || needsQuotes(text)) {
      out.write('"');
      out.write(text.replace("\"", "\"\""));
      out.write('"');
    } else {
      out.write(text);
    }
  }

  private static boolean needsQuotes(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ',' || c == '"' || c == '\n' || c == '\r') {
        return true;
      }
    }
    return text.startsWith(" ") || text.endsWith(" ");
  }
}
