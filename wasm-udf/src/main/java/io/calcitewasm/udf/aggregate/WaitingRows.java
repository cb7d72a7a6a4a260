package io.calcitewasm.udf.aggregate;

import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.batch.BatchColumn;
import io.calcitewasm.udf.batch.ObjectColumn;
import io.calcitewasm.udf.signature.SqlFunction;
import io.calcitewasm.udf.signature.SqlParameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Rows that wait to be given to accumulators, of one or many groups, by {@code step} or one of
 * several methods of the guest's.
 */
abstract sealed class WaitingRows permits WaitingSteps, WaitingMoves {
  /** Rows that go to the guest together. */
  static final int MOST = 1024;

  private final @Nullable Accumulator[] accumulators = new Accumulator[MOST];
  private final @Nullable Object[][] groups = new Object[MOST][];
  private final ObjectColumn handles = new ObjectColumn();
  private final List<BatchColumn> inputs = new ArrayList<>();
  private final boolean[] strict;
  private int count;

  /**
   * None yet.
   *
   * @param step takes an accumulator and a row
   */
  WaitingRows(SqlFunction step) {
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
   * @param group the accumulator's, for messages
   * @return whether no further row has room
   */
  final boolean add(
      Accumulator accumulator, @Nullable Object[] arguments, int from, @Nullable Object[] group) {
    for (int i = 0; i < strict.length; i++) {
      inputs.get(i).setValue(count, arguments[from + i]);
    }
    return add(accumulator, group);
  }

  /** Adds a row without arguments; returns whether no further row has room. */
  final boolean add(Accumulator accumulator, @Nullable Object[] group) {
    accumulators[count] = accumulator;
    groups[count] = group;
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
  final int flush(BiConsumer<Accumulator, @Nullable Object[]> need, Runnable make, Runnable check) {
    int rows = count;
    count = 0;
    try {
      for (int row = 0; row < rows; row++) {
        need.accept(accumulator(row), groups[row]);
      }
      make.run();
      for (int row = 0; row < rows; row++) {
        handles.setValue(row, accumulator(row).handle);
      }
      int done = 0;
      while (done < rows) {
        check.run();
        SqlError error = run(done, rows);
        done(done, done());
        done = done();
        if (error != null) {
          throw Group.error(error, groups[done]);
        }
      }
      return rows;
    } finally {
      Arrays.fill(accumulators, 0, rows, null);
      Arrays.fill(groups, 0, rows, Group.UNNAMED);
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
