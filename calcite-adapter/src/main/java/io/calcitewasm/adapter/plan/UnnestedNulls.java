package io.calcitewasm.adapter.plan;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptLattice;
import org.apache.calcite.plan.RelOptMaterialization;
import org.apache.calcite.plan.RelOptPlanner;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Uncollect;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.Program;

/**
 * Before planning: keeps collections that are NULL away from UNNEST, where they have no elements.
 * Calcite's operator fails for them if it numbers elements or unnests more than one collection.
 */
final class UnnestedNulls implements Program {
  @Override
  public RelNode run(
      RelOptPlanner planner,
      RelNode rel,
      RelTraitSet requiredOutputTraits,
      List<RelOptMaterialization> materializations,
      List<RelOptLattice> lattices) {
    return in(rel);
  }

  private static RelNode in(RelNode plan) {
    return plan.accept(
        new RelHomogeneousShuttle() {
          private final RexShuttle subQueries =
              new RexShuttle() {
                @Override
                public RexNode visitSubQuery(RexSubQuery subQuery) {
                  RexSubQuery visited = (RexSubQuery) super.visitSubQuery(subQuery);
                  RelNode rel = in(visited.rel);
                  return rel == visited.rel ? visited : visited.clone(rel);
                }
              };

          @Override
          public RelNode visit(RelNode other) {
            RelNode node = super.visit(other).accept(subQueries);
            return node instanceof Uncollect unnest ? withoutNulls(unnest) : node;
          }
        });
  }

  private static RelNode withoutNulls(Uncollect unnest) {
    RelNode collections = unnest.getInput();
    List<RelDataTypeField> fields = collections.getRowType().getFieldList();
    RexBuilder rex = unnest.getCluster().getRexBuilder();
    List<RexNode> present = new ArrayList<>();
    for (RelDataTypeField field : fields) {
      if (field.getType().isNullable()) {
        present.add(
            rex.makeCall(
                SqlStdOperatorTable.IS_NOT_NULL, rex.makeInputRef(collections, field.getIndex())));
      }
    }
    return present.isEmpty() || (fields.size() == 1 && !unnest.withOrdinality)
        ? unnest
        : unnest.copy(
            unnest.getTraitSet(),
            List.of(LogicalFilter.create(collections, RexUtil.composeConjunction(rex, present))));
  }
}
