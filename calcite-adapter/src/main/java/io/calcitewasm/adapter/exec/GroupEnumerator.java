package io.calcitewasm.adapter.exec;

import io.calcitewasm.udf.aggregate.AggregateCalls;
import io.calcitewasm.udf.aggregate.GroupTable;
import io.calcitewasm.udf.batch.BatchColumn;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.DataContext;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.jspecify.annotations.Nullable;

/**
 * Takes all rows of its input in batches, finds the group of each, gives columns of arguments to
 * aggregates of modules and to {@link GroupState}s of Calcite's own, and delivers a row for each
 * group. Subclasses are generated: {@link #fill} takes input rows and sets keys, arguments and
 * inputs, {@link #current} makes a row. Groups come in the order in which the input has them first.
 */
public abstract class GroupEnumerator implements Enumerator<Object> {
  /** Rows of a batch. */
  private static final int ROWS = 1024;

  private final DataContext root;
  private final Enumerable<?> source;
  private final List<BatchColumn> keys = new ArrayList<>();
  private final List<BatchColumn> keyResults = new ArrayList<>();
  private final List<PlacedAggregate> places = new ArrayList<>();
  private final List<BatchColumn> inputs = new ArrayList<>();
  private final List<GroupState> states;
  private @Nullable GroupTable groups;
  private int taken;
  private int first;
  private int ready;
  private int row;

  /**
   * An enumerator that has not begun.
   *
   * @param root the execution's data context
   * @param source the input
   * @param states those of Calcite's own aggregates
   */
  protected GroupEnumerator(DataContext root, Enumerable<?> source, GroupState[] states) {
    this.root = root;
    this.source = source;
    this.states = List.of(states);
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
    AggregateCalls calls = AggregateSite.calls(root, key);
    places.add(new PlacedAggregate(calls, arguments, values, defaults));
    states.forEach(state -> state.askedOf(calls));
    return values;
  }

  /** Adds a column that Calcite's own aggregates take; {@link #fill} sets it. */
  protected final <C extends BatchColumn> C input(C column) {
    inputs.add(column);
    return column;
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
    places.get(place).skip(slot);
  }

  /** An argument that the aggregate takes in another form than Calcite has it. */
  protected final @Nullable Object argument(int place, int parameter, @Nullable Object value) {
    return CalciteValues.toModule(
        places.get(place).terms().parameters().get(parameter).type(), value);
  }

  /** A value that Calcite takes in another form than the aggregate gives it. */
  protected final @Nullable Object result(int place, @Nullable Object value) {
    return CalciteValues.toCalcite(places.get(place).terms().result(), value);
  }

  /** The value of one of Calcite's own aggregates in the group that is delivered. */
  protected final @Nullable Object state(int state) {
    return states.get(state).value(first + row);
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
    for (PlacedAggregate place : places) {
      place.values(all, first, ready);
    }
    return true;
  }

  private void take(GroupTable all) {
    int[] found = new int[ROWS];
    BatchColumn[] columns = inputs.toArray(BatchColumn[]::new);
    try (Enumerator<?> input = source.enumerator()) {
      boolean ended = false;
      while (!ended) {
        keys.forEach(key -> key.clear(ROWS));
        inputs.forEach(column -> column.clear(ROWS));
        places.forEach(place -> place.prepare(ROWS));
        taken = 0;
        RuntimeException failure = null;
        try {
          ended = fill(input, ROWS);
        } catch (RuntimeException e) {
          failure = e;
        }
        all.find(taken, found);
        places.forEach(place -> place.run(all, found, taken));
        states.forEach(state -> state.add(all.size(), columns, found, taken));
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
    places.forEach(PlacedAggregate::reset);
    states.forEach(GroupState::forget);
  }

  @Override
  public final void close() {
    states.forEach(GroupState::close);
  }
}
