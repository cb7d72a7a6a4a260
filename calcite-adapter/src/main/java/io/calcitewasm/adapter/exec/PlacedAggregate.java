package io.calcitewasm.adapter.exec;

import io.calcitewasm.udf.aggregate.AggregateCalls;
import io.calcitewasm.udf.aggregate.AggregateTerms;
import io.calcitewasm.udf.aggregate.GroupSteps;
import io.calcitewasm.udf.aggregate.GroupTable;
import io.calcitewasm.udf.batch.BatchColumn;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An aggregate of a module at its place in a {@link GroupEnumerator}. */
final class PlacedAggregate {
  private final AggregateCalls calls;
  private final BatchColumn[] arguments;
  private final BatchColumn values;
  private final @Nullable Object[] defaults;
  private boolean[] unwanted = {};
  private boolean anyUnwanted;
  private @Nullable GroupSteps steps;

  PlacedAggregate(
      AggregateCalls calls,
      BatchColumn[] arguments,
      BatchColumn values,
      @Nullable Object[] defaults) {
    this.calls = calls;
    this.arguments = arguments;
    this.values = values;
    this.defaults = defaults;
  }

  /** What it takes and answers. */
  AggregateTerms terms() {
    return calls.terms();
  }

  /** Makes room for a batch of rows, all of them wanted. */
  void prepare(int rows) {
    for (BatchColumn argument : arguments) {
      argument.clear(rows);
    }
    if (unwanted.length < rows) {
      unwanted = new boolean[rows];
    } else if (anyUnwanted) {
      Arrays.fill(unwanted, false);
    }
    anyUnwanted = false;
  }

  /** A row is not given to it. */
  void skip(int row) {
    unwanted[row] = true;
    anyUnwanted = true;
  }

  /** Gives the first rows of the arguments to their groups. */
  void run(GroupTable groups, int[] found, int rows) {
    steps(groups).run(found, rows, anyUnwanted ? unwanted : null);
  }

  /** Puts the values of groups into their column. */
  void values(GroupTable groups, int first, int count) {
    steps(groups).values(first, count);
  }

  private GroupSteps steps(GroupTable groups) {
    GroupSteps known = steps;
    if (known == null) {
      known = calls.over(groups, List.of(arguments), values, defaults);
      steps = known;
    }
    return known;
  }

  /** Begins anew. */
  void reset() {
    steps = null;
  }
}
