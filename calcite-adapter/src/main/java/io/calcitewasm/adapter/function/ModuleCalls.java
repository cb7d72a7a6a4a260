package io.calcitewasm.adapter.function;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.sql.validate.SqlUserDefinedFunction;
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

  /** The functions that an expression calls anywhere, as often as it does. */
  public static Stream<ModuleFunction> functions(RexNode node) {
    List<ModuleFunction> functions = new ArrayList<>();
    node.accept(
        new RexVisitorImpl<@Nullable Void>(true) {
          @Override
          public @Nullable Void visitCall(RexCall call) {
            ModuleFunction function = function(call);
            if (function != null) {
              functions.add(function);
            }
            return super.visitCall(call);
          }
        });
    return functions.stream();
  }

  /** Whether an expression calls a function of a module anywhere. */
  public static boolean in(RexNode node) {
    return functions(node).findFirst().isPresent();
  }
}
