package io.calcitewasm.adapter.function;

import org.apache.calcite.adapter.enumerable.AggContext;
import org.apache.calcite.adapter.enumerable.AggResultContext;
import org.apache.calcite.linq4j.tree.Expression;

/** Code that aggregates groups of rows and answers their accumulators. */
final class PartialImplementor extends GroupImplementor {
  PartialImplementor(AggregatedFunction function) {
    super(function.key(), function.opening());
  }

  @Override
  public Expression implementResult(AggContext info, AggResultContext result) {
    return result.accumulator().getFirst();
  }
}
