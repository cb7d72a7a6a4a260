package io.calcitewasm.udf.aggregate;

import io.calcitewasm.udf.GuestText;
import io.calcitewasm.udf.SqlError;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Groups, and partitions of windows, in messages. */
final class Group {
  /** Of rows that are not grouped, or nobody knows how. */
  static final @Nullable Object[] UNNAMED = {};

  private Group() {}

  /** What the rows of an accumulator are called. */
  static String word(Accumulator accumulator) {
    return accumulator.moving ? "partition" : "group";
  }

  /** The same error, with the accumulator's group or partition named. */
  static SqlError error(SqlError error, Accumulator accumulator) {
    return error(error, accumulator, accumulator.names());
  }

  /**
   * The same error, with the group or partition named.
   *
   * @param columns values of the columns by which rows are grouped or divided
   */
  static SqlError error(SqlError error, Accumulator accumulator, @Nullable Object[] columns) {
    if (columns.length == 0) {
      return error;
    }
    String values = Arrays.stream(columns).map(Group::text).collect(Collectors.joining(", "));
    return new SqlError(
        error.sqlState(),
        error.getMessage() + " (" + word(accumulator) + " " + values + ")",
        error);
  }

  private static String text(@Nullable Object value) {
    return value == null
        ? "NULL"
        : value instanceof String text ? GuestText.quote(text) : GuestText.of(value.toString());
  }
}
