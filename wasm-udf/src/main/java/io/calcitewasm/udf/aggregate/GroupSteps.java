package io.calcitewasm.udf.aggregate;

import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.batch.BatchColumn;
import io.calcitewasm.udf.batch.RowSelection;
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
  private final Resources resources;
  private final GroupTable groups;
  private final List<BatchColumn> arguments;
  private final @Nullable Object[] defaults;
  private final BatchColumn values;

  /** The constructor's arguments, which come first. */
  private final GroupConstants constants;

  /** Columns whose NULLs the aggregate passes over. */
  private final List<BatchColumn> strict;

  private final AccumulatorRows stepped;
  private final AccumulatorRows.Calls steps;
  private final AccumulatorRows asked;
  private final AccumulatorRows.Calls answers;
  private final Pile<Accumulator> accumulators = new Pile<>();

  GroupSteps(
      AggregateCalls calls,
      GroupTable groups,
      List<BatchColumn> arguments,
      BatchColumn values,
      @Nullable Object[] defaults) {
    this.calls = calls;
    this.resources = calls.resources();
    this.groups = groups;
    this.arguments = List.copyOf(arguments);
    this.values = values;
    this.defaults = defaults;
    this.constants = calls.constants();
    SqlFunction step = resources.methods().step();
    List<SqlParameter> parameters = step.parameters();
    List<BatchColumn> taken = arguments.subList(constants.count(), arguments.size());
    this.strict =
        IntStream.range(0, taken.size())
            .filter(i -> !parameters.get(i + 1).nullable())
            .mapToObj(taken::get)
            .toList();
    this.stepped = new AccumulatorRows(resources);
    this.steps = stepped.calls(step, taken, BatchColumn.of(step.result()));
    this.asked = new AccumulatorRows(resources);
    this.answers = asked.calls(resources.methods().value(), List.of(), values);
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
    @Nullable Accumulator[] waiting = new Accumulator[rows];
    RowSelection selection = new RowSelection(strict, unwanted);
    for (int row = 0; row < rows; row++) {
      if (selection.calls(row)) {
        Accumulator accumulator = accumulators.get(found[row]);
        waiting[row] = accumulator;
        if (constants.count() > 0) {
          constants.take(accumulator, first(row, constants.count()));
        }
        calls.asked().changed(accumulator);
      }
    }
    GroupTrials trials = calls.trials();
    if (trials != null && !trials.isEmpty()) {
      for (int row = 0; row < rows; row++) {
        Accumulator accumulator = waiting[row];
        if (accumulator != null) {
          trials.row(accumulator, first(row, arguments.size()));
        }
      }
    }
    stepped.run(waiting, rows, steps);
    resources.used(rows);
  }

  private void begin() {
    for (int group = accumulators.size(); group < groups.size(); group++) {
      accumulators.add(calls.begin(defaults, groups, group));
    }
  }

  /** The first arguments of a row. */
  private @Nullable Object[] first(int row, int count) {
    return arguments.stream().limit(count).map(each -> each.value(row)).toArray();
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
    Accumulator[] wanted =
        IntStream.range(first, first + count)
            .mapToObj(accumulators::get)
            .toArray(Accumulator[]::new);
    if (resources.hasSaved()) {
      values.clear(count);
      for (Accumulator accumulator : wanted) {
        calls.asked().add(accumulator);
      }
      for (int i = 0; i < count; i++) {
        values.setValue(i, calls.value(wanted[i], wanted[i].names()));
      }
    } else {
      asked.run(wanted, count, answers);
    }
    for (Accumulator accumulator : wanted) {
      calls.finish(accumulator);
    }
  }
}
