package io.calcitewasm.udf.aggregate;

import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.batch.BatchColumn;
import io.calcitewasm.udf.batch.HandleColumn;
import io.calcitewasm.udf.batch.ResourceNumbers;
import io.calcitewasm.udf.signature.SqlFunction;
import io.calcitewasm.udf.signature.SqlParameter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Rows that wait to be given to accumulators, of one or many groups, by {@code step} or one of
 * several methods of the guest's.
 */
abstract sealed class WaitingRows permits WaitingSteps, WaitingMoves {
  /** Rows that go to the guest together. */
  static final int MOST = 1024;

  /**
   * Made anew for each batch: into an array that the garbage collector has moved to where old
   * objects are, a reference to a young one is stored at the price of a memory fence.
   */
  private @Nullable Accumulator[] accumulators = new Accumulator[MOST];

  private final HandleColumn handles;
  private final List<BatchColumn> inputs = new ArrayList<>();
  private final boolean[] strict;
  private int count;

  /**
   * None yet.
   *
   * @param step takes an accumulator and a row
   */
  WaitingRows(SqlFunction step, ResourceNumbers resources) {
    handles = new HandleColumn(resources);
    List<SqlParameter> parameters = step.parameters();
    strict = new boolean[parameters.size() - 1];
    for (int i = 0; i < strict.length; i++) {
      strict[i] = !parameters.get(i + 1).nullable();
      inputs.add(BatchColumn.of(parameters.get(i + 1).type()));
    }
    clear();
  }

  /** The handles of accumulators, then the arguments of rows. */
  final List<BatchColumn> columns() {
    List<BatchColumn> columns = new ArrayList<>(List.of(handles));
    columns.addAll(inputs);
    return columns;
  }

  /** Calls the guest for rows; returns what row {@link #done()} fails with, or null. */
  abstract @Nullable SqlError run(int from, int to);

  /** Behind the last row that the guest has done. */
  abstract int done();

  /** Rows are done. */
  void done(int from, int to) {}

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
   * Gives the rows to the guest, in their order.
   *
   * @param need called for each accumulator; rows of one without a resource are passed over
   * @param make called before their resources are used
   * @param check called before the guest is
   * @return how many rows there were
   * @throws SqlError what a row failed with, its group named; rows behind it are lost
   */
  final int flush(Consumer<Accumulator> need, Runnable make, Runnable check) {
    int rows = count;
    count = 0;
    try {
      for (int row = 0; row < rows; row++) {
        need.accept(accumulator(row));
      }
      make.run();
      for (int row = 0; row < rows; row++) {
        if (accumulator(row).hasResource()) {
          handles.set(row, accumulator(row).number());
        } else {
          handles.setNull(row);
        }
      }
      int done = 0;
      while (done < rows) {
        check.run();
        SqlError error = run(done, rows);
        done(done, done());
        done = done();
        if (error != null) {
          throw Group.error(error, accumulator(done));
        }
      }
      return rows;
    } finally {
      accumulators = new Accumulator[MOST];
      clear();
    }
  }

  private Accumulator accumulator(int row) {
    Accumulator accumulator = accumulators[row];
    if (accumulator == null) {
      throw new IllegalStateException("nobody waits in row " + row);
    }
    return accumulator;
  }

  private void clear() {
    handles.clear(MOST);
    inputs.forEach(column -> column.clear(MOST));
  }
}
