package io.calcitewasm.adapter.plan;

import io.calcitewasm.adapter.trait.WholePlanShuttle;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Uncollect;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Before planning: gives UNNEST empty collections in the place of those that are NULL. Calcite's
 * operator fails for them if it numbers elements or unnests more than one collection.
 */
final class UnnestedNulls {
  private UnnestedNulls() {}

  /** A plan whose UNNESTs get no NULL. */
  static RelNode in(RelNode plan) {
    return new WholePlanShuttle() {
      @Override
      protected RelNode operator(RelNode node) {
        return node instanceof Uncollect unnest ? withoutNulls(unnest) : node;
      }
    }.rewrite(plan);
  }

  private static RelNode withoutNulls(Uncollect unnest) {
    RelNode collections = unnest.getInput();
    List<RelDataTypeField> fields = collections.getRowType().getFieldList();
    if (fields.stream().noneMatch(field -> field.getType().isNullable())
        || (fields.size() == 1 && !unnest.withOrdinality)) {
      return unnest;
    }
    RexBuilder rex = unnest.getCluster().getRexBuilder();
    // Not a filter: below it, Calcite loses the columns of the rows that the collections are of.
    List<RexNode> present =
        fields.stream()
            .map(field -> present(rex, rex.makeInputRef(collections, field.getIndex())))
            .toList();
    return unnest.copy(
        unnest.getTraitSet(),
        List.of(
            LogicalProject.create(
                collections,
                List.of(),
                present,
                collections.getRowType().getFieldNames(),
                Set.of())));
  }

  /** A collection, an empty one for NULL. */
  private static RexNode present(RexBuilder rex, RexNode collection) {
    RelDataType type = collection.getType();
    if (!type.isNullable()) {
      return collection;
    }
    RelDataType whole = rex.getTypeFactory().createTypeWithNullability(type, false);
    // A multiset is a list, too, and has no constructor of none.
    SqlOperator constructor =
        type.getSqlTypeName() == SqlTypeName.MAP
            ? SqlStdOperatorTable.MAP_VALUE_CONSTRUCTOR
            : SqlStdOperatorTable.ARRAY_VALUE_CONSTRUCTOR;
    return rex.makeCall(
        whole,
        SqlStdOperatorTable.CASE,
        List.of(
            rex.makeCall(SqlStdOperatorTable.IS_NULL, collection),
            rex.makeCall(whole, constructor, List.of()),
            rex.makeNotNull(collection)));
  }
}
