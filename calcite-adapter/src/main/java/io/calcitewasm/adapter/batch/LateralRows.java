package io.calcitewasm.adapter.batch;

import io.calcitewasm.adapter.function.CallTraits;
import io.calcitewasm.adapter.function.ModuleFunction;
import io.calcitewasm.adapter.function.ModuleTableFunction;
import io.calcitewasm.udf.signature.SqlFunction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.calcite.adapter.enumerable.EnumerableCalc;
import org.apache.calcite.adapter.enumerable.EnumerableCorrelate;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexProgram;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.validate.SqlUserDefinedTableFunction;
import org.jspecify.annotations.Nullable;

/**
 * Table functions whose arguments come from another table's rows: where the function answers a
 * list, it is called for batches of these rows as a function in a scalar place would be, and its
 * lists are unfolded above.
 */
final class LateralRows {
  private final EnumerableCorrelate correlate;
  private final TableFunctionScan scan;
  private final @Nullable EnumerableCalc calc;
  private final ModuleTableFunction function;
  private final RexBuilder rex;
  private final int leftFields;

  private LateralRows(
      EnumerableCorrelate correlate,
      TableFunctionScan scan,
      @Nullable EnumerableCalc calc,
      ModuleTableFunction function) {
    this.correlate = correlate;
    this.scan = scan;
    this.calc = calc;
    this.function = function;
    this.rex = correlate.getCluster().getRexBuilder();
    this.leftFields = correlate.getLeft().getRowType().getFieldCount();
  }

  /** A correlation that can be planned so; nothing if it has to stay as it is. */
  static Optional<LateralRows> of(Correlate node) {
    if (!(node instanceof EnumerableCorrelate correlate)) {
      return Optional.empty();
    }
    RelNode right = correlate.getRight();
    EnumerableCalc calc = right instanceof EnumerableCalc above ? above : null;
    boolean joins =
        correlate.getJoinType() == JoinRelType.INNER
            || (correlate.getJoinType() == JoinRelType.LEFT && calc == null);
    return joins
            && (calc == null ? right : calc.getInput()) instanceof TableFunctionScan scan
            && scan.getInputs().isEmpty()
        ? listed(scan)
            .filter(table -> table.traits().order() != CallTraits.Order.STRICT)
            .map(table -> new LateralRows(correlate, scan, calc, table))
            .filter(LateralRows::isOfLeft)
        : Optional.empty();
  }

  /** The function of a module whose list of rows is read, if that is what is read. */
  static Optional<ModuleTableFunction> listed(TableFunctionScan scan) {
    return scan.getCall() instanceof RexCall call
            && call.getOperator() instanceof SqlUserDefinedTableFunction operator
            && operator.getFunction() instanceof ModuleTableFunction table
            && table.function().kind() == SqlFunction.Kind.SCALAR
        ? Optional.of(table)
        : Optional.empty();
  }

  /** The table function. */
  ModuleTableFunction function() {
    return function;
  }

  /** Whether what is left of correlations can be computed: none to rows of a query around it. */
  private boolean isOfLeft() {
    return !RexUtil.containsCorrelation(ofLeft(scan.getCall()))
        && (calc == null
            || calc.getProgram().getExprList().stream()
                .noneMatch(expression -> RexUtil.containsCorrelation(ofLeft(expression))));
  }

  /** Reads the left row itself where an expression reads it through the correlation. */
  private RexNode ofLeft(RexNode expression) {
    return expression.accept(
        new RexShuttle() {
          @Override
          public RexNode visitFieldAccess(RexFieldAccess access) {
            return access.getReferenceExpr() instanceof RexCorrelVariable variable
                    && variable.id.equals(correlate.getCorrelationId())
                ? new RexInputRef(access.getField().getIndex(), access.getType())
                : super.visitFieldAccess(access);
          }
        });
  }

  /** The lists, unfolded, without what stands above the function's rows. */
  private RelNode rows(Predicate<ModuleFunction> batched) {
    RelNode left = correlate.getLeft();
    RexNode list = function.call(rex, ((RexCall) ofLeft(scan.getCall())).getOperands());
    List<RexNode> projects = new ArrayList<>(rex.identityProjects(left.getRowType()));
    projects.add(list);
    RelDataTypeFactory.Builder lists = correlate.getCluster().getTypeFactory().builder();
    lists.addAll(left.getRowType().getFieldList()).add("$rows", list.getType());
    RelNode calls =
        new Stages(
                left,
                List.of(),
                projects,
                Collections.nCopies(projects.size(), rex.makeLiteral(true)),
                lists.build(),
                batched)
            .build();
    return ModuleRows.create(
        correlate.getTraitSet(), calls, correlate.getJoinType() == JoinRelType.LEFT, rowType());
  }

  private RelDataType rowType() {
    return calc == null
        ? correlate.getRowType()
        : correlate
            .getCluster()
            .getTypeFactory()
            .builder()
            .addAll(correlate.getLeft().getRowType().getFieldList())
            .addAll(scan.getRowType().getFieldList())
            .build();
  }

  /** The plan; a calculation, if the function's rows go through one. */
  RelNode plan(Predicate<ModuleFunction> batched) {
    RelNode rows = rows(batched);
    if (calc == null) {
      return rows;
    }
    RexProgram program = calc.getProgram();
    List<RexNode> projects =
        new ArrayList<>(rex.identityProjects(correlate.getLeft().getRowType()));
    program
        .getProjectList()
        .forEach(project -> projects.add(aboveRows(program.expandLocalRef(project))));
    RexNode condition =
        program.getCondition() == null
            ? null
            : aboveRows(program.expandLocalRef(program.getCondition()));
    EnumerableCalc above =
        new EnumerableCalc(
            rows.getCluster(),
            rows.getTraitSet(),
            rows,
            RexProgram.create(rows.getRowType(), projects, condition, correlate.getRowType(), rex));
    return above.copy(above.getTraitSet(), List.of(ModuleRows.readBy(above, rows)));
  }

  /** The function's fields stand behind the left row's now. */
  private RexNode aboveRows(RexNode expression) {
    return ofLeft(RexUtil.shift(expression, leftFields));
  }
}
