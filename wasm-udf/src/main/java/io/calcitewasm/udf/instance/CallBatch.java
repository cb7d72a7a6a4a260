package io.calcitewasm.udf.instance;

import io.calcitewasm.component.RowDriver;
import io.calcitewasm.component.fuse.Stop;
import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.batch.BatchColumn;
import io.calcitewasm.udf.batch.RowSelection;
import io.calcitewasm.udf.instance.CallSession.RowLease;
import io.calcitewasm.udf.signature.SqlFunction;
import io.calcitewasm.udf.signature.SqlParameter;
import io.calcitewasm.udf.signature.SqlType;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one function at one place of a statement, batch after batch. What comes out is what
 * calls one by one would give, up to the row that fails and with its error; where the function
 * allows it, the rows are called inside WebAssembly. Not for several threads.
 */
public final class CallBatch {
  /** What the contents of the results of one run take, about. */
  private static final long MOST_RESULT_BYTES = 32 << 20;

  private final CallSession session;
  private final ModuleRuntime module;
  private final BoundFunction bound;
  private final List<BatchColumn> arguments;
  private final List<BatchColumn> strict;
  private final BatchColumn results;
  private final TurnLength length = new TurnLength();
  private final BlockTurn blocks;
  private int done;

  /** Behind the last row that is not tried as part of a block. */
  private int byRows;

  private boolean numbered = true;
  private long produced;
  private long finished;
  private long firstNumber;
  private long nanos;
  private long guestNanos;
  private long single;
  private long turns;
  private long resets;
  private long hostCalls;
  private long peakBytes;

  CallBatch(
      CallSession session,
      ModuleRuntime module,
      BoundFunction bound,
      List<BatchColumn> arguments,
      BatchColumn results) {
    List<SqlParameter> parameters = bound.function().parameters();
    if (arguments.size() != parameters.size()) {
      throw new IllegalArgumentException(
          bound.function().longName() + " takes " + parameters.size() + " arguments");
    }
    this.session = session;
    this.module = module;
    this.bound = bound;
    this.arguments = List.copyOf(arguments);
    this.strict =
        IntStream.range(0, arguments.size())
            .filter(i -> !parameters.get(i).nullable())
            .mapToObj(arguments::get)
            .toList();
    this.results = results;
    this.blocks = new BlockTurn(session, module, bound, arguments, results);
  }

  /** Errors do not name the row's number, which says nothing to who wrote the statement. */
  public CallBatch unnumbered() {
    numbered = false;
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
    CallMeter.Reading after = meter.reading();
    resets += after.resets() - before.resets();
    hostCalls += after.hostCalls() - before.hostCalls();
    peakBytes = Math.max(peakBytes, after.peakBytes());
    return error;
  }

  private @Nullable SqlError runAll(int from, int to, boolean @Nullable [] unwanted) {
    long start = System.nanoTime();
    if (from == 0) {
      byRows = 0;
      results.clear(to);
      firstNumber = finished + 1;
    } else {
      results.forget(from);
    }
    RowSelection selection = new RowSelection(strict, unwanted);
    done = from;
    produced = 0;
    try {
      while (done < to && produced < MOST_RESULT_BYTES) {
        int before = done;
        if (done >= byRows && !module.hasEffects()) {
          blocks(to, selection);
        }
        if (done == before && isBatched()) {
          long began = System.nanoTime();
          watched(Math.min(to, done + length.rows()), selection);
          long took = System.nanoTime() - began;
          length.took(took);
          bound.path().took(true, done - before, took);
        }
        if (done == before) {
          one(selection);
        }
      }
      return null;
    } catch (SqlError e) {
      return e;
    } finally {
      finished += done - from;
      nanos += System.nanoTime() - start;
    }
  }

  /** Calls rows as a block, where the guest has a form for that; those left over go one by one. */
  private void blocks(int to, RowSelection selection) {
    long start = System.nanoTime();
    int before = done;
    done = blocks.run(before, to, selection, site(before));
    if (done > before) {
      turns++;
      guestNanos += System.nanoTime() - start;
      produced += results.contentBytes(before, done);
    }
    byRows = to;
  }

  /** Behind the last row of the batch that has its result. */
  public int done() {
    return done;
  }

  /**
   * What was done so far.
   *
   * @param rows rows that have their result
   * @param single of these, rows that were called one by one
   * @param turns how often an instance was taken to call many rows
   * @param resets how often an instance was put back to the state after its start
   * @param nanos time from arguments to results
   * @param guestNanos of this, time in row loops, resets included
   * @param hostCalls how often guests have called functions of the host's; 0 without a meter
   * @param peakBytes most bytes of memory that an instance had after its calls; 0 without a meter
   */
  public record Totals(
      long rows,
      long single,
      long turns,
      long resets,
      long nanos,
      long guestNanos,
      long hostCalls,
      long peakBytes) {
    /** These and others. */
    public Totals plus(Totals other) {
      return new Totals(
          rows + other.rows,
          single + other.single,
          turns + other.turns,
          resets + other.resets,
          nanos + other.nanos,
          guestNanos + other.guestNanos,
          hostCalls + other.hostCalls,
          Math.max(peakBytes, other.peakBytes));
    }
  }

  /** What was done so far. */
  public Totals totals() {
    return new Totals(finished, single, turns, resets, nanos, guestNanos, hostCalls, peakBytes);
  }

  /** A turn that the module's canary hears of, if it has one. */
  private void watched(int to, RowSelection selection) {
    CallListener listener = session.listener(module, bound);
    if (listener == null) {
      turn(to, selection);
      return;
    }
    int before = done;
    try {
      turn(to, selection);
      tell(listener, before, selection);
    } catch (SqlError e) {
      tell(listener, before, selection);
      if (listener.wants(bound.function())) {
        listener.hear(bound.function(), values(done), e, session.statement());
      }
      throw e;
    }
  }

  /** The calls of rows that have their result. */
  private void tell(CallListener listener, int from, RowSelection selection) {
    for (int row = from; row < done; row++) {
      if (selection.calls(row) && listener.wants(bound.function())) {
        listener.hear(
            bound.function(),
            values(row),
            new Canary.Outcome(results.value(row), null),
            session.statement());
      }
    }
  }

  private @Nullable Object[] values(int row) {
    @Nullable Object[] values = new Object[arguments.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = arguments.get(i).value(row);
    }
    return values;
  }

  private boolean isBatched() {
    return bound.isBatched()
        && !module.hasEffects()
        && (bound.isKept()
            || (module.isResettable() && bound.path().undoes() && bound.resets().isWorthwhile()));
  }

  /** Calls the next row alone. */
  private void one(RowSelection selection) {
    if (selection.calls(done)) {
      results.setValue(done, session.call(module, bound, values(done), rowNumber(done)));
    } else {
      results.setNull(done);
    }
    produced += results.contentBytes(done, done + 1);
    done++;
    single++;
  }

  private long rowNumber(int row) {
    return numbered ? firstNumber + row : -1;
  }

  private CallSite site(int row) {
    return new CallSite(module.label(), bound.function(), rowNumber(row));
  }

  /** Calls the next rows in one turn of an instance, as far as it goes. */
  private void turn(int to, RowSelection selection) {
    RowLease lease = session.beginRows(module, bound, site(done)).orElse(null);
    if (lease == null) {
      return;
    }
    boolean good = false;
    turns++;
    try {
      RowDriver driver = driver(lease.instance());
      if (driver == null) {
        bound.notBatched();
        good = true;
        return;
      }
      RowTurn rows = new RowTurn(bound, driver, module.limits().resultBytes(), arguments, results);
      int filled = rows.fill(done, to, selection);
      good = run(lease, rows, filled, selection);
      session.tell(lease.instance());
      if (lease.keeper() == null) {
        bound.resets().record(good);
      }
    } finally {
      session.endRows(lease, module, good);
    }
  }

  /** The instance's driver; null if the function has none. To make it runs guest code. */
  private @Nullable RowDriver driver(PooledInstance instance) {
    try {
      return instance.driver(bound).orElse(null);
    } catch (Throwable e) {
      throw CallFailures.of(e, instance, module, site(done));
    }
  }

  /** Calls filled rows; returns whether the instance is as it was, or as its keeper wants it. */
  private boolean run(RowLease lease, RowTurn rows, int filled, RowSelection selection) {
    PooledInstance instance = lease.instance();
    int from = done;
    int next = 0;
    while (next < filled) {
      int stopped;
      Stop why;
      long start = System.nanoTime();
      try {
        stopped = rows.run(next, filled);
        why = rows.stop();
      } catch (Throwable e) {
        int struck = rows.struck();
        if (bound.function().result() instanceof SqlType.Handle) {
          // Handles of the rows before are void: the instance is gone.
          done = from + struck;
          throw CallFailures.of(e, instance, module, site(done));
        }
        done = from + rows.read(next, struck, from, selection);
        if (done < from + struck) {
          if (lease.keeper() != null) {
            throw rows.unreadable(site(done), instance, module);
          }
          return false;
        }
        throw CallFailures.of(e, instance, module, site(done));
      } finally {
        guestNanos += System.nanoTime() - start;
      }
      resets += lease.keeper() == null ? stopped - next : 0;
      next = rows.read(next, stopped, from, selection);
      produced += results.contentBytes(done, from + next);
      done = from + next;
      if (next < stopped) {
        if (lease.keeper() != null) {
          throw rows.unreadable(site(done), instance, module);
        }
        return why == Stop.DONE;
      }
      switch (why) {
        case DONE -> {}
        case RENEW -> {
          // Tells the component runtime why, too.
          boolean _ = instance.reset();
          return false;
        }
        case LIFT -> {
          results.setValue(done, rows.lift(bound, site(done), instance, module));
          produced += results.contentBytes(done, done + 1);
          next++;
          done++;
          if (lease.keeper() == null && !instance.reset()) {
            return false;
          }
          if (produced >= MOST_RESULT_BYTES) {
            return true;
          }
        }
        case BAD_REALLOC -> {
          return false;
        }
      }
    }
    return true;
  }
}
