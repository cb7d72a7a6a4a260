package io.calcitewasm.adapter.exec;

import io.calcitewasm.udf.aggregate.Accumulator;
import io.calcitewasm.udf.aggregate.AggregateCalls;
import io.calcitewasm.udf.aggregate.AggregateTerms;
import io.calcitewasm.udf.aggregate.Frame;
import io.calcitewasm.udf.aggregate.FrameValue;
import org.apache.calcite.DataContext;
import org.apache.calcite.linq4j.Enumerable;
import org.jspecify.annotations.Nullable;

/** What generated code does with aggregates of modules. */
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
   * @param group from {@link #begin}
   * @param arguments values in Calcite's internal representation, null for SQL NULL
   * @param key values of the columns by which rows are grouped, for messages
   */
  public static void step(Accumulator group, @Nullable Object[] arguments, @Nullable Object[] key) {
    group.step(arguments(group.calls(), arguments), key);
  }

  /**
   * The value of a group that gets no more rows.
   *
   * @param key values of the columns by which rows are grouped, for messages
   * @return in Calcite's internal representation
   */
  public static @Nullable Object last(Accumulator group, @Nullable Object[] key) {
    AggregateTerms terms = group.calls().terms();
    Object value = terms.value(group.value(key));
    group.calls().finish(group);
    return CalciteValues.toCalcite(terms.result(), value);
  }

  private static @Nullable Object[] arguments(AggregateCalls calls, @Nullable Object[] arguments) {
    AggregateTerms terms = calls.terms();
    CalciteValues.toModule(terms.parameters(), arguments);
    return terms.arguments(arguments);
  }

  /** Gives a frame the arguments of a row that it asked for. */
  public static void add(Frame frame, int position, @Nullable Object[] arguments) {
    frame.add(position, arguments(frame.calls(), arguments));
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
    AggregateTerms terms = value.calls().terms();
    return CalciteValues.toCalcite(terms.result(), terms.value(value.get()));
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
