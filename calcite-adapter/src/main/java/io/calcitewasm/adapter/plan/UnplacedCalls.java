package io.calcitewasm.adapter.plan;

import io.calcitewasm.adapter.trait.WholePlanShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * Takes the positions off the calls of a plan whose text is not the one that the user sees: a
 * view's, or one that was written from a parse tree.
 */
final class UnplacedCalls extends WholePlanShuttle {
  private final RexBuilder rex;

  private UnplacedCalls(RexBuilder rex) {
    this.rex = rex;
  }

  /** The plan, sub-queries included. */
  static RelNode in(RelNode plan) {
    return new UnplacedCalls(plan.getCluster().getRexBuilder()).rewrite(plan);
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
