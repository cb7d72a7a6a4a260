package io.calcitewasm.udf.aggregate;

import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.batch.BatchColumn;
import io.calcitewasm.udf.signature.SqlFunction;
import org.jspecify.annotations.Nullable;

/** Rows that wait for {@code step}. */
final class WaitingSteps extends WaitingRows {
  private final AccumulatorRows.Calls calls;

  WaitingSteps(Resources resources) {
    super(resources);
    SqlFunction step = resources.methods().step();
    calls = calls(step, BatchColumn.of(step.result()));
  }

  @Override
  public @Nullable SqlError run(int from, int to) {
    return calls.run(from, to);
  }

  @Override
  public int done() {
    return calls.done();
  }
}
