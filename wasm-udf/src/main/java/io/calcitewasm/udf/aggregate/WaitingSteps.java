package io.calcitewasm.udf.aggregate;

import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.batch.BatchColumn;
import io.calcitewasm.udf.batch.ResourceNumbers;
import io.calcitewasm.udf.instance.CallBatch;
import io.calcitewasm.udf.instance.CallSession;
import io.calcitewasm.udf.instance.Callee;
import io.calcitewasm.udf.signature.SqlFunction;
import org.jspecify.annotations.Nullable;

/** Rows that wait for {@code step}. */
final class WaitingSteps extends WaitingRows {
  private final CallBatch batch;

  WaitingSteps(CallSession session, Callee callee, SqlFunction step, ResourceNumbers resources) {
    super(step, resources);
    batch = session.batch(callee, step, columns(), BatchColumn.of(step.result())).unnumbered();
  }

  @Override
  @Nullable SqlError run(int from, int to) {
    return batch.run(from, to, null);
  }

  @Override
  int done() {
    return batch.done();
  }
}
