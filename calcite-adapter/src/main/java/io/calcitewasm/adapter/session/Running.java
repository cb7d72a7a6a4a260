package io.calcitewasm.adapter.session;

import io.calcitewasm.adapter.exec.Cancellation;
import io.calcitewasm.adapter.sql.QuerySource;
import io.calcitewasm.udf.SqlError;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import org.apache.calcite.linq4j.Enumerator;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one execution, pulled one after the other by one thread. Closing it ends the
 * execution: its calls, its snapshot, its timer. Failures are {@link SqlError} or what Calcite
 * throws; {@link Failures} translates them.
 */
public final class Running implements QuerySource.Rows {
  private final Enumerator<Object> rows;
  private final Cancellation cancellation;
  private final Consumer<Throwable> onFailure;
  private final Runnable onClose;
  private @Nullable Object row;
  private boolean fetched;
  private boolean closed;

  Running(
      Enumerator<Object> rows,
      Cancellation cancellation,
      Consumer<Throwable> onFailure,
      Runnable onClose) {
    this.onFailure = onFailure;
    this.rows = rows;
    this.cancellation = cancellation;
    this.onClose = onClose;
  }

  @Override
  public boolean hasNext() {
    if (!fetched) {
      checkCancelled();
      try {
        row = rows.moveNext() ? wrap(rows.current()) : null;
      } catch (RuntimeException | AssertionError | LinkageError | StackOverflowError e) {
        onFailure.accept(e);
        checkCancelled();
        throw e;
      }
      fetched = true;
    }
    return row != null;
  }

  /** A single column's NULL is a row too. */
  private static Object wrap(@Nullable Object current) {
    return current == null ? NULL_ROW : current;
  }

  private static final Object NULL_ROW = new Object();

  @Override
  public @Nullable Object next() {
    if (!hasNext()) {
      throw new NoSuchElementException("no more rows");
    }
    Object current = row;
    fetched = false;
    return current == NULL_ROW ? null : current;
  }

  private void checkCancelled() {
    Cancellation.Reason reason = cancellation.reason();
    if (reason != null) {
      throw new SqlError("57014", reason.sentence());
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      try {
        rows.close();
      } finally {
        onClose.run();
      }
    }
  }
}
