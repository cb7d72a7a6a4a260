package io.calcitewasm.adapter.trait;

import io.calcitewasm.adapter.function.ModuleCalls;
import io.calcitewasm.adapter.function.ModuleFunction;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;

/**
 * Puts the arguments of commutative functions into an order that does not depend on how they were
 * written, so that {@code f(a, b)} and {@code f(b, a)} are one call.
 */
public final class CanonicalCalls extends WholePlanShuttle {
  /** Goes over a plan, sub-queries included. */
  public static RelNode in(RelNode plan) {
    return new CanonicalCalls().rewrite(plan);
  }

  @Override
  public RexNode visitCall(RexCall call) {
    RexCall visited = (RexCall) super.visitCall(call);
    ModuleFunction function = ModuleCalls.function(visited);
    if (function == null || !function.traits().function().commutative()) {
      return visited;
    }
    RexNode first = visited.getOperands().get(0);
    RexNode second = visited.getOperands().get(1);
    return first.toString().compareTo(second.toString()) <= 0
        ? visited
        : visited.clone(visited.getType(), List.of(second, first));
  }
}
