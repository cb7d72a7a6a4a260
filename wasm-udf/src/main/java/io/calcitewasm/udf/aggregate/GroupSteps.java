package io.calcitewasm.udf.aggregate;

import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.batch.BatchColumn;
import io.calcitewasm.udf.batch.HandleColumn;
import io.calcitewasm.udf.batch.RowSelection;
import io.calcitewasm.udf.instance.CallBatch;
import io.calcitewasm.udf.signature.SqlFunction;
import io.calcitewasm.udf.signature.SqlParameter;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One aggregate over batches of rows whose groups are known: columns of arguments go to the guest
 * as they are, and values come into a column. Not for several threads.
 */
public final class GroupSteps {
  private final AggregateCalls calls;
  private final GroupTable groups;
  private final List<BatchColumn> arguments;
  private final @Nullable Object[] defaults;
  private final BatchColumn values;

  /** The constructor's arguments, which come first. */
  private final int constants;

  /** Columns whose NULLs the aggregate passes over. */
  private final List<BatchColumn> strict;

  private final HandleColumn stepped;
  private final CallBatch steps;
  private final HandleColumn asked;
  private final CallBatch answers;
  private final Pile<Accumulator> accumulators = new Pile<>();

  GroupSteps(
      AggregateCalls calls,
      GroupTable groups,
      List<BatchColumn> arguments,
      BatchColumn values,
      @Nullable Object[] defaults) {
    this.calls = calls;
    this.groups = groups;
    this.arguments = List.copyOf(arguments);
    this.values = values;
    this.defaults = defaults;
    SqlFunction step = calls.methods().step();
    List<SqlParameter> parameters = step.parameters();
    this.constants = arguments.size() - (parameters.size() - 1);
    List<BatchColumn> taken = arguments.subList(constants, arguments.size());
    this.strict =
        IntStream.range(0, taken.size())
            .filter(i -> !parameters.get(i + 1).nullable())
            .mapToObj(taken::get)
            .toList();
    this.stepped = calls.handles();
    this.steps = calls.steps(stepped, taken);
    this.asked = calls.handles();
    this.answers = calls.answers(asked, values);
  }

  /**
   * Gives the first rows of the arguments to their groups.
   *
   * @param found the number of each row's group
   * @param rows how many rows
   * @param unwanted rows that are not given; null if all are
   * @throws SqlError what a row failed with, its group named
   */
  public void run(int[] found, int rows, boolean @Nullable [] unwanted) {
    begin();
    Accumulator[] waiting = new Accumulator[rows];
    RowSelection selection = new RowSelection(strict, unwanted);
    for (int row = 0; row < rows; row++) {
      waiting[row] = accumulators.get(found[row]);
      if (selection.calls(row)) {
        if (constants > 0) {
          calls.constants(waiting[row], constants(row), constants);
        }
        calls.changed(waiting[row]);
        calls.make(waiting[row]);
      }
    }
    calls.make();
    stepped.clear(rows);
    for (int row = 0; row < rows; row++) {
      set(stepped, row, waiting[row], selection.calls(row));
    }
    for (int done = 0; done < rows; done = steps.done()) {
      calls.checkAlive();
      SqlError error = steps.run(done, rows, null);
      if (error != null) {
        throw Group.error(error, waiting[steps.done()]);
      }
    }
    calls.stepped(rows);
  }

  private void begin() {
    for (int group = accumulators.size(); group < groups.size(); group++) {
      accumulators.add(calls.begin(defaults, groups, group));
    }
  }

  private @Nullable Object[] constants(int row) {
    @Nullable Object[] first = new Object[constants];
    for (int i = 0; i < constants; i++) {
      first[i] = arguments.get(i).value(row);
    }
    return first;
  }

  private static void set(HandleColumn column, int row, Accumulator accumulator, boolean isCalled) {
    if (isCalled && accumulator.hasResource()) {
      column.set(row, accumulator.number());
    } else {
      column.setNull(row);
    }
  }

  /**
   * Puts the values of groups into the column of values, from its row 0 on. They are not asked for
   * again.
   *
   * @param first the first group
   * @param count how many
   * @throws SqlError what a group failed with, which is named
   */
  public void values(int first, int count) {
    begin();
    if (calls.hasSaved()) {
      values.clear(count);
      for (int i = 0; i < count; i++) {
        calls.queue(accumulators.get(first + i));
      }
      for (int i = 0; i < count; i++) {
        Accumulator accumulator = accumulators.get(first + i);
        values.setValue(i, calls.value(accumulator, accumulator.names()));
        calls.finish(accumulator);
      }
      return;
    }
    for (int i = 0; i < count; i++) {
      calls.make(accumulators.get(first + i));
    }
    calls.make();
    asked.clear(count);
    for (int i = 0; i < count; i++) {
      set(asked, i, accumulators.get(first + i), true);
    }
    for (int done = 0; done < count; done = answers.done()) {
      calls.checkAlive();
      SqlError error = answers.run(done, count, null);
      if (error != null) {
        throw Group.error(error, accumulators.get(first + answers.done()));
      }
    }
    for (int i = 0; i < count; i++) {
      calls.finish(accumulators.get(first + i));
    }
  }
}
