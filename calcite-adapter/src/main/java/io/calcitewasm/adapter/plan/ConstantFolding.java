package io.calcitewasm.adapter.plan;

import io.calcitewasm.adapter.function.ModuleCalls;
import io.calcitewasm.udf.SqlError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.calcite.DataContext;
import org.apache.calcite.plan.RelOptPlanner;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexExecutor;
import org.apache.calcite.rex.RexExecutorImpl;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.runtime.CalciteException;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.Util;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates constant expressions while a statement is prepared, once each. Calls of modules'
 * functions are made then too, if the planner may take them for constant: the function is
 * deterministic, and validation has passed. What fails is left as it is, to fail where and if SQL
 * evaluates it.
 */
final class ConstantFolding implements RexExecutor {
  private final RexExecutor plain;
  private final Supplier<DataContext> context;
  private final Map<RexNode, RexNode> folded = new HashMap<>();

  /**
   * Folding for one statement.
   *
   * @param plain evaluates expressions that call no module
   * @param context where modules can be called; asked for when it is needed
   */
  private ConstantFolding(RexExecutor plain, Supplier<DataContext> context) {
    this.plain = plain;
    this.context = context;
  }

  /**
   * Sets this to work for a planner, and folds what the planner's own rules pass over.
   *
   * @return the expressions with constant calls replaced by their results
   */
  static RelNode begin(RelOptPlanner planner, RelNode rel, Supplier<DataContext> context) {
    RexExecutor plain = planner.getExecutor();
    ConstantFolding folding =
        new ConstantFolding(plain == null ? RexUtil.EXECUTOR : plain, context);
    planner.setExecutor(folding);
    RexBuilder rex = rel.getCluster().getRexBuilder();
    RexShuttle everyCall =
        new RexShuttle() {
          @Override
          public RexNode visitCall(RexCall call) {
            RexNode visited = super.visitCall(call);
            return ModuleCalls.called(visited) != null
                    && RexUtil.isConstant(visited)
                    && RexUtil.isDeterministic(visited)
                    && !hasParameter(visited)
                ? folding.ofSameType(rex, visited)
                : visited;
          }
        };
    return rel.accept(
        new RelHomogeneousShuttle() {
          @Override
          public RelNode visit(RelNode other) {
            return super.visit(other).accept(everyCall);
          }
        });
  }

  /** What {@code ?} stands for is not known yet, though Calcite calls it constant. */
  private static boolean hasParameter(RexNode node) {
    try {
      node.accept(
          new RexVisitorImpl<@Nullable Void>(true) {
            @Override
            public @Nullable Void visitDynamicParam(RexDynamicParam parameter) {
              throw Util.FoundOne.NULL;
            }
          });
      return false;
    } catch (Util.FoundOne found) {
      return true;
    }
  }

  private RexNode ofSameType(RexBuilder rex, RexNode constant) {
    RexNode value = folded.computeIfAbsent(constant, c -> fold(rex, c));
    return value.getType().equals(constant.getType())
        ? value
        : rex.makeAbstractCast(constant.getType(), value, false);
  }

  @Override
  public void reduce(RexBuilder rex, List<RexNode> constants, List<RexNode> reduced) {
    if (constants.stream().noneMatch(ModuleCalls::anyIn)) {
      plain.reduce(rex, constants, reduced);
      return;
    }
    for (RexNode constant : constants) {
      reduced.add(
          ModuleCalls.anyIn(constant)
              ? folded.computeIfAbsent(constant, c -> fold(rex, c))
              : alone(plain, rex, constant));
    }
  }

  private RexNode fold(RexBuilder rex, RexNode constant) {
    if (hasParameter(constant) || !isScalar(constant.getType().getSqlTypeName())) {
      return constant;
    }
    try {
      return alone(new RexExecutorImpl(context.get()), rex, constant);
    } catch (SqlError | CalciteException e) {
      return constant;
    }
  }

  /**
   * Whether a literal stands for a value as it is. One of DECIMAL would have all digits that its
   * type has behind the point, one of CHAR only half of a character beyond U+FFFF.
   */
  private static boolean isScalar(SqlTypeName type) {
    return SqlTypeName.BOOLEAN_TYPES.contains(type)
        || (SqlTypeName.NUMERIC_TYPES.contains(type) && type != SqlTypeName.DECIMAL)
        || type == SqlTypeName.VARCHAR
        || type == SqlTypeName.DATE;
  }

  private static RexNode alone(RexExecutor executor, RexBuilder rex, RexNode constant) {
    List<RexNode> reduced = new ArrayList<>();
    executor.reduce(rex, List.of(constant), reduced);
    return reduced.getFirst();
  }
}
