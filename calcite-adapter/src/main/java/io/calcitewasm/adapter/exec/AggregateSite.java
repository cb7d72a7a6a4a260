package io.calcitewasm.adapter.exec;

import io.calcitewasm.udf.aggregate.Accumulator;
import io.calcitewasm.udf.aggregate.AggregateCalls;
import io.calcitewasm.udf.aggregate.Frame;
import io.calcitewasm.udf.signature.SqlFunction;
import java.lang.ref.WeakReference;
import org.apache.calcite.DataContext;
import org.apache.calcite.linq4j.function.Deterministic;
import org.jspecify.annotations.Nullable;

/**
 * A place in generated code that aggregates with one function of a module. Generated classes may
 * hold it as a constant; it binds itself to the execution whose data context it is given.
 */
@Deterministic // of construction: generated code may keep one instance per constant arguments
public final class AggregateSite {
  private final FunctionKey key;

  /** Weak: a plan outlives its executions and must not keep their data. */
  private volatile @Nullable WeakReference<Binding> binding;

  private record Binding(DataContext root, AggregateCalls calls) {}

  /** What executions of a plan share: one batch for all places that call the function. */
  private record Shared(FunctionKey key) {}

  /** A place that calls the aggregate of a {@link FunctionKey#toString()}. */
  public AggregateSite(String key) {
    this.key = FunctionKey.parse(key);
  }

  /**
   * Begins a group.
   *
   * @param root the data context of the execution
   * @param defaults what the constructor is given if no row comes
   */
  public Accumulator begin(DataContext root, @Nullable Object[] defaults) {
    return calls(root).begin(defaults);
  }

  /**
   * A frame that moves over the rows of a window.
   *
   * @param root the data context of the execution
   * @param defaults what the constructor is given if no row comes
   */
  public Frame frame(DataContext root, @Nullable Object[] defaults) {
    return new Frame(calls(root), defaults);
  }

  private AggregateCalls calls(DataContext root) {
    WeakReference<Binding> last = binding;
    Binding bound = last == null ? null : last.get();
    if (bound == null || bound.root() != root) {
      FunctionBinding function = FunctionBinding.of(root, key);
      AggregateCalls calls =
          function
              .calls()
              .shared(
                  new Shared(key),
                  AggregateCalls.class,
                  () ->
                      new AggregateCalls(function.calls(), function.module(), function.function()));
      bound = new Binding(root, calls);
      binding = new WeakReference<>(bound);
    }
    return bound.calls();
  }

  /**
   * Gives a row to a group.
   *
   * @param group from {@link #begin}
   * @param arguments values in Calcite's internal representation, null for SQL NULL
   */
  public static void step(Accumulator group, @Nullable Object[] arguments) {
    CalciteValues.toModule(group.calls().function().parameters(), arguments);
    group.step(arguments);
  }

  /**
   * The value of a group that gets no more rows.
   *
   * @return in Calcite's internal representation
   */
  public static @Nullable Object last(Accumulator group) {
    Object value = group.value();
    SqlFunction function = group.calls().function();
    group.calls().finish(group);
    return CalciteValues.toCalcite(function.result(), value);
  }

  /** Gives a frame the arguments of a row that it asked for. */
  public static void add(Frame frame, int position, @Nullable Object[] arguments) {
    CalciteValues.toModule(frame.calls().function().parameters(), arguments);
    frame.add(position, arguments);
  }

  /**
   * The value of a frame.
   *
   * @return in Calcite's internal representation
   */
  public static @Nullable Object value(Frame frame) {
    return CalciteValues.toCalcite(frame.calls().function().result(), frame.value());
  }
}
