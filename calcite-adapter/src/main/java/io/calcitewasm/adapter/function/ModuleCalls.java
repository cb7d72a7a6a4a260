package io.calcitewasm.adapter.function;

import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.sql.validate.SqlUserDefinedFunction;
import org.apache.calcite.util.Util;
import org.jspecify.annotations.Nullable;

/** Calls of modules' functions within expressions. */
public final class ModuleCalls {
  private ModuleCalls() {}

  /** The function that an expression calls at its root; null if it calls none. */
  public static @Nullable ModuleFunction function(RexNode node) {
    return node instanceof RexCall call
            && call.getOperator() instanceof SqlUserDefinedFunction operator
            && operator.getFunction() instanceof ModuleFunction module
        ? module
        : null;
  }

  /** Whether an expression calls a function of a module anywhere. */
  public static boolean in(RexNode node) {
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
}
