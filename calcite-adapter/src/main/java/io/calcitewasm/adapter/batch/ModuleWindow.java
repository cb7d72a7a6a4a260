package io.calcitewasm.adapter.batch;

import io.calcitewasm.adapter.exec.AggregateSite;
import io.calcitewasm.adapter.function.AggregateParts;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.adapter.enumerable.EnumerableRules;
import org.apache.calcite.adapter.enumerable.EnumerableWindow;
import org.apache.calcite.adapter.enumerable.JavaRowFormat;
import org.apache.calcite.adapter.enumerable.PhysType;
import org.apache.calcite.adapter.enumerable.PhysTypeImpl;
import org.apache.calcite.linq4j.tree.BlockBuilder;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.convert.ConverterRule;
import org.apache.calcite.rel.core.Window;
import org.apache.calcite.rel.logical.LogicalWindow;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Physical operator of windows with aggregates of modules. It is Calcite's own but for the values
 * of these aggregates, which it asks for together: the rows have places for them, of type ANY,
 * until the frames of all rows were told.
 */
final class ModuleWindow extends Window implements EnumerableRel {
  private ModuleWindow(
      RelTraitSet traits,
      RelNode input,
      List<RexLiteral> constants,
      RelDataType rowType,
      List<Group> groups) {
    super(input.getCluster(), traits, List.of(), input, constants, rowType, groups);
  }

  /** The window itself, or an operator that does the same if it has aggregates of modules. */
  static RelNode of(EnumerableWindow window) {
    // The rows of a single column would be no arrays, in which there are places.
    return window.getRowType().getFieldCount() > 1
            && window.groups.stream()
                .flatMap(group -> group.aggCalls.stream())
                .anyMatch(ModuleWindow::isOfModule)
        ? new ModuleWindow(
            window.getTraitSet(),
            window.getInput(),
            window.getConstants(),
            window.getRowType(),
            window.groups)
        : window;
  }

  private static boolean isOfModule(RexWinAggCall call) {
    return AggregateParts.isOfModule((SqlAggFunction) call.getOperator());
  }

  @Override
  public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
    return new ModuleWindow(traits, inputs.getFirst(), constants, getRowType(), groups);
  }

  @Override
  public Window copy(List<RexLiteral> others) {
    return new ModuleWindow(getTraitSet(), getInput(), others, getRowType(), groups);
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    return Explained.aggregates(
        super.explainTerms(writer),
        groups.stream().flatMap(group -> group.aggCalls.stream()).map(RexWinAggCall::getOperator));
  }

  @Override
  public Result implement(EnumerableRelImplementor implementor, Prefer prefer) {
    Result told = withPlaces().implement(implementor, Prefer.ARRAY);
    BlockBuilder code = new BlockBuilder();
    Expression rows = code.append("told", told.block);
    PhysType type =
        PhysTypeImpl.of(implementor.getTypeFactory(), getRowType(), JavaRowFormat.ARRAY);
    code.add(
        Expressions.call(
            AggregateSite.class,
            "settled",
            rows,
            Expressions.constant(getInput().getRowType().getFieldCount())));
    return implementor.result(type, code.toBlock());
  }

  /** Calcite's operator, with aggregates of modules that answer anything. */
  private EnumerableRel withPlaces() {
    RelDataTypeFactory types = getCluster().getTypeFactory();
    RelDataType any = types.createTypeWithNullability(types.createSqlType(SqlTypeName.ANY), true);
    int column = getInput().getRowType().getFieldCount();
    RelDataTypeFactory.Builder row = types.builder();
    row.addAll(getRowType().getFieldList().subList(0, column));
    List<Group> placed = groups.stream().map(group -> withPlaces(group, any)).toList();
    for (Group group : placed) {
      for (RexWinAggCall call : group.aggCalls) {
        row.add(getRowType().getFieldNames().get(column++), call.getType());
      }
    }
    // The rule takes no input that is known to be sorted in several ways.
    RelTraitSet sorted = getInput().getTraitSet();
    RelNode input =
        sorted.allSimple()
            ? getInput()
            : getInput().copy(sorted.simplify(), getInput().getInputs());
    ConverterRule rule = EnumerableRules.ENUMERABLE_WINDOW_RULE;
    return (EnumerableRel)
        Objects.requireNonNull(
            rule.convert(
                LogicalWindow.create(
                    getTraitSet().replace(Convention.NONE),
                    input,
                    constants,
                    row.build(),
                    placed)));
  }

  private Group withPlaces(Group group, RelDataType any) {
    List<RexInputRef> partition =
        group.keys.asList().stream()
            .map(column -> RexInputRef.of(column, getInput().getRowType()))
            .toList();
    List<RexWinAggCall> calls =
        group.aggCalls.stream()
            .map(call -> isOfModule(call) ? withPlace(call, partition, any) : call)
            .toList();
    return new Group(
        group.keys,
        group.isRows,
        group.lowerBound,
        group.upperBound,
        group.exclude,
        group.orderKeys,
        calls);
  }

  /** The call with the columns of its partition behind its arguments, for messages. */
  private static RexWinAggCall withPlace(
      RexWinAggCall call, List<RexInputRef> partition, RelDataType any) {
    List<RexNode> operands = new ArrayList<>(call.operands);
    operands.addAll(partition);
    return new RexWinAggCall(
        AggregateParts.later((SqlAggFunction) call.getOperator(), any, partition.size()),
        any,
        operands,
        call.ordinal,
        call.distinct,
        call.ignoreNulls);
  }
}
