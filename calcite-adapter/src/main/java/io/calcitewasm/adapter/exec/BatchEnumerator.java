package io.calcitewasm.adapter.exec;

import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.batch.BatchColumn;
import io.calcitewasm.udf.instance.CallBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.DataContext;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.jspecify.annotations.Nullable;

/**
 * Takes rows of its input in batches, calls functions of modules for them, and delivers rows.
 * Subclasses are generated: {@link #fill} takes input rows and sets arguments, {@link #moveNext}
 * tests rows whose results are there, {@link #current} makes a row of them. What is delivered, and
 * when an error comes, is as if the rows were taken one by one; only more of the input may have
 * been taken.
 */
public abstract class BatchEnumerator implements Enumerator<Object> {
  /** Rows of the first batch: a LIMIT often wants no more. */
  private static final int FIRST_ROWS = 16;

  /** Most rows of a batch. */
  private static final int MOST_ROWS = 1024;

  /** What the contents of a batch's arguments should take at most. */
  private static final long MOST_BYTES = 4 << 20;

  /** A batch should take no longer, so that what comes is delivered. */
  private static final long MOST_NANOS = 20_000_000;

  private final DataContext root;
  private final Enumerable<?> source;
  private final int operator;
  private final List<Place> places = new ArrayList<>();
  private @Nullable Enumerator<?> input;
  private @Nullable Object[] kept = new Object[0];
  private int size = FIRST_ROWS;
  private int taken;
  private int row;
  private int ready;
  private boolean ended;
  private boolean keeps;

  /** The row that fails, or {@link #taken}. */
  private int end;

  /** What that row fails with. */
  private @Nullable RuntimeException failure;

  /** What taking rows behind the last one failed with. */
  private @Nullable RuntimeException inputFailure;

  /** A place that calls one function. */
  private static final class Place {
    private final FunctionBinding bound;
    private final SourcePlace source;
    private final BatchColumn[] arguments;
    private final CallBatch batch;
    private final boolean convertsResults;
    private boolean[] unwanted = new boolean[0];
    private boolean anyUnwanted;

    private Place(
        FunctionBinding bound, SourcePlace source, BatchColumn[] arguments, BatchColumn results) {
      this.bound = bound;
      this.source = source;
      this.arguments = arguments;
      this.convertsResults = CalciteValues.hasBinary(bound.function().result());
      this.batch =
          bound.calls().batch(bound.module(), bound.function(), List.of(arguments), results);
    }
  }

  /**
   * An enumerator that has not begun.
   *
   * @param root the execution's data context
   * @param source the input
   * @param operator the operator's number in the plan
   */
  protected BatchEnumerator(DataContext root, Enumerable<?> source, int operator) {
    this.root = root;
    this.source = source;
    this.operator = operator;
  }

  /**
   * Adds a place that calls a function. Places are called in the order in which they are added.
   *
   * @param key the function's {@link FunctionKey#toString()}
   * @param source what {@link CallSite#place} has made of the call's position
   * @param arguments the columns that {@link #fill} sets
   * @param results the column of the results, which is returned
   */
  protected final <C extends BatchColumn> C place(
      String key, String source, BatchColumn[] arguments, C results) {
    Place place =
        new Place(
            FunctionBinding.of(root, FunctionKey.parse(key)),
            SourcePlace.parse(source),
            arguments,
            results);
    CallStatistics statistics =
        root instanceof StatementContext context ? context.statistics() : null;
    if (statistics != null) {
      statistics.add(operator, places.size(), place.batch);
    }
    places.add(place);
    return results;
  }

  /**
   * Takes rows of the input and sets their arguments.
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

  /** Keeps a row of the input, as {@link #kept} shall return it. */
  protected final void keep(int slot, @Nullable Object inputRow) {
    kept[slot] = inputRow;
    keeps = true;
  }

  /** The row of the input that {@link #row} was. */
  protected final @Nullable Object kept() {
    return kept[row];
  }

  /** A place's function is not called for the row that is being set. */
  protected final void skip(int place, int slot) {
    Place at = places.get(place);
    at.unwanted[slot] = true;
    at.anyUnwanted = true;
  }

  /** An argument that the function takes in another form than Calcite has it. */
  protected final @Nullable Object argument(int place, int parameter, @Nullable Object value) {
    return CalciteValues.toModule(
        places.get(place).bound.function().parameters().get(parameter).type(), value);
  }

  /** A result that Calcite takes in another form than the function gives it. */
  protected final @Nullable Object result(int place, @Nullable Object value) {
    Place at = places.get(place);
    return at.convertsResults
        ? CalciteValues.toCalcite(at.bound.function().result(), value)
        : value;
  }

  /** The row of the batch that is tested or delivered. */
  protected final int row() {
    return row;
  }

  /**
   * Goes to the next row that has its results; false if there is none. Who asks again after a row
   * has failed gets the one behind it, if the input goes on.
   */
  protected final boolean next() {
    return ++row < ready || nextRows();
  }

  private boolean nextRows() {
    while (row >= ready) {
      if (ready < end) {
        // Results were too large to have all at once.
        call();
        continue;
      }
      throwFailure();
      if (ended) {
        return false;
      }
      nextBatch();
    }
    return true;
  }

  private void throwFailure() {
    RuntimeException thrown = failure;
    if (thrown != null) {
      failure = null;
      ready = end + 1;
      end = taken;
      throw thrown;
    }
    thrown = inputFailure;
    if (thrown != null) {
      inputFailure = null;
      throw thrown;
    }
  }

  private void nextBatch() {
    long start = System.nanoTime();
    prepare();
    try {
      ended = fill(open(), size);
    } catch (RuntimeException e) {
      inputFailure = e;
    }
    row = 0;
    ready = 0;
    end = taken;
    if (end > 0) {
      call();
    }
    boolean quick = System.nanoTime() - start < MOST_NANOS;
    size = quick ? Math.min(size * 4, MOST_ROWS) : Math.max(1, size / 2);
    long bytes = bytes();
    if (bytes > 0) {
      long fitting = Math.max(1, MOST_BYTES * Math.max(1, taken) / bytes);
      size = (int) Math.min(size, fitting);
    }
  }

  private Enumerator<?> open() {
    Enumerator<?> rows = input;
    if (rows == null) {
      rows = source.enumerator();
      input = rows;
    }
    return rows;
  }

  private void prepare() {
    if (kept.length < size) {
      kept = new Object[size];
    } else if (keeps) {
      Arrays.fill(kept, 0, taken, null);
    }
    taken = 0;
    for (Place place : places) {
      for (BatchColumn argument : place.arguments) {
        argument.clear(size);
      }
      if (place.unwanted.length < size) {
        place.unwanted = new boolean[size];
      } else if (place.anyUnwanted) {
        Arrays.fill(place.unwanted, false);
      }
      place.anyUnwanted = false;
    }
  }

  /** Calls the functions for the rows from {@link #ready} on. */
  private void call() {
    int to = end;
    for (Place place : places) {
      SqlError error = place.batch.run(ready, to, place.anyUnwanted ? place.unwanted : null);
      to = place.batch.done();
      if (error != null) {
        failure = place.source.of(error, root);
        end = to;
      }
    }
    ready = to;
  }

  private long bytes() {
    long bytes = 0;
    for (Place place : places) {
      for (BatchColumn argument : place.arguments) {
        bytes += argument.contentBytes(0, taken);
      }
    }
    return bytes;
  }

  /** Begins anew: the input is enumerated once more. */
  @Override
  public final void reset() {
    close();
    input = null;
    row = 0;
    ready = 0;
    end = 0;
    ended = false;
    failure = null;
    inputFailure = null;
  }

  @Override
  public final void close() {
    Enumerator<?> rows = input;
    if (rows != null) {
      rows.close();
    }
  }
}
