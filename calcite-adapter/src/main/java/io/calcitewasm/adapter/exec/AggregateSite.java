package io.calcitewasm.adapter.exec;

import io.calcitewasm.udf.aggregate.Accumulator;
import io.calcitewasm.udf.aggregate.AggregateCalls;
import io.calcitewasm.udf.aggregate.AggregateTerms;
import io.calcitewasm.udf.aggregate.Frame;
import io.calcitewasm.udf.aggregate.FrameValue;
import io.calcitewasm.udf.aggregate.MergedGroup;
import io.calcitewasm.udf.aggregate.RowGroup;
import java.util.Objects;
import org.apache.calcite.DataContext;
import org.apache.calcite.linq4j.Enumerable;
import org.jspecify.annotations.Nullable;

/**
 * What generated code does with aggregates of modules: it begins groups, gives rows to them and
 * asks for their values, which come when the guest has been given the rows, in batches. Values are
 * in Calcite's internal representation; errors of the guest are {@link
 * io.calcitewasm.udf.SqlError}s that name the group.
 */
public final class AggregateSite {
  private AggregateSite() {}

  /**
   * Begins a group.
   *
   * @param root the data context of the execution
   * @param key the aggregate's {@link AggregateKey#toString()}
   * @param defaults what the constructor is given if no row comes
   */
  public static Accumulator begin(DataContext root, String key, @Nullable Object[] defaults) {
    return calls(root, key).begin(defaults);
  }

  /**
   * Begins a group whose rows are divided over threads; not while it is told what calls cost.
   *
   * @param root the data context of the execution
   * @param key the aggregate's {@link AggregateKey#toString()}
   * @param defaults what the constructor is given if no row comes
   * @param threads how many
   */
  public static RowGroup divided(
      DataContext root, String key, @Nullable Object[] defaults, int threads) {
    return root instanceof StatementContext context && context.statistics() == null
        ? context.divided(key, threads).begin(defaults)
        : begin(root, key, defaults);
  }

  /**
   * A frame that moves over the rows of a window.
   *
   * @param root the data context of the execution
   * @param key the aggregate's {@link AggregateKey#toString()}
   * @param defaults what the constructor is given if no row comes
   */
  public static Frame frame(DataContext root, String key, @Nullable Object[] defaults) {
    return new Frame(calls(root, key), defaults);
  }

  static AggregateCalls calls(DataContext root, String key) {
    return root instanceof StatementContext context
        ? context.aggregate(key)
        : AggregateKey.find(root, key);
  }

  /**
   * Gives a row to a group.
   *
   * @param group from {@link #begin} or {@link #divided}
   * @param arguments values in Calcite's internal representation, null for SQL NULL
   * @param key values of the columns by which rows are grouped, for messages
   */
  public static void step(RowGroup group, @Nullable Object[] arguments, @Nullable Object[] key) {
    group.step(arguments(group.terms(), arguments), key);
  }

  /**
   * The value of a group that gets no more rows.
   *
   * @param key values of the columns by which rows are grouped, for messages
   * @return in Calcite's internal representation
   */
  public static @Nullable Object last(RowGroup group, @Nullable Object[] key) {
    return value(group.terms(), group.last(key));
  }

  private static @Nullable Object value(AggregateTerms terms, @Nullable Object answer) {
    return CalciteValues.toCalcite(terms.result(), terms.value(answer));
  }

  /**
   * Begins a group that is merged of accumulators.
   *
   * @param root the data context of the execution
   * @param key the aggregate's {@link AggregateKey#toString()}
   * @param defaults what the constructor is given if there are none
   */
  public static MergedGroup merged(DataContext root, String key, @Nullable Object[] defaults) {
    return new MergedGroup(calls(root, key), defaults);
  }

  /**
   * Adds the rows of an accumulator to a group.
   *
   * @param group from {@link #merged}
   * @param part the one {@link Accumulator}, which gets no more rows
   * @param key values of the columns by which rows are grouped, for messages
   */
  public static void merge(MergedGroup group, @Nullable Object[] part, @Nullable Object[] key) {
    group.add((Accumulator) Objects.requireNonNull(part[0], "a part"), key);
  }

  /** The value of a group that gets no more accumulators; as that of one that gets no rows. */
  public static @Nullable Object last(MergedGroup group, @Nullable Object[] key) {
    return value(group.calls().terms(), group.last(key));
  }

  private static @Nullable Object[] arguments(AggregateTerms terms, @Nullable Object[] arguments) {
    CalciteValues.toModule(terms.parameters(), arguments);
    return terms.arguments(arguments);
  }

  /** Gives a frame the arguments of a row that it asked for. */
  public static void add(Frame frame, int position, @Nullable Object[] arguments) {
    frame.add(position, arguments(frame.calls().terms(), arguments));
  }

  /**
   * The same, saying of which partition the row is.
   *
   * @param partition values of the columns that tell partitions apart, for messages
   */
  public static void add(
      Frame frame, int position, @Nullable Object[] arguments, @Nullable Object[] partition) {
    frame.in(partition);
    add(frame, position, arguments);
  }

  /**
   * The value of a frame.
   *
   * @return in Calcite's internal representation
   */
  public static @Nullable Object value(Frame frame) {
    return value(frame.value());
  }

  private static @Nullable Object value(FrameValue value) {
    return value(value.calls().terms(), value.get());
  }

  /** The value of a frame, to be found out later, together with others. */
  public static FrameValue later(Frame frame) {
    return frame.value();
  }

  /**
   * Rows in whose columns {@linkplain #later later values} may stand, with the values in their
   * place.
   *
   * @param rows arrays that nobody else needs
   * @param from the first column where there may be some
   */
  public static Enumerable<Object[]> settled(Enumerable<Object[]> rows, int from) {
    return rows.select(
        row -> {
          for (int i = from; i < row.length; i++) {
            if (row[i] instanceof FrameValue later) {
              row[i] = value(later);
            }
          }
          return row;
        });
  }
}
