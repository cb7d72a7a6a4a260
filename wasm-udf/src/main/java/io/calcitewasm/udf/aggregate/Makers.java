package io.calcitewasm.udf.aggregate;

import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.batch.BatchColumn;
import io.calcitewasm.udf.batch.HandleColumn;
import io.calcitewasm.udf.batch.ResourceNumbers;
import io.calcitewasm.udf.instance.CallBatch;
import io.calcitewasm.udf.instance.CallSession;
import io.calcitewasm.udf.instance.Callee;
import io.calcitewasm.udf.signature.SqlFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Accumulators whose resources are made together. */
final class Makers {
  /** Made anew for each batch, see {@link WaitingRows}. */
  private List<Accumulator> accumulators = new ArrayList<>(WaitingRows.MOST);

  private final List<BatchColumn> arguments;
  private final HandleColumn made;
  private final CallBatch batch;

  /** None yet; {@code constructor} answers a handle. */
  Makers(CallSession session, Callee callee, SqlFunction constructor, ResourceNumbers resources) {
    made = new HandleColumn(resources);
    arguments = constructor.parameters().stream().map(p -> BatchColumn.of(p.type())).toList();
    batch = session.batch(callee, constructor, arguments, made).unnumbered();
    arguments.forEach(column -> column.clear(WaitingRows.MOST));
  }

  boolean isEmpty() {
    return accumulators.isEmpty();
  }

  boolean isFull() {
    return accumulators.size() == WaitingRows.MOST;
  }

  /** Adds an accumulator, with what its constructor is given. */
  void add(Accumulator accumulator, @Nullable Object[] constants) {
    for (int i = 0; i < constants.length; i++) {
      arguments.get(i).setValue(accumulators.size(), constants[i]);
    }
    accumulators.add(accumulator);
    accumulator.making = true;
  }

  /**
   * Makes the resources.
   *
   * @param each is told each accumulator that has its resource now
   * @throws SqlError what a constructor failed with, its group named
   */
  void run(Consumer<Accumulator> each) {
    int rows = accumulators.size();
    int done = 0;
    try {
      while (done < rows) {
        SqlError error = batch.run(done, rows, null);
        int from = done;
        done = batch.done();
        if (error != null) {
          throw Group.error(error, accumulators.get(done));
        }
        for (int row = from; row < done; row++) {
          accumulators.get(row).take(made.number(row));
          each.accept(accumulators.get(row));
        }
      }
    } finally {
      accumulators.forEach(accumulator -> accumulator.making = false);
      accumulators = new ArrayList<>(WaitingRows.MOST);
      arguments.forEach(column -> column.clear(WaitingRows.MOST));
    }
  }
}
