package io.calcitewasm.adapter.collation;

import com.google.common.collect.ImmutableList;
import io.calcitewasm.adapter.function.CollatedType;
import io.calcitewasm.udf.SqlError;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelShuttle;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexWindow;
import org.apache.calcite.sql.SqlKind;

/** Windows and sub-queries over texts with collations, within the expressions of a plan. */
final class CollatedExpressions extends RexShuttle {
  private final CollatingRexBuilder rex;
  private final CollationKeys keys;
  private final RelShuttle plan;

  CollatedExpressions(CollatingRexBuilder rex, RelShuttle plan) {
    this.rex = rex;
    this.keys = rex.keys();
    this.plan = plan;
  }

  @Override
  public RexNode visitSubQuery(RexSubQuery query) {
    RexSubQuery own = (RexSubQuery) super.visitSubQuery(query);
    own = own.clone(own.rel.accept(plan));
    return own.getKind() == SqlKind.IN || own.getKind() == SqlKind.SOME ? byKeys(own) : own;
  }

  /** Compares keys with the keys of what the query answers. */
  private RexNode byKeys(RexSubQuery query) {
    List<RexNode> operands = new ArrayList<>(query.operands);
    List<RexNode> columns = new ArrayList<>(rex.identityProjects(query.rel.getRowType()));
    boolean found = false;
    for (int i = 0; i < operands.size(); i++) {
      RelDataType deciding =
          CollatedType.deciding(operands.get(i).getType(), columns.get(i).getType()).orElse(null);
      if (deciding != null) {
        String needed = "cannot be looked for among the rows of a query (IN, SOME, ANY, ALL)";
        operands.set(i, keys.key(keys.collation(deciding), operands.get(i), needed));
        columns.set(i, keys.key(keys.collation(deciding), columns.get(i), needed));
        found = true;
      }
    }
    return found
        ? query.clone(query.type, operands).clone(CollatedPlan.project(query.rel, columns))
        : query;
  }

  @Override
  public RexNode visitOver(RexOver over) {
    RexOver own = (RexOver) super.visitOver(over);
    RexWindow window = own.getWindow();
    List<RexNode> partitions =
        window.partitionKeys.stream()
            .map(
                k ->
                    CollationKeys.matter(k)
                        ? keys.key(k, "rows cannot be divided by it (PARTITION BY)")
                        : k)
            .toList();
    List<RexFieldCollation> orders =
        window.orderKeys.stream()
            .map(
                k ->
                    CollationKeys.matter(k.left)
                        ? new RexFieldCollation(keys.ordered(k.left), k.right)
                        : k)
            .toList();
    List<RexNode> operands = new ArrayList<>(own.getOperands());
    boolean extreme =
        (own.getAggOperator().getKind() == SqlKind.MIN
                || own.getAggOperator().getKind() == SqlKind.MAX)
            && CollationKeys.matter(operands.getFirst());
    if (own.isDistinct() && !extreme && operands.stream().anyMatch(CollationKeys::matter)) {
      throw new SqlError(
          "0A000", own.getAggOperator() + "(DISTINCT …) OVER does not work with a collation");
    }
    if (!extreme && partitions.equals(window.partitionKeys) && orders.equals(window.orderKeys)) {
      return own;
    }
    RelDataType type = own.getType();
    if (extreme) {
      operands.set(0, keys.strictlyOrdered(operands.getFirst()));
      type =
          rex.getTypeFactory()
              .createTypeWithNullability(operands.getFirst().getType(), type.isNullable());
    }
    RexNode call =
        rex.makeOver(
            type,
            own.getAggOperator(),
            operands,
            partitions,
            ImmutableList.copyOf(orders),
            window.getLowerBound(),
            window.getUpperBound(),
            window.getExclude(),
            window.isRows(),
            true,
            false,
            own.isDistinct(),
            own.ignoreNulls());
    return extreme ? keys.textOf(call, own.getType()) : call;
  }
}
