package io.calcitewasm.adapter.batch;

import io.calcitewasm.adapter.function.ModuleCalls;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexVisitorImpl;
import org.jspecify.annotations.Nullable;

/** How dear the calls of expressions are, to make cheap ones first. */
final class CallCost {
  /** A text costs more than the call it goes into. */
  private static final int LARGE = 10;

  private CallCost() {}

  /** A figure to compare an expression's calls with others'. */
  static int of(RexNode expression) {
    int[] cost = {0};
    expression.accept(
        new RexVisitorImpl<@Nullable Void>(true) {
          @Override
          public @Nullable Void visitCall(RexCall call) {
            if (ModuleCalls.function(call) != null) {
              long large = call.getOperands().stream().filter(CallCost::isLarge).count();
              cost[0] += 1 + LARGE * (int) large;
            }
            return super.visitCall(call);
          }
        });
    return cost[0];
  }

  private static boolean isLarge(RexNode operand) {
    return ColumnKind.of(operand.getType()) == ColumnKind.OBJECT;
  }
}
