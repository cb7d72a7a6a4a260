package io.calcitewasm.udf.instance;

import io.calcitewasm.component.RowDriver;
import io.calcitewasm.component.fuse.Stop;
import io.calcitewasm.udf.batch.BatchColumn;
import io.calcitewasm.udf.batch.RowSelection;
import io.calcitewasm.udf.signature.SqlType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns of instances in which rows of a batch are called inside WebAssembly. Not for several
 * threads.
 */
final class LoopTurns {
  private final CallSession session;
  private final ModuleRuntime module;
  private final BoundFunction bound;
  private final List<BatchColumn> arguments;
  private final BatchColumn results;
  private final BatchProgress progress;

  LoopTurns(
      CallSession session,
      ModuleRuntime module,
      BoundFunction bound,
      List<BatchColumn> arguments,
      BatchColumn results,
      BatchProgress progress) {
    this.session = session;
    this.module = module;
    this.bound = bound;
    this.arguments = arguments;
    this.results = results;
    this.progress = progress;
  }

  /** Where the next row stands. */
  private CallSite site() {
    return new CallSite(module.label(), bound.function(), progress.number(progress.done()));
  }

  /**
   * Calls the next rows in one turn of an instance, as far as it goes.
   *
   * @throws io.calcitewasm.udf.SqlError what the first row fails with that has no result
   */
  void run(int to, RowSelection selection) {
    RowLease lease = session.leases().begin(module, bound, site()).orElse(null);
    if (lease == null) {
      return;
    }
    boolean good = false;
    progress.tookTurn();
    try {
      RowDriver driver = driver(lease.instance());
      if (driver == null) {
        bound.notBatched();
        good = true;
        return;
      }
      RowTurn rows = new RowTurn(bound, driver, module.limits().resultBytes(), arguments, results);
      int filled = rows.fill(progress.done(), to, selection);
      good = run(lease, rows, filled, selection);
      session.tell(lease.instance());
      if (lease.keeper() == null) {
        bound.resets().record(good);
      }
    } finally {
      session.leases().end(lease, module, good);
    }
  }

  /** The instance's driver; null if the function has none. To make it runs guest code. */
  private @Nullable RowDriver driver(PooledInstance instance) {
    try {
      return instance.driver(bound).orElse(null);
    } catch (Throwable e) {
      throw CallFailures.of(e, instance, module, site());
    }
  }

  /** Calls filled rows; returns whether the instance is as it was, or as its keeper wants it. */
  private boolean run(RowLease lease, RowTurn rows, int filled, RowSelection selection) {
    PooledInstance instance = lease.instance();
    int from = progress.done();
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
          progress.reach(from + struck, 0);
          throw CallFailures.of(e, instance, module, site());
        }
        progress.reach(from + rows.read(next, struck, from, selection), 0);
        if (progress.done() < from + struck) {
          if (lease.keeper() != null) {
            throw rows.unreadable(site(), instance, module);
          }
          return false;
        }
        throw CallFailures.of(e, instance, module, site());
      } finally {
        progress.spentInGuest(System.nanoTime() - start);
      }
      progress.reset(lease.keeper() == null ? stopped - next : 0);
      next = rows.read(next, stopped, from, selection);
      progress.reach(from + next, results.contentBytes(progress.done(), from + next));
      if (next < stopped) {
        if (lease.keeper() != null) {
          throw rows.unreadable(site(), instance, module);
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
          int row = progress.done();
          results.setValue(row, rows.lift(bound, site(), instance, module));
          progress.reach(row + 1, results.contentBytes(row, row + 1));
          next++;
          if (lease.keeper() == null && !instance.reset()) {
            return false;
          }
          if (progress.isFull()) {
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
