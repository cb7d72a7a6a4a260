package io.calcitewasm.adapter.trait;

import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;

/**
 * Rewrites the expressions and operators of a plan, and those of the plans of its sub-queries.
 * Inputs come before what reads them, expressions before their operator.
 */
public class WholePlanShuttle extends RexShuttle {
  /** For what rewrites expressions or operators. */
  protected WholePlanShuttle() {}

  /** The plan, rewritten; itself if nothing changed. */
  public final RelNode rewrite(RelNode plan) {
    return plan.accept(
        new RelHomogeneousShuttle() {
          @Override
          public RelNode visit(RelNode other) {
            return operator(super.visit(other).accept(WholePlanShuttle.this));
          }
        });
  }

  /**
   * Rewrites an operator.
   *
   * @param node one whose inputs and expressions are rewritten
   */
  protected RelNode operator(RelNode node) {
    return node;
  }

  @Override
  public RexNode visitSubQuery(RexSubQuery subQuery) {
    RexSubQuery visited = (RexSubQuery) super.visitSubQuery(subQuery);
    RelNode rel = rewrite(visited.rel);
    return rel == visited.rel ? visited : visited.clone(rel);
  }
}
