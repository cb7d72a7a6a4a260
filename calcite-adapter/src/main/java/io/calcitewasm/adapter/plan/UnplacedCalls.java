package io.calcitewasm.adapter.plan;

import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * Takes the positions off the calls of a plan whose text is not the one that the user sees: a
 * view's, or one that was written from a parse tree.
 */
final class UnplacedCalls extends RexShuttle {
  private final RexBuilder rex;

  private UnplacedCalls(RexBuilder rex) {
    this.rex = rex;
  }

  /** The plan, sub-queries included. */
  static RelNode in(RelNode plan) {
    RexShuttle calls = new UnplacedCalls(plan.getCluster().getRexBuilder());
    return plan.accept(
        new RelHomogeneousShuttle() {
          @Override
          public RelNode visit(RelNode other) {
            return super.visit(other).accept(calls);
          }
        });
  }

  @Override
  public RexNode visitSubQuery(RexSubQuery subQuery) {
    RexSubQuery visited = (RexSubQuery) super.visitSubQuery(subQuery);
    RelNode rel = in(visited.rel);
    return rel == visited.rel ? visited : visited.clone(rel);
  }

  @Override
  public RexNode visitCall(RexCall call) {
    RexCall visited = (RexCall) super.visitCall(call);
    return visited.getKind() == SqlKind.OTHER_FUNCTION
            && !visited.getParserPosition().equals(SqlParserPos.ZERO)
        ? rex.makeCall(visited.getType(), visited.getOperator(), visited.getOperands())
        : visited;
  }
}
