package io.calcitewasm.adapter.function;

import io.calcitewasm.adapter.exec.AggregateKey;
import io.calcitewasm.adapter.exec.AggregateSite;
import io.calcitewasm.udf.aggregate.Accumulator;
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
import org.apache.calcite.linq4j.tree.BlockBuilder;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.linq4j.tree.Types;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/** Code that aggregates groups of rows through an {@link AggregateSite}. */
class GroupImplementor implements AggImplementor {
  private final AggregateKey key;
  private final List<@Nullable Object> constants;

  GroupImplementor(AggregateKey key, List<@Nullable Object> constants) {
    this.key = key;
    this.constants = constants;
  }

  /** A call of a method of {@link AggregateSite} that begins something. */
  final Expression begin(String method) {
    return Expressions.call(
        Types.lookupMethod(
            AggregateSite.class, method, DataContext.class, String.class, Object[].class),
        DataContext.ROOT,
        key(),
        defaults());
  }

  /** The aggregate, for {@link AggregateSite}. */
  final Expression key() {
    return Expressions.constant(key.toString());
  }

  /** What the constructor is given if no row comes. */
  final Expression defaults() {
    List<Expression> values = new ArrayList<>();
    constants.forEach(value -> values.add(Expressions.constant(value)));
    return Expressions.newArrayInit(Object.class, values);
  }

  /** The arguments of a row, boxed. */
  static Expression arguments(AggAddContext add) {
    return boxed(add.rowTranslator().translateList(add.rexArguments(), RexImpTable.NullAs.NULL));
  }

  @Override
  public List<Type> getStateType(AggContext info) {
    return List.of(Accumulator.class);
  }

  @Override
  public void implementReset(AggContext info, AggResetContext reset) {
    reset
        .currentBlock()
        .add(Expressions.statement(Expressions.assign(reset.accumulator().getFirst(), begin())));
  }

  /** Begins a group. */
  Expression begin() {
    return begin("begin");
  }

  /** The method of {@link AggregateSite} that gives a row to a group. */
  String adding() {
    return "step";
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
    row.add(
        Expressions.statement(
            Expressions.call(
                AggregateSite.class,
                adding(),
                add.accumulator().getFirst(),
                arguments(add),
                key(info, add))));
    add.exitBlock();
    add.currentBlock().add(Expressions.ifThen(passes, row.toBlock()));
  }

  /** The columns by which rows are grouped; where there are several ways to, those of all. */
  private static Expression key(AggContext info, AggAddContext add) {
    List<RexNode> keys = new ArrayList<>();
    for (int i = 0; i < info.keyOrdinals().size(); i++) {
      keys.add(new RexInputRef(info.keyOrdinals().get(i), info.keyRelTypes().get(i)));
    }
    return boxed(add.rowTranslator().translateList(keys, RexImpTable.NullAs.NULL));
  }

  static Expression boxed(List<Expression> values) {
    return Expressions.newArrayInit(Object.class, values.stream().map(Expressions::box).toList());
  }

  @Override
  public Expression implementResult(AggContext info, AggResultContext result) {
    List<Expression> keys = new ArrayList<>();
    int columns = result.key() == null ? 0 : info.keyOrdinals().size();
    for (int i = 0; i < columns; i++) {
      // Behind the columns there is said of which a grouping set has nothing.
      keys.add(
          info.groupSets().size() == 1
              ? result.keyField(i)
              : Expressions.condition(
                  result.keyField(columns + i),
                  Expressions.constant(null),
                  Expressions.box(result.keyField(i))));
    }
    return ModuleFunction.typed(
        Expressions.call(AggregateSite.class, "last", result.accumulator().getFirst(), boxed(keys)),
        info.returnRelType());
  }
}
