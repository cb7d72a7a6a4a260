package io.calcitewasm.udf.aggregate;

import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.batch.BatchColumn;
import io.calcitewasm.udf.instance.CallSession;
import io.calcitewasm.udf.instance.Callee;
import io.calcitewasm.udf.instance.MethodBatch;
import io.calcitewasm.udf.signature.AggregateMethods;
import io.calcitewasm.udf.signature.SqlFunction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be done with the accumulators of window frames: rows that come, rows that leave,
 * and values that are asked for in between.
 */
final class WaitingMoves extends WaitingRows {
  private static final int STEP = 0;
  private static final int INVERSE = 1;

  private final @Nullable FrameValue[] asked = new FrameValue[MOST];
  private final BatchColumn answers;
  private final MethodBatch batch;
  private final int value;

  WaitingMoves(CallSession session, Callee callee, Resources resources) {
    super(resources);
    AggregateMethods methods = resources.methods();
    List<SqlFunction> called = new ArrayList<>(List.of(methods.step()));
    methods.inverse().ifPresent(called::add);
    value = called.size();
    called.add(methods.value());
    answers = BatchColumn.of(methods.value().result());
    batch = session.batch(callee, called, columns(), answers, MOST);
  }

  /** A row comes; as {@link #add}. */
  boolean step(Accumulator accumulator, @Nullable Object[] arguments, int from) {
    batch.choose(count(), STEP);
    return add(accumulator, arguments, from);
  }

  /** A row leaves; as {@link #add}. */
  boolean inverse(Accumulator accumulator, @Nullable Object[] arguments, int from) {
    batch.choose(count(), INVERSE);
    return add(accumulator, arguments, from);
  }

  /** The value of the rows so far is wanted; as {@link #add}. */
  boolean value(Accumulator accumulator, FrameValue wanted) {
    batch.choose(count(), value);
    asked[count()] = wanted;
    return add(accumulator);
  }

  @Override
  public @Nullable SqlError run(int from, int to) {
    SqlError error = batch.run(from, to);
    for (int row = from; row < batch.done(); row++) {
      FrameValue wanted = asked[row];
      if (wanted != null) {
        wanted.set(answers.value(row));
        asked[row] = null;
      }
    }
    return error;
  }

  @Override
  public int done() {
    return batch.done();
  }
}
