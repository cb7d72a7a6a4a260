package io.calcitewasm.adapter.batch;

import io.calcitewasm.adapter.function.AggregateParts;
import io.calcitewasm.adapter.function.CallTraits;
import io.calcitewasm.udf.instance.Isolation;
import io.calcitewasm.udf.module.ModuleVersion;
import io.calcitewasm.udf.module.Snapshot;
import io.calcitewasm.udf.signature.SqlFunction;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.adapter.enumerable.EnumerableAggregate;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.sql.SqlAggFunction;

/**
 * Over how many threads rows of aggregates of modules are divided.
 *
 * @param modules the modules that a plan sees
 * @param threads at most so many
 */
public record Parallelism(Snapshot modules, int threads) {
  /** Rows are not divided. */
  static final Parallelism NONE = new Parallelism(Snapshot.empty(), 1);

  /** The aggregate with its functions divided over threads, if some can be. */
  Optional<RelNode> divided(EnumerableAggregate aggregate) {
    List<AggregateCall> calls = aggregate.getAggCallList().stream().map(this::divided).toList();
    return calls.equals(aggregate.getAggCallList())
        ? Optional.empty()
        : Optional.of(
            aggregate.copy(
                aggregate.getTraitSet(),
                aggregate.getInput(),
                aggregate.getGroupSet(),
                aggregate.getGroupSets(),
                calls));
  }

  private AggregateCall divided(AggregateCall call) {
    SqlAggFunction function = call.getAggregation();
    int count = AggregateParts.isOfModule(function) ? count(AggregateParts.function(function)) : 1;
    return count < 2
        ? call
        : AggregateCall.create(
            AggregateParts.parallel(function, call.getType(), count),
            call.isDistinct(),
            call.isApproximate(),
            call.ignoreNulls(),
            call.rexList,
            call.getArgList(),
            call.filterArg,
            call.distinctKeys,
            call.getCollation(),
            call.getType(),
            call.getName());
  }

  /** Each thread takes an instance; half of them are left to others. */
  private int count(SqlFunction function) {
    ModuleVersion module = modules.module(function.module()).orElse(null);
    if (module == null
        || CallTraits.of(module, function).isCounted()
        || !module.isolations().all().equals(Set.of(Isolation.CALL))) {
      return 1;
    }
    return Math.min(threads, module.limits().instances() / 2);
  }
}
