package io.calcitewasm.adapter.batch;

import io.calcitewasm.adapter.function.CalledFunction;
import io.calcitewasm.adapter.function.ModuleCalls;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexVisitorImpl;
import org.jspecify.annotations.Nullable;

/**
 * How dear the calls of expressions are, to make cheap ones first: what the manifest says of a
 * function, else what its arguments make likely.
 */
final class CallCost {
  /** A text costs more than the call it goes into. */
  private static final long LARGE = 10;

  private CallCost() {}

  /** A figure to compare an expression's calls with others'. */
  static long of(RexNode expression) {
    long[] cost = {0};
    expression.accept(
        new RexVisitorImpl<@Nullable Void>(true) {
          @Override
          public @Nullable Void visitCall(RexCall call) {
            CalledFunction function = ModuleCalls.called(call);
            if (function != null) {
              cost[0] += function.traits().function().cost().orElseGet(() -> likely(call));
            }
            return super.visitCall(call);
          }
        });
    return cost[0];
  }

  private static long likely(RexCall call) {
    return 1 + LARGE * call.getOperands().stream().filter(CallCost::isLarge).count();
  }

  private static boolean isLarge(RexNode operand) {
    return ColumnKind.of(operand.getType()) == ColumnKind.OBJECT;
  }
}
