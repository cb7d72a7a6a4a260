package io.calcitewasm.adapter.exec;

import io.calcitewasm.udf.aggregate.AggregateCalls;
import io.calcitewasm.udf.aggregate.GroupSteps;
import io.calcitewasm.udf.aggregate.GroupTable;
import io.calcitewasm.udf.batch.BatchColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.DataContext;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.jspecify.annotations.Nullable;

/**
 * Takes all rows of its input in batches, finds the group of each, gives columns of arguments to
 * aggregates of modules, and delivers a row for each group. Subclasses are generated: {@link #fill}
 * takes input rows and sets keys and arguments, {@link #current} makes a row. Groups come in the
 * order in which the input has them first.
 */
public abstract class GroupEnumerator implements Enumerator<Object> {
  /** Rows of a batch. */
  private static final int ROWS = 1024;

  private final DataContext root;
  private final Enumerable<?> source;
  private final List<BatchColumn> keys = new ArrayList<>();
  private final List<BatchColumn> keyResults = new ArrayList<>();
  private final List<Place> places = new ArrayList<>();
  private @Nullable GroupTable groups;
  private int taken;
  private int first;
  private int ready;
  private int row;

  /** An aggregate of the operator. */
  private static final class Place {
    private final AggregateCalls calls;
    private final BatchColumn[] arguments;
    private final BatchColumn values;
    private final @Nullable Object[] defaults;
    private final boolean[] unwanted = new boolean[ROWS];
    private boolean anyUnwanted;
    private @Nullable GroupSteps steps;

    private Place(
        AggregateCalls calls,
        BatchColumn[] arguments,
        BatchColumn values,
        @Nullable Object[] defaults) {
      this.calls = calls;
      this.arguments = arguments;
      this.values = values;
      this.defaults = defaults;
    }

    private void prepare() {
      for (BatchColumn argument : arguments) {
        argument.clear(ROWS);
      }
      if (anyUnwanted) {
        Arrays.fill(unwanted, false);
        anyUnwanted = false;
      }
    }

    private GroupSteps steps(GroupTable groups) {
      GroupSteps known = steps;
      if (known == null) {
        known = calls.over(groups, List.of(arguments), values, defaults);
        steps = known;
      }
      return known;
    }
  }

  /**
   * An enumerator that has not begun.
   *
   * @param root the execution's data context
   * @param source the input
   */
  protected GroupEnumerator(DataContext root, Enumerable<?> source) {
    this.root = root;
    this.source = source;
  }

  /** Adds a column that rows are grouped by; {@link #fill} sets it. */
  protected final <C extends BatchColumn> C key(C column) {
    keys.add(column);
    return column;
  }

  /** Adds a column with the values of groups, for the key that was added in the same place. */
  protected final <C extends BatchColumn> C keyResult(C column) {
    keyResults.add(column);
    return column;
  }

  /**
   * Adds an aggregate.
   *
   * @param key the aggregate's {@link AggregateKey#toString()}
   * @param arguments the columns that {@link #fill} sets
   * @param values the column of the groups' values, which is returned
   * @param defaults what the constructor is given if no row comes
   */
  protected final <C extends BatchColumn> C place(
      String key, BatchColumn[] arguments, C values, @Nullable Object[] defaults) {
    places.add(new Place(AggregateSite.calls(root, key), arguments, values, defaults));
    return values;
  }

  /**
   * Takes rows of the input and sets their keys and arguments.
   *
   * @param input the input
   * @param size most rows to take; {@link #taken} is told how many there were, whatever happens
   * @return whether the input has ended
   */
  protected abstract boolean fill(Enumerator<?> input, int size);

  /** Says how many rows were taken. */
  protected final void taken(int rows) {
    taken = rows;
  }

  /** The row that is being set is not given to an aggregate. */
  protected final void skip(int place, int slot) {
    Place at = places.get(place);
    at.unwanted[slot] = true;
    at.anyUnwanted = true;
  }

  /** An argument that the aggregate takes in another form than Calcite has it. */
  protected final @Nullable Object argument(int place, int parameter, @Nullable Object value) {
    return CalciteValues.toModule(
        places.get(place).calls.terms().parameters().get(parameter).type(), value);
  }

  /** A value that Calcite takes in another form than the aggregate gives it. */
  protected final @Nullable Object result(int place, @Nullable Object value) {
    return CalciteValues.toCalcite(places.get(place).calls.terms().result(), value);
  }

  /** The row of the columns of values that is delivered. */
  protected final int row() {
    return row;
  }

  @Override
  public final boolean moveNext() {
    GroupTable all = groups;
    if (all == null) {
      all = GroupTable.of(keys);
      groups = all;
      take(all);
      row = -1;
    }
    if (++row < ready) {
      return true;
    }
    first += ready;
    ready = Math.min(ROWS, all.size() - first);
    row = 0;
    if (ready == 0) {
      return false;
    }
    all.read(first, ready, keyResults);
    for (Place place : places) {
      place.steps(all).values(first, ready);
    }
    return true;
  }

  private void take(GroupTable all) {
    int[] found = new int[ROWS];
    try (Enumerator<?> input = source.enumerator()) {
      boolean ended = false;
      while (!ended) {
        keys.forEach(key -> key.clear(ROWS));
        places.forEach(Place::prepare);
        taken = 0;
        RuntimeException failure = null;
        try {
          ended = fill(input, ROWS);
        } catch (RuntimeException e) {
          failure = e;
        }
        all.find(taken, found);
        for (Place place : places) {
          place.steps(all).run(found, taken, place.anyUnwanted ? place.unwanted : null);
        }
        if (failure != null) {
          // It came behind the rows that were taken before.
          throw failure;
        }
      }
    }
  }

  /** Begins anew: the input is enumerated once more. */
  @Override
  public final void reset() {
    groups = null;
    first = 0;
    ready = 0;
    places.forEach(place -> place.steps = null);
  }

  @Override
  public final void close() {}
}
