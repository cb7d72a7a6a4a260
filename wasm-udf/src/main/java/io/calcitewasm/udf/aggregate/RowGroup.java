package io.calcitewasm.udf.aggregate;

import org.jspecify.annotations.Nullable;

/** A group of rows that an aggregate is given, one row after the other. */
public sealed interface RowGroup permits Accumulator, DividedGroup {
  /** What the aggregate takes and answers. */
  AggregateTerms terms();

  /**
   * Takes one row.
   *
   * @param arguments SQL values of all parameters, those of the constructor first
   * @param group values of the columns by which rows are grouped, for messages; none if there are
   *     none
   * @throws io.calcitewasm.udf.SqlError whatever has gone wrong with this or an earlier row
   */
  void step(@Nullable Object[] arguments, @Nullable Object[] group);

  /**
   * The value of the rows, null for NULL. It will not be asked for again.
   *
   * @param group values of the columns by which rows are grouped, for messages
   * @throws io.calcitewasm.udf.SqlError whatever has gone wrong with its rows or its value
   */
  @Nullable Object last(@Nullable Object[] group);
}
