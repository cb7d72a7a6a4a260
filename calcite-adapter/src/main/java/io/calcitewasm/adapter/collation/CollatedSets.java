package io.calcitewasm.adapter.collation;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalUnion;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.rex.RexWindowBounds;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * UNION, INTERSECT and EXCEPT of rows with collated texts, as one aggregate over all rows: rows are
 * the same if their keys are. A row answers the least of its texts in the order of characters, of
 * INTERSECT and EXCEPT those of the first query. With ALL rows of the first query stay as they are,
 * and of those that are the same INTERSECT answers the first and EXCEPT the last in the order of
 * characters, whatever the order of the rows.
 */
final class CollatedSets {
  private final CollatingRexBuilder rex;
  private final SetOp sets;

  CollatedSets(CollatingRexBuilder rex, SetOp sets) {
    this.rex = rex;
    this.sets = sets;
  }

  RelNode rewritten() {
    if (sets.kind == SqlKind.UNION) {
      return sets.all ? sets : union();
    }
    return sets.all ? numbered() : counted();
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
    List<Integer> groups = addKeys(columns);
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
      calls.add(call(SqlStdOperatorTable.COUNT, List.of(), width + query, bigint()));
    }
    RelNode grouped =
        LogicalAggregate.create(
            CollatedPlan.project(all, columns), List.of(), groupSet, null, calls);
    return answers(grouped, groups, groupSet);
  }

  /** Adds the keys of texts behind the columns; returns which columns tell rows apart. */
  private List<Integer> addKeys(List<RexNode> columns) {
    List<Integer> telling = new ArrayList<>();
    for (int i = 0; i < sets.getRowType().getFieldCount(); i++) {
      RexNode column = columns.get(i);
      if (CollationKeys.matter(column)) {
        telling.add(columns.size());
        columns.add(rex.keys().key(column, "rows cannot be told apart by it (" + sets.kind + ")"));
      } else {
        telling.add(i);
      }
    }
    return telling;
  }

  /** Numbers the rows of the first query that are the same, and counts those of the others. */
  private RelNode numbered() {
    int width = sets.getRowType().getFieldCount();
    int queries = sets.getInputs().size();
    RelNode all = LogicalUnion.create(markedInputs(), true);
    List<RexNode> columns = new ArrayList<>(rex.identityProjects(all.getRowType()));
    List<Integer> telling = addKeys(columns);
    RelNode keyed = CollatedPlan.project(all, columns);
    List<RexNode> rows = new ArrayList<>(rex.identityProjects(keyed.getRowType()));
    List<RexNode> same = new ArrayList<>(telling.stream().map(rows::get).toList());
    ImmutableList.Builder<RexFieldCollation> order = ImmutableList.builder();
    for (int i = 0; i < width; i++) {
      if (telling.get(i) != i) {
        order.add(new RexFieldCollation(rows.get(i), Set.of()));
      }
    }
    List<RexNode> counts = new ArrayList<>();
    for (int query = 1; query < queries; query++) {
      RexNode marked = rows.get(width + query);
      RexNode one =
          rex.makeCall(
              SqlStdOperatorTable.CASE,
              marked,
              rex.makeLiteral(1, bigint()),
              rex.makeNullLiteral(bigint()));
      counts.add(over(SqlStdOperatorTable.COUNT, List.of(one), same, ImmutableList.of()));
    }
    List<RexNode> partition = new ArrayList<>(same);
    partition.add(rows.get(width));
    int number = rows.size();
    rows.add(over(SqlStdOperatorTable.ROW_NUMBER, List.of(), partition, order.build()));
    rows.addAll(counts);
    RelNode told = CollatedPlan.project(keyed, rows);
    List<RexNode> columnsTold = new ArrayList<>(rex.identityProjects(told.getRowType()));
    List<RexNode> conditions = new ArrayList<>(List.of(columnsTold.get(width)));
    List<RexNode> others = columnsTold.subList(number + 1, columnsTold.size());
    if (sets.kind == SqlKind.INTERSECT) {
      for (RexNode count : others) {
        conditions.add(
            rex.makeCall(SqlStdOperatorTable.LESS_THAN_OR_EQUAL, columnsTold.get(number), count));
      }
    } else {
      RexNode sum =
          others.stream()
              .reduce((a, b) -> rex.makeCall(SqlStdOperatorTable.PLUS, a, b))
              .orElseThrow();
      conditions.add(rex.makeCall(SqlStdOperatorTable.GREATER_THAN, columnsTold.get(number), sum));
    }
    RelNode chosen = LogicalFilter.create(told, RexUtil.composeConjunction(rex, conditions));
    return CollatedPlan.restored(rex, chosen, sets.getRowType());
  }

  private RelDataType bigint() {
    return rex.getTypeFactory().createSqlType(SqlTypeName.BIGINT);
  }

  /** A function of all rows of a partition that come before, or of all if there is no order. */
  private RexNode over(
      SqlAggFunction function,
      List<RexNode> arguments,
      List<RexNode> partition,
      ImmutableList<RexFieldCollation> order) {
    boolean numbering = arguments.isEmpty();
    return rex.makeOver(
        bigint(),
        function,
        arguments,
        partition,
        order,
        RexWindowBounds.UNBOUNDED_PRECEDING,
        numbering ? RexWindowBounds.CURRENT_ROW : RexWindowBounds.UNBOUNDED_FOLLOWING,
        numbering,
        true,
        false,
        false,
        false);
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
