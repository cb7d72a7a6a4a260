package io.calcitewasm.udf.aggregate;

import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.batch.BatchColumn;
import io.calcitewasm.udf.signature.SqlFunction;
import io.calcitewasm.udf.signature.SqlParameter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows that wait to be given to accumulators, of one or many groups, by {@code step} or one of
 * several methods of the guest's.
 */
abstract sealed class WaitingRows implements AccumulatorRows.Calls
    permits WaitingSteps, WaitingMoves {
  /** Rows that go to the guest together. */
  static final int MOST = 1024;

  /**
   * Made anew for each batch: into an array that the garbage collector has moved to where old
   * objects are, a reference to a young one is stored at the price of a memory fence.
   */
  private @Nullable Accumulator[] accumulators = new Accumulator[MOST];

  private final AccumulatorRows rows;
  private final List<BatchColumn> inputs = new ArrayList<>();
  private final boolean[] strict;
  private int count;

  /** None yet; they are as {@code step} takes them. */
  WaitingRows(Resources resources) {
    rows = new AccumulatorRows(resources);
    List<SqlParameter> parameters = resources.methods().step().parameters();
    strict = new boolean[parameters.size() - 1];
    for (int i = 0; i < strict.length; i++) {
      strict[i] = !parameters.get(i + 1).nullable();
      inputs.add(BatchColumn.of(parameters.get(i + 1).type()));
    }
    clear();
  }

  /** The handles of accumulators, then the arguments of rows. */
  final List<BatchColumn> columns() {
    return rows.columns(inputs);
  }

  /** Calls of a method that takes such rows. */
  final AccumulatorRows.Calls calls(SqlFunction method, BatchColumn results) {
    return rows.calls(method, inputs, results);
  }

  /** Whether a strict parameter would be given NULL, so that the row is passed over. */
  final boolean skips(@Nullable Object[] arguments, int from) {
    for (int i = 0; i < strict.length; i++) {
      if (strict[i] && arguments[from + i] == null) {
        return true;
      }
    }
    return false;
  }

  /**
   * Adds a row.
   *
   * @param arguments SQL values
   * @param from where those of the method begin
   * @return whether no further row has room
   */
  final boolean add(Accumulator accumulator, @Nullable Object[] arguments, int from) {
    for (int i = 0; i < strict.length; i++) {
      inputs.get(i).setValue(count, arguments[from + i]);
    }
    return add(accumulator);
  }

  /** Adds a row without arguments; returns whether no further row has room. */
  final boolean add(Accumulator accumulator) {
    accumulators[count] = accumulator;
    count++;
    return count == MOST;
  }

  /** How many rows there are. */
  final int count() {
    return count;
  }

  final boolean isEmpty() {
    return count == 0;
  }

  /**
   * Gives the rows to the guest, in their order; rows of an accumulator that has no resource are
   * passed over.
   *
   * @return how many rows there were
   * @throws SqlError what a row failed with, its group named; rows behind it are lost
   */
  final int flush() {
    int waiting = count;
    count = 0;
    try {
      rows.run(accumulators, waiting, this);
      return waiting;
    } finally {
      accumulators = new Accumulator[MOST];
      clear();
    }
  }

  private void clear() {
    inputs.forEach(column -> column.clear(MOST));
  }
}
