package io.calcitewasm.adapter.trait;

import io.calcitewasm.adapter.function.ModuleCalls;
import io.calcitewasm.adapter.function.ModuleFunction;
import io.calcitewasm.udf.signature.SqlFunction;
import java.util.List;
import org.apache.calcite.adapter.enumerable.EnumerableCalc;
import org.apache.calcite.adapter.enumerable.EnumerableLimit;
import org.apache.calcite.adapter.enumerable.EnumerableLimitSort;
import org.apache.calcite.adapter.enumerable.EnumerableSort;
import org.apache.calcite.adapter.jdbc.JdbcRules;
import org.apache.calcite.adapter.jdbc.JdbcToEnumerableConverter;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.jspecify.annotations.Nullable;

/**
 * Goes over a finished enumerable plan and takes out sorts by {@code f(x, constants)} of rows that
 * come sorted by {@code x}, if {@code f} is monotonic.
 *
 * <p>Not by {@link org.apache.calcite.sql.SqlOperator#getMonotonicity}: Calcite 1.42 takes any
 * column of a sort for sorted by itself, not the first one alone, and does not ask where NULLs are.
 */
public final class MonotonicOrder {
  private MonotonicOrder() {}

  /** A plan without such sorts. */
  public static RelNode in(RelNode node) {
    List<RelNode> inputs = node.getInputs().stream().map(MonotonicOrder::in).toList();
    RelNode own = inputs.equals(node.getInputs()) ? node : node.copy(node.getTraitSet(), inputs);
    if (!(own instanceof EnumerableSort || own instanceof EnumerableLimitSort)) {
      return own;
    }
    Sort sort = (Sort) own;
    RelNode input = sort.getInput();
    if (!isSorted(input, sort.getCollation().getFieldCollations())) {
      return own;
    }
    return sort.fetch == null && sort.offset == null
        ? input
        : EnumerableLimit.create(input, sort.offset, sort.fetch);
  }

  /** Whether rows come in an order, by what is known of the one column that it begins with. */
  private static boolean isSorted(RelNode node, List<RelFieldCollation> wanted) {
    return switch (node) {
      case EnumerableCalc calc -> {
        RelFieldCollation moved = wanted.size() == 1 ? below(calc, wanted.getFirst()) : null;
        yield moved != null && isSorted(calc.getInput(), List.of(moved));
      }
      case EnumerableLimit limit -> isSorted(limit.getInput(), wanted);
      case EnumerableSort sort -> begins(sort, wanted);
      case EnumerableLimitSort sort -> begins(sort, wanted);
      case JdbcToEnumerableConverter converter ->
          converter.getInput() instanceof JdbcRules.JdbcSort sort && begins(sort, wanted);
      default -> false;
    };
  }

  private static boolean begins(Sort sort, List<RelFieldCollation> wanted) {
    List<RelFieldCollation> keys = sort.getCollation().getFieldCollations();
    return keys.size() >= wanted.size() && keys.subList(0, wanted.size()).equals(wanted);
  }

  /** The order of the input that gives rows this one; null if there is none. */
  private static @Nullable RelFieldCollation below(EnumerableCalc calc, RelFieldCollation wanted) {
    RexNode expression =
        calc.getProgram()
            .expandLocalRef(calc.getProgram().getProjectList().get(wanted.getFieldIndex()));
    return below(expression, wanted);
  }

  private static @Nullable RelFieldCollation below(RexNode expression, RelFieldCollation wanted) {
    if (expression instanceof RexInputRef column) {
      return wanted.withFieldIndex(column.getIndex());
    }
    ModuleFunction function = ModuleCalls.function(expression);
    if (function == null || !keepsNulls(function.function(), (RexCall) expression)) {
      return null;
    }
    return switch (function.traits().function().monotonicity()) {
      case NONE -> null;
      case INCREASING -> below(((RexCall) expression).getOperands().getFirst(), wanted);
      case DECREASING -> {
        RelFieldCollation reversed = reversed(wanted);
        yield reversed == null
            ? null
            : below(((RexCall) expression).getOperands().getFirst(), reversed);
      }
    };
  }

  /** The other direction, NULLs where they are. */
  private static @Nullable RelFieldCollation reversed(RelFieldCollation order) {
    return switch (order.getDirection()) {
      case ASCENDING ->
          new RelFieldCollation(
              order.getFieldIndex(), RelFieldCollation.Direction.DESCENDING, order.nullDirection);
      case DESCENDING ->
          new RelFieldCollation(
              order.getFieldIndex(), RelFieldCollation.Direction.ASCENDING, order.nullDirection);
      default -> null;
    };
  }

  /** NULL for NULL and for nothing else; other arguments are the same in all rows. */
  private static boolean keepsNulls(SqlFunction function, RexCall call) {
    RelDataType argument = call.getOperands().getFirst().getType();
    return !function.resultNullable()
        && (!argument.isNullable() || !function.parameters().getFirst().nullable())
        && call.getOperands().stream()
            .skip(1)
            .allMatch(other -> RexUtil.isConstant(other) && !other.getType().isNullable());
  }
}
