package io.calcitewasm.adapter.batch;

import io.calcitewasm.adapter.function.ModuleCalls;
import io.calcitewasm.adapter.function.ModuleFunction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * Finds calls of modules' functions that can be evaluated next: their operands call no such
 * function, and neither do the conditions under which SQL evaluates them. CASE evaluates a branch
 * where its condition is true and none before it; AND goes on where nothing was false, OR where
 * nothing was true. Functions whose calls have to be made in SQL's order are never ready.
 */
final class ReadyCalls {
  /** Guards of more calls than this are not worth their while. */
  private static final int LARGEST_GUARD = 100;

  private final RexBuilder rex;

  /** The conditions of each place where a call stands; an empty list if it is made for all rows. */
  private final Map<RexCall, List<List<RexNode>>> found = new LinkedHashMap<>();

  /** Calls that stand at a place too whose conditions are not known yet. */
  private final Set<RexCall> waiting = new HashSet<>();

  private final Predicate<ModuleFunction> batched;

  /**
   * A search that has found nothing yet.
   *
   * @param batched whose calls may be made in batches
   */
  ReadyCalls(RexBuilder rex, Predicate<ModuleFunction> batched) {
    this.rex = rex;
    this.batched = batched;
  }

  /** Searches an expression that is evaluated for rows that fulfil a condition. */
  void add(RexNode expression, RexNode condition) {
    visit(expression, condition.isAlwaysTrue() ? List.of() : List.of(condition));
  }

  /** The calls that can be evaluated next. */
  List<GuardedCall> calls() {
    List<GuardedCall> calls = new ArrayList<>();
    found.forEach(
        (call, places) -> {
          if (places.stream().anyMatch(List::isEmpty)) {
            calls.add(new GuardedCall(call, null));
          } else if (!waiting.contains(call)) {
            calls.add(new GuardedCall(call, any(places)));
          }
        });
    return calls;
  }

  private RexNode any(List<List<RexNode>> places) {
    return RexUtil.composeDisjunction(
        rex, places.stream().map(guard -> RexUtil.composeConjunction(rex, guard)).toList());
  }

  private void visit(RexNode node, List<RexNode> guard) {
    if (!(node instanceof RexCall call) || node instanceof RexOver || !ModuleCalls.in(node)) {
      return;
    }
    ModuleFunction function = ModuleCalls.function(call);
    if (function != null && call.getOperands().stream().noneMatch(ModuleCalls::in)) {
      if (batched.test(function) && guard.stream().noneMatch(ModuleCalls::in) && isSmall(guard)) {
        found.computeIfAbsent(call, c -> new ArrayList<>()).add(guard);
      } else {
        waiting.add(call);
      }
      return;
    }
    switch (call.getKind()) {
      case CASE -> visitCase(call.getOperands(), guard);
      case AND -> visitEach(call.getOperands(), guard, false);
      case OR -> visitEach(call.getOperands(), guard, true);
      default -> call.getOperands().forEach(operand -> visit(operand, guard));
    }
  }

  private static boolean isSmall(List<RexNode> guard) {
    return guard.stream().mapToInt(RexNode::nodeCount).sum() <= LARGEST_GUARD;
  }

  private void visitCase(List<RexNode> operands, List<RexNode> guard) {
    List<RexNode> here = new ArrayList<>(guard);
    for (int i = 0; i + 1 < operands.size(); i += 2) {
      RexNode condition = operands.get(i);
      visit(condition, List.copyOf(here));
      List<RexNode> branch = new ArrayList<>(here);
      branch.add(rex.makeCall(SqlStdOperatorTable.IS_TRUE, condition));
      visit(operands.get(i + 1), branch);
      here.add(rex.makeCall(SqlStdOperatorTable.IS_NOT_TRUE, condition));
    }
    visit(operands.getLast(), here);
  }

  /** Operands of AND and OR: the next one counts where those before have not decided. */
  private void visitEach(List<RexNode> operands, List<RexNode> guard, boolean or) {
    List<RexNode> here = new ArrayList<>(guard);
    for (RexNode operand : operands) {
      visit(operand, List.copyOf(here));
      here.add(
          rex.makeCall(
              or ? SqlStdOperatorTable.IS_NOT_TRUE : SqlStdOperatorTable.IS_NOT_FALSE, operand));
    }
  }
}
