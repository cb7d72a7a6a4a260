package io.calcitewasm.adapter.session;

import io.calcitewasm.adapter.catalogue.Transaction;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rolls the open transaction of a session back when it has written something and is left alone for
 * too long. A session is busy while it prepares or executes a statement or pulls a row; a result
 * that is open and from which nothing is pulled keeps nothing alive.
 */
final class IdleWatch {
  private static final Logger LOG = LoggerFactory.getLogger(IdleWatch.class);
  private static final ScheduledThreadPoolExecutor TIMER = timer();

  private final IdleTimeout timeout;
  private final Consumer<String> record;
  private int busy;
  private long idleSince = System.nanoTime();
  private @Nullable Transaction watched;
  private @Nullable ScheduledFuture<?> next;

  /** Ends what {@link #busy} began. */
  interface Busy extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * A watch that watches nothing yet.
   *
   * @param record what puts a sentence about a transaction that was rolled back on record
   */
  IdleWatch(IdleTimeout timeout, Consumer<String> record) {
    this.timeout = timeout;
    this.record = record;
  }

  private static ScheduledThreadPoolExecutor timer() {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("calcite-wasm idle transactions").factory());
    timer.setRemoveOnCancelPolicy(true);
    return timer;
  }

  /** The session does something until the answer is closed; by the same thread, and nested. */
  synchronized Busy busy() {
    busy++;
    return this::idle;
  }

  private synchronized void idle() {
    busy--;
    idleSince = System.nanoTime();
  }

  /** A transaction of several statements begins. */
  synchronized void begin(Transaction transaction) {
    watched = transaction;
    timeout.time().ifPresent(time -> lookIn(time.toNanos()));
  }

  /** It has ended. */
  synchronized void end() {
    watched = null;
    if (next != null) {
      next.cancel(false);
      next = null;
    }
  }

  /** Looking may have to wait for the store, which is no reason for other sessions to. */
  private void lookIn(long nanos) {
    next =
        TIMER.schedule(
            () -> Thread.ofVirtual().start(this::look), Math.max(1, nanos), TimeUnit.NANOSECONDS);
  }

  private synchronized void look() {
    Transaction transaction = watched;
    Duration time = timeout.time().orElse(Duration.ZERO);
    if (transaction == null) {
      return;
    }
    long left = time.toNanos() - (System.nanoTime() - idleSince);
    if (busy > 0 || !transaction.isConnected()) {
      lookIn(time.toNanos());
    } else if (left > 0) {
      lookIn(left);
    } else {
      expire(transaction);
    }
  }

  private void expire(Transaction transaction) {
    try {
      transaction.expire(timeout.toString());
      record.accept("a transaction in which nothing was done for " + timeout + " was rolled back");
    } catch (RuntimeException e) {
      LOG.warn("an idle transaction: {}", e.getMessage());
    }
  }
}
