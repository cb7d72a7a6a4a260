package io.calcitewasm.udf.instance;

import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.batch.BatchColumn;
import io.calcitewasm.udf.batch.RowSelection;
import io.calcitewasm.udf.signature.SqlFunction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one function at one place of a statement, batch after batch. What comes out is what
 * calls one by one would give, up to the row that fails and with its error; where the function
 * allows it, the rows are called as blocks or inside WebAssembly. Not for several threads.
 */
public final class CallBatch {
  private final CallSession session;
  private final ModuleRuntime module;
  private final BoundFunction bound;
  private final ArgumentColumns arguments;
  private final List<BatchColumn> strict;
  private final BatchColumn results;
  private final BatchProgress progress = new BatchProgress();
  private final TurnLength length = new TurnLength();
  private final BlockTurn blocks;
  private final LoopTurns turns;

  /** Behind the last row that is not tried as part of a block. */
  private int byRows;

  CallBatch(
      CallSession session,
      ModuleRuntime module,
      BoundFunction bound,
      List<BatchColumn> arguments,
      BatchColumn results) {
    int parameters = bound.function().parameters().size();
    if (arguments.size() != parameters) {
      throw new IllegalArgumentException(
          bound.function().longName() + " takes " + parameters + " arguments");
    }
    this.session = session;
    this.module = module;
    this.bound = bound;
    this.arguments = new ArgumentColumns(arguments);
    this.strict = this.arguments.strict(bound);
    this.results = results;
    this.blocks = new BlockTurn(session, module, bound, this.arguments.all(), results);
    this.turns = new LoopTurns(session, module, bound, this.arguments.all(), results, progress);
  }

  /** Errors do not name the row's number, which says nothing to who wrote the statement. */
  public CallBatch unnumbered() {
    progress.unnumbered();
    return this;
  }

  /** The function. */
  public SqlFunction function() {
    return bound.function();
  }

  /**
   * Calls the function for rows of a filled batch. It stops early without an error where the
   * results take too much memory to have them all at once; go on at {@link #done()} when those that
   * are there are used.
   *
   * @param from the first row; 0 for a new batch, later the row where the last run stopped
   * @param to behind the last row
   * @param unwanted rows that are not called, whose result is NULL; null if all are
   * @return null, or what the row {@link #done()} fails with; all rows before it have their result
   */
  public @Nullable SqlError run(int from, int to, boolean @Nullable [] unwanted) {
    CallMeter meter = session.meter();
    if (meter == null) {
      return runAll(from, to, unwanted);
    }
    CallMeter.Reading before = meter.reading();
    meter.newPeak();
    SqlError error = runAll(from, to, unwanted);
    progress.measured(before, meter.reading());
    return error;
  }

  private @Nullable SqlError runAll(int from, int to, boolean @Nullable [] unwanted) {
    long start = System.nanoTime();
    if (from == 0) {
      byRows = 0;
      results.clear(to);
    } else {
      results.forget(from);
    }
    progress.begin(from);
    RowSelection selection = new RowSelection(strict, unwanted);
    try {
      while (progress.done() < to && !progress.isFull()) {
        int before = progress.done();
        if (before >= byRows && !module.hasEffects()) {
          blocks(to, selection);
        }
        if (progress.done() == before && isBatched()) {
          long began = System.nanoTime();
          turn(Math.min(to, before + length.rows()), selection);
          long took = System.nanoTime() - began;
          length.took(took);
          bound.path().took(true, progress.done() - before, took);
        }
        if (progress.done() == before) {
          one(selection);
        }
      }
      return null;
    } catch (SqlError e) {
      return e;
    } finally {
      progress.end(from, System.nanoTime() - start);
    }
  }

  /** Behind the last row of the batch that has its result. */
  public int done() {
    return progress.done();
  }

  /** What was done so far. */
  public CallTotals totals() {
    return progress.totals();
  }

  /** Calls rows as a block, where the guest has a form for that; those left over go one by one. */
  private void blocks(int to, RowSelection selection) {
    long start = System.nanoTime();
    int before = progress.done();
    CallSite site = new CallSite(module.label(), bound.function(), progress.number(before));
    int done = blocks.run(before, to, selection, site);
    if (done > before) {
      progress.tookTurn();
      progress.spentInGuest(System.nanoTime() - start);
      progress.reach(done, results.contentBytes(before, done));
    }
    byRows = to;
  }

  private boolean isBatched() {
    return bound.isBatched()
        && !module.hasEffects()
        && (bound.isKept()
            || (module.isResettable() && bound.path().undoes() && bound.resets().isWorthwhile()));
  }

  /** Calls rows in a turn that the module's canary hears of, if it has one. */
  private void turn(int to, RowSelection selection) {
    CallListener listener = session.hearing().listener(module, bound);
    if (listener == null) {
      turns.run(to, selection);
      return;
    }
    int before = progress.done();
    try {
      turns.run(to, selection);
      tell(listener, before, selection);
    } catch (SqlError e) {
      tell(listener, before, selection);
      if (listener.wants(bound.function())) {
        @Nullable Object[] values = arguments.values(bound, progress.done());
        listener.hear(bound.function(), values, e, session.statement());
      }
      throw e;
    }
  }

  /** Tells the calls of rows that have their result. */
  private void tell(CallListener listener, int from, RowSelection selection) {
    for (int row = from; row < progress.done(); row++) {
      if (selection.calls(row) && listener.wants(bound.function())) {
        listener.hear(
            bound.function(),
            arguments.values(bound, row),
            new Canary.Outcome(results.value(row), null),
            session.statement());
      }
    }
  }

  /** Calls the next row alone. */
  private void one(RowSelection selection) {
    int row = progress.done();
    if (selection.calls(row)) {
      @Nullable Object[] values = arguments.values(bound, row);
      results.setValue(row, session.call(module, bound, values, progress.number(row)));
    } else {
      results.setNull(row);
    }
    progress.reach(row + 1, results.contentBytes(row, row + 1));
    progress.calledAlone();
  }
}
