package io.calcitewasm.udf.aggregate;

import io.calcitewasm.component.ResourceHandle;
import io.calcitewasm.udf.GuestText;
import io.calcitewasm.udf.SqlError;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The accumulator of one group. Its guest's resource is made when its first row, or its value, is
 * due.
 */
public final class Accumulator {
  private final AggregateCalls calls;

  /** In the guest; null before it is needed, and after it was given up. */
  @Nullable ResourceHandle handle;

  /** Arguments of the constructor; null before the first row. */
  @Nullable Object @Nullable [] constants;

  /** Arguments of the constructor if there are no rows. */
  final @Nullable Object[] defaults;

  /** Values of the columns by which rows are grouped; null if nobody has told. */
  private @Nullable Object @Nullable [] group;

  /** Its value, if {@link #read}. */
  @Nullable Object value;

  /** Why it has no value, if {@link #read}. */
  @Nullable SqlError failure;

  /** Whether the value is that of all rows so far. */
  boolean read;

  /** Whether it waits for its value among others. */
  boolean queued;

  Accumulator(AggregateCalls calls, @Nullable Object[] defaults) {
    this.calls = calls;
    this.defaults = defaults;
  }

  /** The aggregate that it belongs to. */
  public AggregateCalls calls() {
    return calls;
  }

  /** Whether the group's columns are known. */
  public boolean isNamed() {
    return group != null;
  }

  /** Tells by which values rows are in this group, for messages. */
  public void name(@Nullable Object[] columns) {
    group = columns;
  }

  /**
   * Takes one row.
   *
   * @param arguments SQL values of all parameters, those of the constructor first
   * @throws SqlError whatever has gone wrong with this or an earlier row
   */
  public void step(@Nullable Object[] arguments) {
    calls.step(this, arguments);
  }

  /**
   * The value of the rows so far, null for NULL.
   *
   * @throws SqlError whatever has gone wrong with its rows or its value
   */
  public @Nullable Object value() {
    return calls.value(this);
  }

  /** The same error, with the group named. */
  SqlError inGroup(SqlError error) {
    @Nullable Object[] columns = group;
    if (columns == null || columns.length == 0) {
      return error;
    }
    String values = Arrays.stream(columns).map(Accumulator::text).collect(Collectors.joining(", "));
    return new SqlError(error.sqlState(), error.getMessage() + " (group " + values + ")", error);
  }

  private static String text(@Nullable Object value) {
    return value == null
        ? "NULL"
        : value instanceof String text ? GuestText.quote(text) : GuestText.of(value.toString());
  }
}
