package io.calcitewasm.udf.aggregate;

import io.calcitewasm.udf.SqlError;
import org.jspecify.annotations.Nullable;

/**
 * The accumulator of one group. Its guest's resource is made when its first row, or its value, is
 * due.
 */
public final class Accumulator implements RowGroup {
  private final AggregateCalls calls;

  /** Its resource in the guest, if it {@link #hasResource}. */
  private int number;

  /** False before a resource is needed, and after it was given up. */
  private boolean hasResource;

  /** Whether it belongs to a frame, which may take back the rows that came first. */
  final boolean moving;

  /** Where the state of its first rows is if there was no room for it; null if it is not there. */
  Spill.@Nullable Place saved;

  /** Arguments of the constructor; null before the first row. */
  @Nullable Object @Nullable [] constants;

  /** Arguments of the constructor if there are no rows. */
  final @Nullable Object[] defaults;

  /** Its value, if {@link #read}. */
  @Nullable Object value;

  /** Why it has no value, if {@link #read}. */
  @Nullable SqlError failure;

  /** Whether the value is that of all rows so far. */
  boolean read;

  /** Whether its resource is being made. */
  boolean making;

  /** Whether it waits for its value among others. */
  boolean queued;

  /** Whether nobody needs its resource any more. */
  boolean finished;

  /** Which waits for its value behind it, if one does. */
  @Nullable Accumulator next;

  /** Values of the columns by which rows are grouped or divided, for messages. */
  private @Nullable Object[] group = Group.UNNAMED;

  /** Who knows these values, by the group's number; null if nobody has to be asked. */
  private @Nullable GroupTable groups;

  private int groupNumber;

  Accumulator(AggregateCalls calls, @Nullable Object[] defaults, boolean moving) {
    this.calls = calls;
    this.defaults = defaults;
    this.moving = moving;
  }

  /** Says which group of a table it is of. */
  void isOf(GroupTable table, int group) {
    groups = table;
    groupNumber = group;
  }

  /** Values of the columns by which rows are grouped, for messages; none if that is not known. */
  @Nullable Object[] names() {
    return groups == null ? group : groups.names(groupNumber);
  }

  /** Whether it has a resource in the guest. */
  boolean hasResource() {
    return hasResource;
  }

  /** The number of its resource. */
  int number() {
    return number;
  }

  /** Takes a resource. */
  void take(int resource) {
    number = resource;
    hasResource = true;
  }

  /** Has no resource any more. */
  void giveUp() {
    hasResource = false;
  }

  /** The aggregate that it belongs to. */
  public AggregateCalls calls() {
    return calls;
  }

  @Override
  public AggregateTerms terms() {
    return calls.terms();
  }

  /** Tells its group, for messages. */
  void name(@Nullable Object[] columns) {
    if (group.length == 0) {
      group = columns;
    }
  }

  @Override
  public void step(@Nullable Object[] arguments, @Nullable Object[] group) {
    name(group);
    calls.step(this, arguments);
  }

  /**
   * The value of the rows so far, null for NULL.
   *
   * @param group values of the columns by which rows are grouped, for messages
   * @throws SqlError whatever has gone wrong with its rows or its value
   */
  public @Nullable Object value(@Nullable Object[] group) {
    return calls.value(this, group);
  }

  @Override
  public @Nullable Object last(@Nullable Object[] group) {
    Object value = calls.value(this, group);
    calls.finish(this);
    return value;
  }
}
