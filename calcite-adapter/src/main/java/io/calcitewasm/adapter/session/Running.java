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
 * execution: its calls, its snapshot, its timer. When the last row has been pulled, or when it is
 * closed before and has not failed, what modules have kept in it is written. Failures are {@link
 * SqlError} or what Calcite throws; {@link Failures} translates them.
 */
public final class Running implements QuerySource.Rows {
  private final Enumerator<Object> rows;
  private final Cancellation cancellation;
  private final @Nullable IdleWatch watch;
  private final Runnable onSuccess;
  private final Consumer<Throwable> onFailure;
  private final Runnable onClose;
  private @Nullable Object row;
  private boolean fetched;
  private boolean decided;
  private boolean closed;

  /**
   * The rows of an execution that has begun.
   *
   * @param watch is to know when rows are pulled; null where nobody need know
   * @param onSuccess what is done when all that is wanted was pulled
   * @param onFailure what is told of a failure
   * @param onClose what is done at the end
   */
  Running(
      Enumerator<Object> rows,
      Cancellation cancellation,
      @Nullable IdleWatch watch,
      Runnable onSuccess,
      Consumer<Throwable> onFailure,
      Runnable onClose) {
    this.onSuccess = onSuccess;
    this.onFailure = onFailure;
    this.rows = rows;
    this.cancellation = cancellation;
    this.watch = watch;
    this.onClose = onClose;
  }

  @Override
  public boolean hasNext() {
    if (!fetched) {
      checkCancelled();
      try (var _ = busy()) {
        row = rows.moveNext() ? wrap(rows.current()) : null;
        if (row == null) {
          succeed();
        }
      } catch (RuntimeException | AssertionError | LinkageError | StackOverflowError e) {
        decided = true;
        onFailure.accept(e);
        checkCancelled();
        throw e;
      }
      fetched = true;
    }
    return row != null;
  }

  private IdleWatch.@Nullable Busy busy() {
    return watch == null ? null : watch.busy();
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

  private void succeed() {
    if (!decided) {
      decided = true;
      onSuccess.run();
    }
  }

  private void checkCancelled() {
    Cancellation.Reason reason = cancellation.reason();
    if (reason != null) {
      decided = true;
      throw new SqlError("57014", reason.sentence());
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      try (var _ = busy()) {
        end();
      }
    }
  }

  private void end() {
    try {
      rows.close();
      if (cancellation.reason() == null) {
        succeed();
      }
    } finally {
      onClose.run();
    }
  }
}
