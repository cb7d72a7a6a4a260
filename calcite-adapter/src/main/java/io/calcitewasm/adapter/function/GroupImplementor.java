package io.calcitewasm.adapter.function;

import io.calcitewasm.adapter.exec.AggregateSite;
import io.calcitewasm.adapter.exec.FunctionKey;
import io.calcitewasm.udf.aggregate.Accumulator;
import io.calcitewasm.udf.signature.SqlFunction;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.enumerable.AggAddContext;
import org.apache.calcite.adapter.enumerable.AggContext;
import org.apache.calcite.adapter.enumerable.AggImplementor;
import org.apache.calcite.adapter.enumerable.AggResetContext;
import org.apache.calcite.adapter.enumerable.AggResultContext;
import org.apache.calcite.adapter.enumerable.RexImpTable;
import org.apache.calcite.adapter.enumerable.RexToLixTranslator;
import org.apache.calcite.linq4j.tree.BlockBuilder;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.linq4j.tree.Types;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/** Code that aggregates groups of rows through an {@link AggregateSite}. */
class GroupImplementor implements AggImplementor {
  private static final Expression NO_NAME = Expressions.constant(null);

  final SqlFunction function;
  private final List<@Nullable Object> constants;

  GroupImplementor(SqlFunction function, List<@Nullable Object> constants) {
    this.function = function;
    this.constants = constants;
  }

  /** The place; a class of generated code keeps one. */
  final Expression site() {
    return Expressions.new_(
        AggregateSite.class, Expressions.constant(FunctionKey.of(function).toString()));
  }

  /** What the constructor is given if no row comes. */
  final Expression defaults() {
    List<Expression> values = new ArrayList<>();
    constants.forEach(value -> values.add(Expressions.constant(value)));
    return Expressions.newArrayInit(Object.class, values);
  }

  /** The arguments of a row, boxed. */
  static Expression arguments(AggAddContext add) {
    List<Expression> boxed = new ArrayList<>();
    add.rowTranslator()
        .translateList(add.rexArguments(), RexImpTable.NullAs.NULL)
        .forEach(argument -> boxed.add(Expressions.box(argument)));
    return Expressions.newArrayInit(Object.class, boxed);
  }

  @Override
  public List<Type> getStateType(AggContext info) {
    return List.of(Accumulator.class);
  }

  @Override
  public void implementReset(AggContext info, AggResetContext reset) {
    reset
        .currentBlock()
        .add(
            Expressions.statement(
                Expressions.assign(
                    reset.accumulator().getFirst(),
                    Expressions.call(
                        site(),
                        Types.lookupMethod(
                            AggregateSite.class, "begin", DataContext.class, Object[].class),
                        DataContext.ROOT,
                        defaults()))));
  }

  @Override
  public void implementAdd(AggContext info, AggAddContext add) {
    BlockBuilder row = new BlockBuilder(true, add.currentBlock());
    RexNode filter = add.rexFilterArgument();
    Expression passes =
        filter == null
            ? Expressions.constant(true)
            : add.rowTranslator()
                .translateList(List.of(filter), RexImpTable.NullAs.FALSE)
                .getFirst();
    add.nestBlock(row);
    Expression group = add.accumulator().getFirst();
    Expression name = name(info, add);
    if (name != NO_NAME) {
      row.add(
          Expressions.ifThen(
              Expressions.not(Expressions.call(group, "isNamed")),
              Expressions.statement(Expressions.call(group, "name", name))));
    }
    row.add(
        Expressions.statement(
            Expressions.call(AggregateSite.class, "step", group, arguments(add))));
    add.exitBlock();
    add.currentBlock().add(Expressions.ifThen(passes, row.toBlock()));
  }

  /** The columns by which rows are grouped, where there is one way to group them. */
  private static Expression name(AggContext info, AggAddContext add) {
    if (info.groupSets().size() != 1 || info.keyOrdinals().isEmpty()) {
      return NO_NAME;
    }
    RexToLixTranslator translator = add.rowTranslator();
    List<RexNode> keys = new ArrayList<>();
    for (int i = 0; i < info.keyOrdinals().size(); i++) {
      keys.add(new RexInputRef(info.keyOrdinals().get(i), info.keyRelTypes().get(i)));
    }
    List<Expression> columns =
        translator.translateList(keys, RexImpTable.NullAs.NULL).stream()
            .map(Expressions::box)
            .toList();
    return Expressions.newArrayInit(Object.class, columns);
  }

  @Override
  public Expression implementResult(AggContext info, AggResultContext result) {
    return ModuleFunction.typed(
        Expressions.call(AggregateSite.class, "last", result.accumulator().getFirst()),
        info.returnRelType());
  }
}
