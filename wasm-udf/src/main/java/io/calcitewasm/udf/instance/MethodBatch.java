package io.calcitewasm.udf.instance;

import io.calcitewasm.component.RowDriver;
import io.calcitewasm.component.fuse.Stop;
import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.batch.BatchColumn;
import io.calcitewasm.udf.batch.RowSelection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Calls of a resource's methods at one place of a statement, a method for each row, in the order of
 * the rows, so that one method sees what another has done before it. Calls are made inside
 * WebAssembly where the methods allow it. The first method takes all columns, others the first of
 * them; the last one's results are those of the batch, the others answer nothing. Not for several
 * threads.
 */
public final class MethodBatch {
  private final CallSession session;
  private final ModuleRuntime module;
  private final List<BoundFunction> methods;
  private final ArgumentColumns arguments;
  private final BatchColumn handles;
  private final BatchColumn results;
  private final int answering;
  private final TurnLength length = new TurnLength();
  private final int[] chosen;
  private final boolean[] untaken;
  private final boolean[] unanswered;
  private boolean batched = true;
  private int done;

  /** What was done since a meter began to look: turns, rows called alone, time in row loops. */
  private long turns;

  private long[] single = new long[0];
  private long guestNanos;

  MethodBatch(
      CallSession session,
      ModuleRuntime module,
      List<BoundFunction> methods,
      List<BatchColumn> arguments,
      BatchColumn results,
      int most) {
    this.session = session;
    this.module = module;
    this.methods = List.copyOf(methods);
    this.arguments = new ArgumentColumns(arguments);
    this.handles = arguments.getFirst();
    this.results = results;
    this.answering = methods.size() - 1;
    this.chosen = new int[most];
    this.untaken = new boolean[most];
    this.unanswered = new boolean[most];
  }

  /** Says which method a row calls, by its number in the batch's list. */
  public void choose(int row, int method) {
    chosen[row] = method;
  }

  /**
   * Calls the methods of rows. One without a handle is not called.
   *
   * @param from the first row; 0 for a new batch, later the row behind one that has failed
   * @param to behind the last row
   * @return null, or what the row {@link #done()} fails with; all rows before it are done
   */
  public @Nullable SqlError run(int from, int to) {
    CallMeter meter = session.meter();
    if (meter == null) {
      return runAll(from, to);
    }
    CallMeter.Reading before = meter.reading();
    meter.newPeak();
    turns = 0;
    single = new long[methods.size()];
    guestNanos = 0;
    long start = System.nanoTime();
    SqlError error = runAll(from, to);
    tell(meter, before, System.nanoTime() - start, from);
    return error;
  }

  /** Tells what each method has taken: of what was measured of all together, its rows' share. */
  private void tell(CallMeter meter, CallMeter.Reading before, long nanos, int from) {
    long[] rows = new long[methods.size()];
    long all = 0;
    for (int row = from; row < done; row++) {
      if (!handles.isNull(row)) {
        rows[chosen[row]]++;
        all++;
      }
    }
    CallMeter.Reading after = meter.reading();
    for (int i = 0; i < rows.length; i++) {
      if (rows[i] > 0) {
        meter.called(
            methods.get(i).function(),
            new CallTotals(
                rows[i],
                single[i],
                turns,
                0,
                nanos * rows[i] / all,
                guestNanos * rows[i] / all,
                (after.hostCalls() - before.hostCalls()) * rows[i] / all,
                after.peakBytes()));
      }
    }
  }

  private @Nullable SqlError runAll(int from, int to) {
    if (from == 0) {
      results.clear(to);
      for (int row = 0; row < to; row++) {
        boolean called = !handles.isNull(row);
        unanswered[row] = !called || chosen[row] != answering;
        untaken[row] = !called || chosen[row] == answering;
      }
    }
    done = from;
    try {
      while (done < to) {
        int before = done;
        if (batched) {
          long began = System.nanoTime();
          turn(Math.min(to, done + length.rows()));
          turns += done > before ? 1 : 0;
          length.took(System.nanoTime() - began);
        }
        if (done == before) {
          one();
        }
      }
      return null;
    } catch (SqlError e) {
      return e;
    }
  }

  /** Behind the last row that is done. */
  public int done() {
    return done;
  }

  private BoundFunction method(int row) {
    return methods.get(chosen[row]);
  }

  /** Calls the method of the next row alone. */
  private void one() {
    @Nullable Object result = null;
    if (!handles.isNull(done)) {
      BoundFunction method = method(done);
      result = session.call(module, method, arguments.values(method, done), -1);
      if (single.length > 0) {
        single[chosen[done]]++;
      }
    }
    results.setValue(done, unanswered[done] ? null : result);
    done++;
  }

  private CallSite site(int row) {
    return new CallSite(module.label(), method(row).function(), -1);
  }

  /** Calls the next rows in one turn of the instance, as far as it goes. */
  private void turn(int to) {
    RowLease lease = session.leases().begin(module, methods.getFirst(), site(done)).orElse(null);
    if (lease == null) {
      return;
    }
    PooledInstance instance = lease.instance();
    boolean good = false;
    try {
      RowDriver driver = driver(instance);
      if (driver == null) {
        batched = false;
        good = true;
        return;
      }
      RowTurn rows =
          new RowTurn(
              methods.getFirst(),
              methods.get(answering),
              driver,
              driver.shape(answering).result(),
              module.limits().resultBytes(),
              arguments.all(),
              results);
      int filled = rows.fill(done, to, new RowSelection(List.of(), untaken));
      for (int i = 0; i < filled; i++) {
        if (!handles.isNull(done + i)) {
          rows.choose(i, chosen[done + i]);
        }
      }
      good = run(instance, rows, filled);
      session.tell(instance);
    } finally {
      session.leases().end(lease, module, good);
    }
  }

  /** The instance's driver; null if the methods have none. To make it runs guest code. */
  private @Nullable RowDriver driver(PooledInstance instance) {
    try {
      return instance.driver(methods).orElse(null);
    } catch (Throwable e) {
      throw CallFailures.of(e, instance, module, site(done));
    }
  }

  /** Calls filled rows; returns whether the instance can be used further. */
  private boolean run(PooledInstance instance, RowTurn rows, int filled) {
    int from = done;
    int next = 0;
    RowSelection answered = new RowSelection(List.of(), unanswered);
    while (next < filled) {
      int stopped;
      Stop why;
      try {
        long began = System.nanoTime();
        stopped = rows.run(next, filled);
        why = rows.stop();
        guestNanos += System.nanoTime() - began;
      } catch (Throwable e) {
        read(instance, rows, next, rows.struck(), from, answered);
        throw CallFailures.of(e, instance, module, site(done));
      }
      read(instance, rows, next, stopped, from, answered);
      next = stopped;
      switch (why) {
        case DONE -> {}
        case LIFT -> {
          Object result = rows.lift(method(done), site(done), instance, module);
          results.setValue(done, unanswered[done] ? null : result);
          next++;
          done++;
        }
        case RENEW, BAD_REALLOC -> {
          return false;
        }
      }
    }
    return true;
  }

  private void read(
      PooledInstance instance, RowTurn rows, int first, int end, int from, RowSelection answered) {
    int read = rows.read(first, end, from, answered);
    done = from + read;
    if (read < end) {
      throw rows.unreadable(site(done), instance, module);
    }
  }
}
