package io.calcitewasm.adapter.batch;

import io.calcitewasm.adapter.function.ModuleFunction;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.sql.validate.SqlUserDefinedFunction;
import org.apache.calcite.util.Util;
import org.jspecify.annotations.Nullable;

/** Calls of modules' functions within expressions. */
final class ModuleCalls {
  private ModuleCalls() {}

  /** The function that an expression calls at its root; null if it calls none. */
  static @Nullable ModuleFunction function(RexNode node) {
    return node instanceof RexCall call
            && call.getOperator() instanceof SqlUserDefinedFunction operator
            && operator.getFunction() instanceof ModuleFunction module
        ? module
        : null;
  }

  /** Whether an expression calls a function of a module anywhere. */
  static boolean in(RexNode node) {
    try {
      node.accept(
          new RexVisitorImpl<@Nullable Void>(true) {
            @Override
            public @Nullable Void visitCall(RexCall call) {
              if (function(call) != null) {
                throw Util.FoundOne.NULL;
              }
              return super.visitCall(call);
            }
          });
      return false;
    } catch (Util.FoundOne found) {
      return true;
    }
  }

  /** How dear an expression's calls are, roughly: texts and composites cost more than numbers. */
  static int cost(RexNode node) {
    int[] cost = {0};
    node.accept(
        new RexVisitorImpl<@Nullable Void>(true) {
          @Override
          public @Nullable Void visitCall(RexCall call) {
            if (function(call) != null) {
              cost[0]++;
              cost[0] += 10 * (int) call.getOperands().stream().filter(o -> isLarge(o)).count();
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
