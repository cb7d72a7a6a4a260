package io.calcitewasm.udf.aggregate;

import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.batch.BatchColumn;
import io.calcitewasm.udf.signature.SqlType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values of groups, which are asked for together, in the order in which the groups began. */
final class AskedValues {
  private final Resources resources;
  private final UnreadQueue unread = new UnreadQueue();
  private final AccumulatorRows rows;
  private final BatchColumn answers;
  private final AccumulatorRows.Calls calls;

  /**
   * None yet.
   *
   * @param type what {@code value} answers
   */
  AskedValues(Resources resources, SqlType type) {
    this.resources = resources;
    this.rows = new AccumulatorRows(resources);
    this.answers = BatchColumn.of(type);
    this.calls = rows.calls(resources.methods().value(), List.of(), answers);
  }

  /** A value will be asked for. */
  void add(Accumulator accumulator) {
    unread.add(accumulator);
  }

  /** An accumulator gets another row: a value that is known is not its value any more. */
  void changed(Accumulator accumulator) {
    if (accumulator.read) {
      unread.add(accumulator);
    }
  }

  boolean isEmpty() {
    return unread.isEmpty();
  }

  /** Sees that a value is known, and others with it. */
  void read(Accumulator wanted) {
    while (!wanted.read) {
      if (unread.isEmpty()) {
        throw new IllegalStateException("a group's value was lost with an earlier error");
      }
      readSome();
    }
  }

  /** Asks for the values of the next accumulators. */
  void readSome() {
    List<Accumulator> next = unread.take(resources.atOnce());
    Accumulator[] asked = next.toArray(Accumulator[]::new);
    for (Accumulator accumulator : asked) {
      try {
        resources.gather(accumulator);
      } catch (SqlError e) {
        if (resources.areLost()) {
          fail(next, e);
          return;
        }
        accumulator.failure = e;
      }
    }
    @Nullable Accumulator[] whole =
        Arrays.stream(asked).map(a -> a.failure == null ? a : null).toArray(Accumulator[]::new);
    rows.take(whole, whole.length);
    int done = 0;
    while (done < asked.length) {
      resources.checkAlive();
      SqlError error = calls.run(done, asked.length);
      for (int row = done; row < calls.done(); row++) {
        set(asked[row], answers.value(row), asked[row].failure);
      }
      done = calls.done();
      if (error != null) {
        set(asked[done], null, error);
        done++;
        if (resources.areLost()) {
          fail(next.subList(done, asked.length), error);
          return;
        }
      }
    }
    if (resources.hasSaved()) {
      // More rows may come for those that were asked early.
      resources.used(asked.length);
    }
  }

  /** These and all that wait behind them are gone. */
  private void fail(List<Accumulator> gone, SqlError error) {
    gone.forEach(a -> set(a, null, error));
    unread.take(Integer.MAX_VALUE).forEach(a -> set(a, null, error));
  }

  private static void set(
      Accumulator accumulator, @Nullable Object value, @Nullable SqlError failure) {
    accumulator.value = value;
    accumulator.failure = failure;
    accumulator.read = true;
    accumulator.queued = false;
  }
}
