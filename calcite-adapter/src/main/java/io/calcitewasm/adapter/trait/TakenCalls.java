package io.calcitewasm.adapter.trait;

import io.calcitewasm.adapter.function.CalledFunction;
import io.calcitewasm.adapter.function.ModuleCalls;
import io.calcitewasm.udf.SqlError;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;

/**
 * Takes calls that have to be counted out of what windows and sub-queries are given: in their
 * places stand columns behind those of the input. Calls beside windows and sub-queries stay.
 */
final class TakenCalls extends RexShuttle {
  private final int width;
  private final List<RexNode> taken = new ArrayList<>();

  /** Whether a window or a sub-query is given what is being visited. */
  private boolean given;

  /** Whether SQL evaluates what is being visited for some rows only. */
  private boolean conditional;

  /**
   * None yet.
   *
   * @param width of the input's rows
   */
  TakenCalls(int width) {
    this.width = width;
  }

  /** What was taken, for the columns from {@code width} on. */
  List<RexNode> taken() {
    return taken;
  }

  /** Whether an expression has calls that have to be counted, outside of its sub-queries. */
  static boolean areIn(RexNode expression) {
    return ModuleCalls.functions(expression).anyMatch(function -> function.traits().isCounted());
  }

  /** Whether an expression can be moved to another operator as it is. */
  static boolean isMovable(RexNode expression) {
    return !RexOver.containsOver(expression) && RexUtil.SubQueryFinder.find(expression) == null;
  }

  @Override
  public RexNode visitCall(RexCall call) {
    if (!areIn(call)) {
      return call;
    }
    if (isMovable(call)) {
      if (!given) {
        return call;
      }
      if (conditional) {
        throw refused(call, "before IN or a comparison with a sub-query within CASE, AND or OR");
      }
      taken.add(call);
      return new RexInputRef(width + taken.size() - 1, call.getType());
    }
    return switch (call.getKind()) {
      case CASE, COALESCE, AND, OR -> choice(call);
      default -> super.visitCall(call);
    };
  }

  /** The first operand is always evaluated. */
  private RexNode choice(RexCall call) {
    boolean before = conditional;
    List<RexNode> operands = new ArrayList<>();
    for (RexNode operand : call.getOperands()) {
      operands.add(operand.accept(this));
      conditional = true;
    }
    conditional = before;
    return call.clone(call.getType(), operands);
  }

  /** What a window function is given it is given for all rows. */
  @Override
  public RexNode visitOver(RexOver over) {
    boolean before = conditional;
    conditional = false;
    given = true;
    RexNode visited = super.visitOver(over);
    given = false;
    conditional = before;
    return visited;
  }

  @Override
  public RexNode visitSubQuery(RexSubQuery subQuery) {
    given = true;
    RexNode visited = super.visitSubQuery(subQuery);
    given = false;
    return visited;
  }

  /**
   * What is told of an expression whose calls cannot be counted.
   *
   * @param where it stands, as the end of half a sentence
   */
  static SqlError refused(RexNode expression, String where) {
    CalledFunction function =
        ModuleCalls.functions(expression)
            .filter(each -> each.traits().isCounted())
            .findFirst()
            .orElseThrow();
    return new SqlError(
        "0A000",
        "function "
            + function.function().shortName()
            + " (line "
            + function.place().replace(":", ", column ")
            + ") has side effects or keeps a state, and stands "
            + where
            + ", where it is not known how often it would be called: call it in a sub-query of"
            + " FROM");
  }
}
