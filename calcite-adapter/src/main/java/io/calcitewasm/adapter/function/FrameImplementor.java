package io.calcitewasm.adapter.function;

import io.calcitewasm.adapter.exec.AggregateKey;
import io.calcitewasm.adapter.exec.AggregateSite;
import io.calcitewasm.udf.aggregate.Frame;
import java.lang.reflect.Type;
import java.util.List;
import org.apache.calcite.adapter.enumerable.AggAddContext;
import org.apache.calcite.adapter.enumerable.AggContext;
import org.apache.calcite.adapter.enumerable.AggResetContext;
import org.apache.calcite.adapter.enumerable.AggResultContext;
import org.apache.calcite.adapter.enumerable.RexImpTable;
import org.apache.calcite.adapter.enumerable.WinAggAddContext;
import org.apache.calcite.adapter.enumerable.WinAggContext;
import org.apache.calcite.adapter.enumerable.WinAggFrameContext;
import org.apache.calcite.adapter.enumerable.WinAggResultContext;
import org.apache.calcite.linq4j.tree.BlockBuilder;
import org.apache.calcite.linq4j.tree.DeclarationStatement;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.rex.RexWindowExclusion;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * Code that moves a {@link Frame} over the rows of a window. Calcite tells each frame anew, and
 * only the frame knows which of the rows it has already. An aggregate whose type is ANY is one of a
 * plan that puts the values into their places later.
 */
final class FrameImplementor extends GroupImplementor {
  /** How many columns that tell partitions apart stand behind the arguments. */
  private final int partitions;

  FrameImplementor(AggregateKey key, List<@Nullable Object> constants, int partitions) {
    super(key, constants);
    this.partitions = partitions;
  }

  @Override
  public List<Type> getStateType(AggContext info) {
    return List.of(Frame.class);
  }

  @Override
  public void implementReset(AggContext info, AggResetContext reset) {
    Expression frame = reset.accumulator().getFirst();
    Expression row = reset instanceof WinAggFrameContext window ? window.index() : null;
    reset
        .currentBlock()
        .add(
            Expressions.statement(
                row == null
                    ? Expressions.assign(frame, begin("frame"))
                    : Expressions.call(frame, "restart", row)));
  }

  /** Whether all rows between a first and a last one are in the frame. */
  private static boolean isRange(AggContext info) {
    return ((WinAggContext) info).getExclude() == RexWindowExclusion.EXCLUDE_NO_OTHER;
  }

  @Override
  public void implementAdd(AggContext info, AggAddContext add) {
    if (isRange(info)) {
      return;
    }
    Expression frame = add.accumulator().getFirst();
    Expression position = ((WinAggAddContext) add).currentPosition();
    BlockBuilder row = new BlockBuilder(true, add.currentBlock());
    add.nestBlock(row);
    row.add(
        Expressions.statement(
            add(
                frame,
                position,
                add.rowTranslator().translateList(add.rexArguments(), RexImpTable.NullAs.NULL))));
    add.exitBlock();
    add.currentBlock()
        .add(Expressions.ifThen(Expressions.call(frame, "enters", position), row.toBlock()));
  }

  @Override
  public Expression implementResult(AggContext info, AggResultContext result) {
    Expression frame = result.accumulator().getFirst();
    if (isRange(info)) {
      span(frame, (WinAggResultContext) result);
    }
    return info.returnRelType().getSqlTypeName() == SqlTypeName.ANY
        ? Expressions.call(AggregateSite.class, "later", frame)
        : ModuleFunction.typed(
            Expressions.call(AggregateSite.class, "value", frame), info.returnRelType());
  }

  /** Gives a frame a row that it has asked for. */
  private Expression add(Expression frame, Expression position, List<Expression> values) {
    int arguments = values.size() - partitions;
    Expression row = boxed(values.subList(0, arguments));
    return partitions == 0
        ? Expressions.call(AggregateSite.class, "add", frame, position, row)
        : Expressions.call(
            AggregateSite.class,
            "add",
            frame,
            position,
            row,
            boxed(values.subList(arguments, values.size())));
  }

  /** Tells a frame its range, and the arguments of rows that it has not seen yet. */
  private void span(Expression frame, WinAggResultContext result) {
    BlockBuilder block = result.currentBlock();
    Expression last = result.endIndex();
    block.add(Expressions.statement(Expressions.call(frame, "span", result.startIndex(), last)));
    DeclarationStatement next =
        Expressions.declare(0, block.newName("next"), Expressions.call(frame, "known"));
    BlockBuilder row = new BlockBuilder(true, block);
    result.nestBlock(row);
    row.add(
        Expressions.statement(
            add(
                frame,
                next.parameter,
                result
                    .rowTranslator(next.parameter)
                    .translateList(result.rexArguments(), RexImpTable.NullAs.NULL))));
    result.exitBlock();
    block.add(
        Expressions.for_(
            next,
            Expressions.lessThanOrEqual(next.parameter, last),
            Expressions.preIncrementAssign(next.parameter),
            row.toBlock()));
  }
}
