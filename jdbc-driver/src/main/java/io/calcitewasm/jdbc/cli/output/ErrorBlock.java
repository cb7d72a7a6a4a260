package io.calcitewasm.jdbc.cli.output;

import io.calcitewasm.jdbc.cli.output.StatementError.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An error as one block of text: SQLSTATE and sentence, where it is, the line it is about and
 * carets below.
 *
 * <pre>
 * error 42883: no function text.slugfy(VARCHAR) …
 *   demo.sql, line 14
 *   | SELECT text.slugfy(title)
 *   |        ^^^^^^^^^^^^^^^^^^
 * </pre>
 */
public final class ErrorBlock {
  private static final int MOST_COLUMNS = 120;
  private static final int BEFORE_CARET = 60;

  /** Where the statement stands in a script: the line of its first character, from 1. */
  public record Origin(String script, int line) {}

  private ErrorBlock() {}

  /**
   * The block, without a line break at its end.
   *
   * @param origin the script it stands in, or null
   */
  public static String of(StatementError error, @Nullable Origin origin) {
    StringBuilder block = new StringBuilder("error ");
    block.append(error.sqlState()).append(": ");
    block.append(Printable.text(error.message()).replace("\n", "\n  "));
    if (origin != null) {
      int line = origin.line() + error.place().map(Place::line).orElse(1) - 1;
      block.append("\n  ").append(origin.script()).append(", line ").append(line);
    }
    error.place().ifPresent(place -> appendPlace(block, place, error.sql()));
    return block.toString();
  }

  private static void appendPlace(StringBuilder block, Place place, String sql) {
    List<String> lines = sql.lines().toList();
    if (place.line() > lines.size()) {
      return;
    }
    String line = lines.get(place.line() - 1);
    int start = Math.min(place.column() - 1, line.length());
    int end = place.endLine() > place.line() ? line.length() : place.endColumn();
    end = Math.clamp(end, start, line.length());
    if (end <= start + 1) {
      end = wordEnd(line, start);
    }
    int from = line.length() <= MOST_COLUMNS ? 0 : Math.max(0, start - BEFORE_CARET);
    int to = Math.min(line.length(), from + MOST_COLUMNS);
    String before = (from > 0 ? "…" : "") + Printable.cell(line.substring(from, start));
    String marked = Printable.cell(line.substring(start, Math.min(end, to)));
    String after = end < to ? Printable.cell(line.substring(end, to)) : "";
    block.append("\n  | ").append(before).append(marked).append(after);
    block.append(to < line.length() ? "…" : "");
    block.append("\n  | ").append(" ".repeat(Printable.columns(before)));
    block.append("^".repeat(Math.max(1, Printable.columns(marked))));
  }

  /** A place without an end is about the word there. */
  private static int wordEnd(String line, int start) {
    int end = start;
    while (end < line.length() && isWord(line.charAt(end))) {
      end++;
    }
    return Math.max(end, Math.min(start + 1, line.length()));
  }

  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '$';
  }
}
