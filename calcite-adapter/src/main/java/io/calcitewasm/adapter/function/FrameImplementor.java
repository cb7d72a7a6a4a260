package io.calcitewasm.adapter.function;

import io.calcitewasm.adapter.exec.AggregateSite;
import io.calcitewasm.udf.aggregate.Frame;
import io.calcitewasm.udf.signature.SqlFunction;
import java.lang.reflect.Type;
import java.util.List;
import org.apache.calcite.adapter.enumerable.AggAddContext;
import org.apache.calcite.adapter.enumerable.AggContext;
import org.apache.calcite.adapter.enumerable.AggResetContext;
import org.apache.calcite.adapter.enumerable.AggResultContext;
import org.apache.calcite.adapter.enumerable.WinAggAddContext;
import org.apache.calcite.adapter.enumerable.WinAggFrameContext;
import org.apache.calcite.linq4j.tree.BlockBuilder;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.jspecify.annotations.Nullable;

/**
 * Code that moves a {@link Frame} over the rows of a window. Calcite tells each frame anew from its
 * first row, and only the frame knows which of the rows it has already.
 */
final class FrameImplementor extends GroupImplementor {
  FrameImplementor(SqlFunction function, List<@Nullable Object> constants) {
    super(function, constants);
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

  @Override
  public void implementAdd(AggContext info, AggAddContext add) {
    Expression frame = add.accumulator().getFirst();
    Expression position = ((WinAggAddContext) add).currentPosition();
    BlockBuilder row = new BlockBuilder(true, add.currentBlock());
    add.nestBlock(row);
    row.add(
        Expressions.statement(
            Expressions.call(AggregateSite.class, "add", frame, position, arguments(add))));
    add.exitBlock();
    add.currentBlock()
        .add(Expressions.ifThen(Expressions.call(frame, "enters", position), row.toBlock()));
  }

  @Override
  public Expression implementResult(AggContext info, AggResultContext result) {
    return ModuleFunction.typed(
        Expressions.call(AggregateSite.class, "value", result.accumulator().getFirst()),
        info.returnRelType());
  }
}
