package io.calcitewasm.adapter.function;

import io.calcitewasm.adapter.exec.AggregateSite;
import io.calcitewasm.udf.aggregate.RowGroup;
import java.lang.reflect.Type;
import java.util.List;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.enumerable.AggContext;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;

/** Code that aggregates groups of rows in several threads. */
final class ParallelImplementor extends GroupImplementor {
  private final int threads;

  ParallelImplementor(AggregatedFunction function, int threads) {
    super(function.key(), function.opening());
    this.threads = threads;
  }

  @Override
  public List<Type> getStateType(AggContext info) {
    return List.of(RowGroup.class);
  }

  @Override
  Expression begin() {
    return Expressions.call(
        AggregateSite.class,
        "divided",
        DataContext.ROOT,
        key(),
        defaults(),
        Expressions.constant(threads));
  }
}
