package io.calcitewasm.adapter.batch;

import io.calcitewasm.adapter.batch.CallsBelow.Computed;
import io.calcitewasm.adapter.batch.CallsBelow.Found;
import io.calcitewasm.adapter.function.CallTraits;
import io.calcitewasm.adapter.function.ModuleCalls;
import io.calcitewasm.adapter.function.ModuleFunction;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.calcite.adapter.enumerable.EnumerableCalc;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.util.Util;
import org.jspecify.annotations.Nullable;

/**
 * Before calls are put into batches: what is called below a join, for a condition that the planner
 * has moved there, is not called again above it. The result is handed up. Only calls of
 * deterministic functions of deterministic arguments can be one.
 */
final class ReusedCalls {
  private final EnumerableCalc calc;
  private final RexBuilder rex;
  private RelNode input;
  private Computed computed;

  private ReusedCalls(EnumerableCalc calc) {
    this.calc = calc;
    this.rex = calc.getCluster().getRexBuilder();
    this.input = calc.getInput();
    this.computed = Computed.by(calc);
  }

  /** A plan that makes such calls once. */
  static RelNode in(RelNode node) {
    RelNode own =
        BatchPlan.withInputs(node, node.getInputs().stream().map(ReusedCalls::in).toList());
    return own instanceof EnumerableCalc above ? new ReusedCalls(above).rewritten() : own;
  }

  private RelNode rewritten() {
    CallsBelow below = new CallsBelow(rex);
    Set<RexNode> tried = new HashSet<>();
    boolean changed = false;
    for (RexCall call = next(tried); call != null; call = next(tried)) {
      tried.add(call);
      Found found = below.find(input, call).orElse(null);
      if (found != null && found.result().getType().equals(call.getType())) {
        take(call, found);
        tried = tried.stream().map(found::moved).collect(Collectors.toSet());
        changed = true;
      }
    }
    return changed ? computed.over(input, calc.getRowType().getFieldNames(), rex) : calc;
  }

  private void take(RexCall call, Found found) {
    RexShuttle taking =
        new RexShuttle() {
          @Override
          public RexNode visitCall(RexCall other) {
            return other.equals(call) ? found.result() : super.visitCall(other);
          }

          @Override
          public RexNode visitInputRef(RexInputRef ref) {
            return found.moved(ref);
          }
        };
    computed =
        new Computed(taking.visitList(computed.projects()), taking.visitList(computed.conjuncts()));
    input = found.node();
  }

  /** A call that was not tried yet, outer ones before those in their arguments; null if none. */
  private @Nullable RexCall next(Set<RexNode> tried) {
    try {
      RexVisitorImpl<@Nullable Void> search =
          new RexVisitorImpl<>(true) {
            @Override
            public @Nullable Void visitCall(RexCall call) {
              if (!tried.contains(call) && isReusable(call)) {
                throw new Util.FoundOne(call);
              }
              return super.visitCall(call);
            }
          };
      computed.projects().forEach(project -> project.accept(search));
      computed.conjuncts().forEach(conjunct -> conjunct.accept(search));
      return null;
    } catch (Util.FoundOne found) {
      return (RexCall) found.getNode();
    }
  }

  private static boolean isReusable(RexCall call) {
    ModuleFunction function = ModuleCalls.function(call);
    return function != null
        && function.traits().deterministic()
        && function.traits().order() == CallTraits.Order.ANY
        && ModuleCalls.functions(call).allMatch(inner -> inner.traits().deterministic())
        && RexUtil.isDeterministic(call);
  }
}
