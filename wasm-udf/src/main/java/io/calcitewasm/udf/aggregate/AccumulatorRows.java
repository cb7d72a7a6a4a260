package io.calcitewasm.udf.aggregate;

import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.batch.BatchColumn;
import io.calcitewasm.udf.batch.HandleColumn;
import io.calcitewasm.udf.instance.CallBatch;
import io.calcitewasm.udf.signature.SqlFunction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows that go to methods of accumulators together: whose accumulator each row is for, and the loop
 * that goes on behind rows that have failed or do not fit a crossing.
 */
final class AccumulatorRows {
  private final Resources resources;
  private final HandleColumn handles;

  /** A batch of calls. */
  interface Calls {
    /** Makes calls for rows; returns what row {@link #done()} fails with, or null. */
    @Nullable SqlError run(int from, int to);

    /** Behind the last row that was done. */
    int done();

    /** Calls of one method. */
    static Calls of(CallBatch batch) {
      return new Calls() {
        @Override
        public @Nullable SqlError run(int from, int to) {
          return batch.run(from, to, null);
        }

        @Override
        public int done() {
          return batch.done();
        }
      };
    }
  }

  AccumulatorRows(Resources resources) {
    this.resources = resources;
    this.handles = resources.handles();
  }

  /** The accumulators' resources, then the arguments of rows. */
  List<BatchColumn> columns(List<? extends BatchColumn> arguments) {
    List<BatchColumn> columns = new ArrayList<>(List.of(handles));
    columns.addAll(arguments);
    return columns;
  }

  /** Calls of a method for such rows. */
  Calls calls(SqlFunction method, List<? extends BatchColumn> arguments, BatchColumn results) {
    return Calls.of(resources.batch(method, columns(arguments), results));
  }

  /**
   * Has the resources made that rows need, and takes them.
   *
   * @param accumulators one for each row; rows of none, or of one that has no resource, are passed
   *     over
   * @throws SqlError what making one has failed with, its group named
   */
  void take(@Nullable Accumulator[] accumulators, int rows) {
    for (int row = 0; row < rows; row++) {
      Accumulator accumulator = accumulators[row];
      if (accumulator != null) {
        resources.need(accumulator);
      }
    }
    resources.make();
    handles.clear(rows);
    for (int row = 0; row < rows; row++) {
      Accumulator accumulator = accumulators[row];
      if (accumulator != null && accumulator.hasResource()) {
        handles.set(row, accumulator.number());
      } else {
        handles.setNull(row);
      }
    }
  }

  /**
   * {@linkplain #take Takes} rows, and makes their calls.
   *
   * @throws SqlError what a row failed with, its group named; nothing is done behind it
   */
  void run(@Nullable Accumulator[] accumulators, int rows, Calls calls) {
    take(accumulators, rows);
    for (int done = 0; done < rows; done = calls.done()) {
      resources.checkAlive();
      SqlError error = calls.run(done, rows);
      if (error != null) {
        Accumulator failed = accumulators[calls.done()];
        throw failed == null ? error : Group.error(error, failed);
      }
    }
  }
}
