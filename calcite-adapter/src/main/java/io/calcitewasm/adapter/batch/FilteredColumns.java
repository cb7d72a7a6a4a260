package io.calcitewasm.adapter.batch;

import io.calcitewasm.adapter.function.ModuleCalls;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Calc;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexProgram;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * Of which rows the columns of a projection are read: an aggregate function with FILTER reads its
 * arguments only of rows that pass. Calcite makes FILTER of CASE within aggregates too.
 */
final class FilteredColumns {
  private final Aggregate aggregate;
  private final Calc calc;
  private final RexBuilder rex;

  private FilteredColumns(Aggregate aggregate, Calc calc) {
    this.aggregate = aggregate;
    this.calc = calc;
    this.rex = calc.getCluster().getRexBuilder();
  }

  /** All columns are read of all rows. */
  static List<RexNode> all(RelNode node) {
    return Collections.nCopies(
        node.getRowType().getFieldCount(), node.getCluster().getRexBuilder().makeLiteral(true));
  }

  /** A condition for each column of the projection below an aggregate. */
  static List<RexNode> of(Aggregate aggregate, Calc calc) {
    FilteredColumns columns = new FilteredColumns(aggregate, calc);
    List<RexNode> conditions = new ArrayList<>();
    for (int column = 0; column < calc.getRowType().getFieldCount(); column++) {
      conditions.add(columns.condition(column));
    }
    return conditions;
  }

  private RexNode condition(int column) {
    if (aggregate.getGroupSet().get(column)) {
      return rex.makeLiteral(true);
    }
    List<RexNode> filters = new ArrayList<>();
    for (AggregateCall call : aggregate.getAggCallList()) {
      boolean sorts =
          call.getCollation().getKeys().contains(column)
              || (call.distinctKeys != null && call.distinctKeys.get(column));
      if (call.filterArg == column
          || sorts
          || (call.getArgList().contains(column) && !call.hasFilter())) {
        return rex.makeLiteral(true);
      }
      if (call.getArgList().contains(column)) {
        RexNode filter = expression(call.filterArg);
        if (ModuleCalls.in(filter)) {
          return rex.makeLiteral(true);
        }
        filters.add(rex.makeCall(SqlStdOperatorTable.IS_TRUE, filter));
      }
    }
    return filters.isEmpty() ? rex.makeLiteral(true) : RexUtil.composeDisjunction(rex, filters);
  }

  private RexNode expression(int column) {
    RexProgram program = calc.getProgram();
    return program.expandLocalRef(program.getProjectList().get(column));
  }
}
