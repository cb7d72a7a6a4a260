package io.calcitewasm.udf.instance;

import io.calcitewasm.component.RowDriver;
import io.calcitewasm.component.fuse.Stop;
import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.instance.BoundFunction.ArgumentException;
import io.calcitewasm.udf.instance.BoundFunction.RaisedException;
import io.calcitewasm.udf.value.MisfitException;
import java.nio.charset.CharacterCodingException;
import org.jspecify.annotations.Nullable;

/** One piece of work of {@link CallSession#callAll}: some rows in one turn of one instance. */
final class RowCalls {
  private final CallSession session;
  private final ModuleRuntime module;
  private final BoundFunction bound;
  private final @Nullable Object[][] rows;
  private final long firstRow;
  private final @Nullable Object[] results;

  RowCalls(
      CallSession session,
      ModuleRuntime module,
      BoundFunction bound,
      @Nullable Object[][] rows,
      long firstRow,
      @Nullable Object[] results) {
    this.session = session;
    this.module = module;
    this.bound = bound;
    this.rows = rows;
    this.firstRow = firstRow;
    this.results = results;
  }

  private CallSite site(int row) {
    return new CallSite(module.label(), bound.function(), firstRow + row);
  }

  /**
   * Calls rows.
   *
   * @param from the first row
   * @param to behind the last
   * @return behind the last row that is done; {@code from} if that row has to be called alone
   * @throws SqlError what a row fails with, when all before it are done
   */
  int run(int from, int to) {
    PooledInstance instance = session.beginRows(module, site(from));
    boolean good = false;
    try {
      RowDriver driver = instance.driver(bound).orElse(null);
      if (driver == null) {
        bound.notBatched();
        good = true;
        return from;
      }
      RowBatch batch = new RowBatch(bound, driver, module.limits().resultBytes());
      int filled = batch.fill(rows, from, to);
      Outcome outcome = run(instance, batch, from, filled);
      good = outcome.good;
      if (outcome.good) {
        bound.resets().succeeded();
      } else {
        bound.resets().failed();
      }
      ArgumentException misfit = batch.misfit();
      if (outcome.done == from + filled && misfit != null) {
        throw site(outcome.done).error(misfit.sqlState(), words(misfit), null);
      }
      return outcome.done;
    } finally {
      session.endRows(instance, module, good);
    }
  }

  /**
   * How rows went.
   *
   * @param done behind the last row that is done
   * @param good whether the instance is as it was
   */
  private record Outcome(int done, boolean good) {}

  private Outcome run(PooledInstance instance, RowBatch batch, int from, int filled) {
    int next = 0;
    while (next < filled) {
      int stopped;
      Stop why;
      try {
        stopped = batch.run(next);
        why = batch.stop();
      } catch (Throwable e) {
        throw CallSession.failure(e, instance, module, site(from + batch.row()));
      }
      for (; next < stopped; next++) {
        if (!read(batch, from, next)) {
          return new Outcome(from + next, why == Stop.DONE);
        }
      }
      switch (why) {
        case DONE -> {}
        case RENEW -> {
          // Tells the component runtime why, too.
          boolean _ = instance.reset();
          return new Outcome(from + next, false);
        }
        case LIFT -> {
          results[from + next] = lift(instance, batch, from, next);
          next++;
          if (!instance.reset()) {
            return new Outcome(from + next, false);
          }
        }
        case BAD_REALLOC -> {
          return new Outcome(from + next, false);
        }
      }
    }
    return new Outcome(from + next, true);
  }

  /** Reads a result; false if the row has to be called alone. */
  private boolean read(RowBatch batch, int from, int row) {
    try {
      results[from + row] = batch.result(row);
      return true;
    } catch (RaisedException e) {
      throw site(from + row).error(e.error().sqlState(), e.error().words(), null);
    } catch (MisfitException e) {
      throw site(from + row).error(e.sqlState(), words(e), null);
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private @Nullable Object lift(PooledInstance instance, RowBatch batch, int from, int row) {
    try {
      return batch.liftRow();
    } catch (RaisedException e) {
      throw site(from + row).error(e.error().sqlState(), e.error().words(), null);
    } catch (MisfitException e) {
      throw site(from + row).error(e.sqlState(), words(e), null);
    } catch (Throwable e) {
      throw CallSession.failure(e, instance, module, site(from + row));
    }
  }

  private static String words(MisfitException e) {
    return "result" + (e.isNested() ? ", " : ": ") + e.getMessage();
  }

  private static String words(ArgumentException e) {
    return String.valueOf(e.getMessage());
  }
}
