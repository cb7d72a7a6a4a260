package io.calcitewasm.adapter.plan;

import io.calcitewasm.adapter.function.AggregatedFunction;
import io.calcitewasm.adapter.function.CallRights;
import io.calcitewasm.adapter.function.CalledFunction;
import io.calcitewasm.adapter.function.ModuleTableFunction;
import io.calcitewasm.adapter.trait.PlanStep;
import io.calcitewasm.udf.signature.SqlFunction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Calc;
import org.apache.calcite.rel.core.Window;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.schema.Function;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.validate.SqlUserDefinedAggFunction;
import org.apache.calcite.sql.validate.SqlUserDefinedFunction;
import org.jspecify.annotations.Nullable;

/**
 * The rights of one statement while it is prepared: those of who runs it, and within a view those
 * of who made the view. On the finished plan it asks for whatever has come in without having been
 * asked for.
 */
final class CheckedRights implements CallRights, PlanStep {
  private final Deque<CallRights> scopes = new ArrayDeque<>();
  private final Set<String> checked = new HashSet<>();
  private final Set<String> calls = new LinkedHashSet<>();
  private final Set<String> capabilities = new LinkedHashSet<>();

  CheckedRights(CallRights invoker) {
    scopes.push(invoker);
  }

  /** Begins to read a view's query. */
  void enter(String view) {
    scopes.push(scopes.element().ofView(view));
  }

  /** Ends what {@link #enter} began. */
  void leave() {
    scopes.pop();
  }

  @Override
  public String check(String module, String function) {
    String reason = scopes.element().check(module, function);
    checked.add(key(module, function));
    calls.add("calls " + module + "." + function + ": " + reason);
    capabilities.addAll(capabilities(module));
    return reason;
  }

  @Override
  public List<String> capabilities(String module) {
    return scopes.element().capabilities(module);
  }

  /** What the statement needs and who has granted it, a line each. */
  List<String> explanation() {
    List<String> lines = new ArrayList<>(calls);
    lines.addAll(capabilities);
    return lines;
  }

  @Override
  public CallRights ofView(String view) {
    return scopes.element().ofView(view);
  }

  private static String key(String module, String function) {
    return module.toLowerCase(Locale.ROOT) + " " + function.toLowerCase(Locale.ROOT);
  }

  /**
   * Looks at the finished plan.
   *
   * @throws io.calcitewasm.udf.SqlError 42501 for a call that was not checked when the statement
   *     was validated and that who runs it may not make
   */
  @Override
  public RelNode apply(RelNode plan) {
    look(plan);
    return plan;
  }

  private void look(RelNode node) {
    RexShuttle finder =
        new RexShuttle() {
          @Override
          public RexNode visitCall(RexCall call) {
            checkUnasked(call.getOperator());
            return super.visitCall(call);
          }

          @Override
          public RexNode visitOver(RexOver over) {
            checkUnasked(over.getAggOperator());
            return super.visitOver(over);
          }
        };
    if (node instanceof Calc calc) {
      calc.getProgram().getExprList().forEach(expression -> expression.accept(finder));
    } else {
      node.accept(finder);
    }
    if (node instanceof Aggregate aggregate) {
      aggregate.getAggCallList().forEach(call -> checkUnasked(call.getAggregation()));
    }
    if (node instanceof Window window) {
      window.groups.forEach(
          group -> group.aggCalls.forEach(call -> checkUnasked(call.getOperator())));
    }
    node.getInputs().forEach(this::look);
  }

  /** The module's function that an operator stands for; null for one of SQL's own. */
  private static @Nullable SqlFunction function(SqlOperator operator) {
    Function function =
        switch (operator) {
          case SqlUserDefinedFunction scalar -> scalar.getFunction();
          case SqlUserDefinedAggFunction aggregate -> aggregate.function;
          default -> null;
        };
    return switch (function) {
      case CalledFunction scalar -> scalar.function();
      case ModuleTableFunction table -> table.function();
      case AggregatedFunction aggregate -> aggregate.function();
      case null, default -> null;
    };
  }

  /** What has come into the plan unasked needs the rights of who runs the statement. */
  private void checkUnasked(SqlOperator operator) {
    SqlFunction function = function(operator);
    if (function != null && !checked.contains(key(function.module(), function.name()))) {
      check(function.module(), function.name());
    }
  }
}
