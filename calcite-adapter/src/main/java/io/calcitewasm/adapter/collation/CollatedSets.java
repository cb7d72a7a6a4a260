package io.calcitewasm.adapter.collation;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalUnion;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * UNION, INTERSECT and EXCEPT of rows with collated texts, as one aggregate over all rows: rows are
 * the same if their keys are. A row answers the least of its texts in the order of characters, of
 * INTERSECT and EXCEPT those of the first query.
 */
final class CollatedSets {
  private final CollatingRexBuilder rex;
  private final SetOp sets;

  CollatedSets(CollatingRexBuilder rex, SetOp sets) {
    this.rex = rex;
    this.sets = sets;
  }

  RelNode rewritten() {
    return sets.kind == SqlKind.UNION ? union() : counted();
  }

  private RelNode union() {
    RelNode all = LogicalUnion.create(inputs(), true);
    return new CollatedAggregate(
            rex,
            LogicalAggregate.create(
                all,
                List.of(),
                ImmutableBitSet.range(sets.getRowType().getFieldCount()),
                null,
                List.of()))
        .rewritten();
  }

  /** Counts, for each row, which queries have it; columns behind the rows' own say which. */
  private RelNode counted() {
    int width = sets.getRowType().getFieldCount();
    int queries = sets.getInputs().size();
    RelNode all = LogicalUnion.create(markedInputs(), true);
    List<RexNode> columns = new ArrayList<>(rex.identityProjects(all.getRowType()));
    List<AggregateCall> calls = new ArrayList<>();
    List<Integer> groups = new ArrayList<>();
    for (int i = 0; i < width; i++) {
      RexNode column = columns.get(i);
      if (CollationKeys.matter(column)) {
        groups.add(columns.size());
        columns.add(rex.keys().key(column, "rows cannot be told apart by it (" + sets.kind + ")"));
      } else {
        groups.add(i);
      }
    }
    ImmutableBitSet groupSet = ImmutableBitSet.of(groups);
    for (int i = 0; i < width; i++) {
      if (groups.get(i) != i) {
        calls.add(
            call(
                SqlStdOperatorTable.MIN,
                List.of(i),
                width,
                rex.getTypeFactory().createTypeWithNullability(columns.get(i).getType(), true)));
      }
    }
    for (int query = 0; query < queries; query++) {
      calls.add(
          call(
              SqlStdOperatorTable.COUNT,
              List.of(),
              width + query,
              rex.getTypeFactory().createSqlType(SqlTypeName.BIGINT)));
    }
    RelNode grouped =
        LogicalAggregate.create(
            CollatedPlan.project(all, columns), List.of(), groupSet, null, calls);
    return answers(grouped, groups, groupSet);
  }

  private RelNode answers(RelNode grouped, List<Integer> groups, ImmutableBitSet groupSet) {
    List<RexNode> rows = new ArrayList<>(rex.identityProjects(grouped.getRowType()));
    int firstCount = rows.size() - sets.getInputs().size();
    List<RexNode> conditions = new ArrayList<>();
    for (int query = 0; query < sets.getInputs().size(); query++) {
      conditions.add(
          rex.makeCall(
              query == 0 || sets.kind == SqlKind.INTERSECT
                  ? SqlStdOperatorTable.GREATER_THAN
                  : SqlStdOperatorTable.EQUALS,
              rows.get(firstCount + query),
              rex.makeZeroLiteral(rows.get(firstCount + query).getType())));
    }
    RelNode chosen = LogicalFilter.create(grouped, RexUtil.composeConjunction(rex, conditions));
    List<RexNode> columns = new ArrayList<>();
    int representative = groupSet.cardinality();
    for (int i = 0; i < groups.size(); i++) {
      columns.add(groups.get(i) == i ? rows.get(groupSet.indexOf(i)) : rows.get(representative++));
    }
    return CollatedPlan.typed(rex, chosen, columns, sets.getRowType());
  }

  /** The queries, their columns of the types that the set has. */
  private List<RelNode> inputs() {
    return sets.getInputs().stream()
        .map(
            input ->
                CollatedPlan.typed(
                    rex, input, rex.identityProjects(input.getRowType()), sets.getRowType()))
        .toList();
  }

  /** The same with a column for each query behind them: whether the row is of that query. */
  private List<RelNode> markedInputs() {
    List<RelNode> inputs = inputs();
    List<RelNode> marked = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      List<RexNode> columns = new ArrayList<>(rex.identityProjects(inputs.get(i).getRowType()));
      for (int query = 0; query < inputs.size(); query++) {
        columns.add(rex.makeLiteral(query == i));
      }
      marked.add(CollatedPlan.project(inputs.get(i), columns));
    }
    return marked;
  }

  private static AggregateCall call(
      SqlAggFunction function, List<Integer> arguments, int filter, RelDataType type) {
    return AggregateCall.create(
        function,
        false,
        false,
        false,
        List.of(),
        arguments,
        filter,
        null,
        RelCollations.EMPTY,
        type,
        null);
  }
}
