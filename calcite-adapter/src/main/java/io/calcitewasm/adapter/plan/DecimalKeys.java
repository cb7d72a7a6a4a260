package io.calcitewasm.adapter.plan;

import com.google.common.collect.ImmutableList;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.adapter.enumerable.EnumerableAggregateBase;
import org.apache.calcite.adapter.enumerable.EnumerableCalc;
import org.apache.calcite.adapter.enumerable.EnumerableHashJoin;
import org.apache.calcite.adapter.enumerable.EnumerableIntersect;
import org.apache.calcite.adapter.enumerable.EnumerableMinus;
import org.apache.calcite.adapter.enumerable.EnumerableUnion;
import org.apache.calcite.adapter.enumerable.EnumerableWindow;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Window;
import org.apache.calcite.rel.metadata.RelColumnOrigin;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexProgram;
import org.apache.calcite.schema.impl.ScalarFunctionImpl;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlUserDefinedFunction;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/**
 * Makes equal decimals equal as hash keys. Functions of modules return decimals with whatever scale
 * the guest chose, and Calcite's grouping, set operations, hash joins and partitions compare keys
 * with {@code equals}, for which 1.0 and 1.00 differ. This goes over the finished plan and takes
 * trailing zeros from computed DECIMAL columns below such operators; columns of tables have one
 * scale and stay as they are.
 */
public final class DecimalKeys {
  private static final SqlOperator CANONICAL = canonicalOperator();

  private DecimalKeys() {}

  private static SqlOperator canonicalOperator() {
    return new SqlUserDefinedFunction(
        new SqlIdentifier("CANONICAL_DECIMAL", SqlParserPos.ZERO),
        SqlKind.OTHER_FUNCTION,
        ReturnTypes.ARG0,
        null,
        null,
        ScalarFunctionImpl.create(DecimalKeys.class, "canonical"));
  }

  /** The decimal without trailing zeros in its fraction; null for null. */
  public static @Nullable BigDecimal canonical(@Nullable BigDecimal value) {
    if (value == null) {
      return null;
    }
    BigDecimal stripped = value.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  /** A finished plan with such keys. */
  static RelNode in(RelNode node) {
    List<RelNode> inputs = new ArrayList<>();
    boolean changed = false;
    for (int i = 0; i < node.getInputs().size(); i++) {
      RelNode input = node.getInput(i);
      RelNode rewritten = canonical(in(input), keys(node, i));
      changed |= rewritten != input;
      inputs.add(rewritten);
    }
    return changed ? node.copy(node.getTraitSet(), inputs) : node;
  }

  /** The columns of an input whose values the operator keeps in hash tables. */
  private static ImmutableBitSet keys(RelNode node, int input) {
    ImmutableBitSet all = ImmutableBitSet.range(node.getInput(input).getRowType().getFieldCount());
    return switch (node) {
      case EnumerableAggregateBase aggregate -> aggregate.getGroupSet();
      case EnumerableHashJoin join ->
          ImmutableBitSet.of(
              input == 0 ? join.analyzeCondition().leftKeys : join.analyzeCondition().rightKeys);
      case EnumerableWindow window ->
          ImmutableBitSet.union(
              window.groups.stream().map((Window.Group group) -> group.keys).toList());
      case EnumerableUnion union -> union.all ? ImmutableBitSet.of() : all;
      case EnumerableIntersect ignored -> all;
      case EnumerableMinus ignored -> all;
      default -> ImmutableBitSet.of();
    };
  }

  private static RelNode canonical(RelNode input, ImmutableBitSet keys) {
    ImmutableBitSet columns =
        ImmutableBitSet.of(keys.stream().filter(i -> varies(input, i)).toArray());
    if (columns.isEmpty()) {
      return input;
    }
    RexBuilder rex = input.getCluster().getRexBuilder();
    RelDataType rowType = input.getRowType();
    List<RexNode> projects = new ArrayList<>(rex.identityProjects(rowType));
    columns.forEachInt(
        i ->
            projects.set(
                i,
                rex.makeCall(
                    projects.get(i).getType(), CANONICAL, ImmutableList.of(projects.get(i)))));
    return EnumerableCalc.create(input, RexProgram.create(rowType, projects, null, rowType, rex));
  }

  private static boolean varies(RelNode input, int column) {
    RelDataType type = input.getRowType().getFieldList().get(column).getType();
    if (type.getSqlTypeName() != SqlTypeName.DECIMAL) {
      return false;
    }
    RelColumnOrigin origin = input.getCluster().getMetadataQuery().getColumnOrigin(input, column);
    return origin == null || origin.isDerived();
  }
}
