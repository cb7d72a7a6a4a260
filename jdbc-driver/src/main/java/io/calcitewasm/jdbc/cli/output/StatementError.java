package io.calcitewasm.jdbc.cli.output;

import io.calcitewasm.adapter.session.SqlFailure;
import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why a statement failed.
 *
 * @param sql the statement
 * @param sqlState five characters; {@code HY000} where the driver gave none
 * @param message the sentence for the user
 * @param place where in the statement, if the driver told
 * @param cause what was thrown
 */
public record StatementError(
    String sql, String sqlState, String message, Optional<Place> place, Throwable cause) {
  private static final String GENERAL = "HY000";
  private static final String INTERNAL = "XX000";
  private static final Pattern RANGE =
      Pattern.compile("[Ff]rom line (\\d+), column (\\d+) to line (\\d+), column (\\d+)");
  private static final Pattern POINT = Pattern.compile("[Aa]t line (\\d+), column (\\d+)");

  /**
   * A place in a statement, both ends included, lines and columns from 1, columns in UTF-16 units.
   */
  public record Place(int line, int column, int endLine, int endColumn) {}

  /** Reads an exception that running {@code sql} threw. */
  public static StatementError of(Throwable thrown, String sql) {
    if (!(thrown instanceof SQLException failure)) {
      return new StatementError(
          sql, INTERNAL, "internal error, please report it: " + thrown, Optional.empty(), thrown);
    }
    String state = state(failure);
    String message = message(failure, sql);
    if (failure instanceof SqlFailure ours) {
      Optional<Place> place =
          ours.line() == SqlFailure.NO_POSITION
              ? Optional.empty()
              : Optional.of(new Place(ours.line(), ours.column(), ours.line(), ours.column()));
      return new StatementError(sql, state, message, place, thrown);
    }
    return new StatementError(sql, state, message, place(message, state), thrown);
  }

  private static String state(SQLException failure) {
    String state = failure.getSQLState();
    return state == null || state.isBlank() || state.equals("00000") ? GENERAL : state;
  }

  /** The driver's sentence without the statement, which the user has before him. */
  private static String message(SQLException failure, String sql) {
    String message = failure.getMessage();
    if (message == null || message.isBlank()) {
      return failure.getClass().getSimpleName();
    }
    for (String frame : new String[] {"Error while executing SQL \"%s\": ", "%s: "}) {
      String prefix = frame.replace("%s", sql);
      if (message.startsWith(prefix)) {
        return message.substring(prefix.length()).strip();
      }
    }
    return message.strip();
  }

  private static Optional<Place> place(String message, String state) {
    Matcher range = RANGE.matcher(message);
    if (range.find() && trusted(range, state)) {
      return Optional.of(
          new Place(number(range, 1), number(range, 2), number(range, 3), number(range, 4)));
    }
    Matcher point = POINT.matcher(message);
    if (point.find() && trusted(point, state)) {
      int line = number(point, 1);
      int column = number(point, 2);
      return Optional.of(new Place(line, column, line, column));
    }
    return Optional.empty();
  }

  /** A guest's or a datum's error may speak of lines that are not the statement's. */
  private static boolean trusted(Matcher matcher, String state) {
    return matcher.start() == 0
        || state.startsWith("42")
        || state.startsWith("54")
        || state.equals(GENERAL);
  }

  private static int number(Matcher matcher, int group) {
    try {
      return Math.max(1, Integer.parseInt(matcher.group(group)));
    } catch (NumberFormatException _) {
      return 1;
    }
  }
}
