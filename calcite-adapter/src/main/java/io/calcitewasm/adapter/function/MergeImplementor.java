package io.calcitewasm.adapter.function;

import io.calcitewasm.udf.aggregate.MergedGroup;
import java.lang.reflect.Type;
import java.util.List;
import org.apache.calcite.adapter.enumerable.AggContext;
import org.apache.calcite.linq4j.tree.Expression;

/** Code that merges the accumulators which a {@link PartialImplementor}'s has answered. */
final class MergeImplementor extends GroupImplementor {
  MergeImplementor(AggregatedFunction function) {
    super(function.key(), function.opening());
  }

  @Override
  public List<Type> getStateType(AggContext info) {
    return List.of(MergedGroup.class);
  }

  @Override
  Expression begin() {
    return begin("merged");
  }

  @Override
  String adding() {
    return "merge";
  }
}
