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

  /**
   * The function with types of its own that an expression calls at its root; null if it calls none.
   */
  public static @Nullable ModuleFunction function(RexNode node) {
    return called(node) instanceof ModuleFunction function ? function : null;
  }

  /** The function that an expression calls at its root; null if it calls none. */
  public static @Nullable CalledFunction called(RexNode node) {
    return node instanceof RexCall call
            && call.getOperator() instanceof SqlUserDefinedFunction operator
            && operator.getFunction() instanceof CalledFunction function
        ? function
        : null;
  }

  /** The functions that an expression calls anywhere, as often as it does. */
  public static Stream<CalledFunction> functions(RexNode node) {
    List<CalledFunction> functions = new ArrayList<>();
    node.accept(
        new RexVisitorImpl<@Nullable Void>(true) {
          @Override
          public @Nullable Void visitCall(RexCall call) {
            CalledFunction function = called(call);
            if (function != null) {
              functions.add(function);
            }
            return super.visitCall(call);
          }
        });
    return functions.stream();
  }

  /** Whether an expression calls a function with types of its own anywhere. */
  public static boolean in(RexNode node) {
    return functions(node).anyMatch(ModuleFunction.class::isInstance);
  }

  /** Whether an expression calls any function of a module anywhere. */
  public static boolean anyIn(RexNode node) {
    return functions(node).findFirst().isPresent();
  }
}
