package io.calcitewasm.udf.aggregate;

import io.calcitewasm.udf.instance.CallSession;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls of a part of a statement's groups: a session with instances of its own, and a thread that
 * does one task after the other. Before it is opened, tasks are done by who has them. All methods
 * are for one thread, the statement's.
 */
final class Lane implements AutoCloseable {
  private final CallSession session;
  private @Nullable ExecutorService thread;
  private @Nullable Future<?> last;
  private volatile @Nullable Throwable failure;

  /** A lane that is not open. */
  Lane(CallSession session) {
    this.session = session;
  }

  /** Its calls, for its tasks. */
  CallSession session() {
    return session;
  }

  /** From now on a thread does what is to be done. */
  void open() {
    if (thread == null) {
      thread =
          Executors.newSingleThreadExecutor(
              Thread.ofPlatform().daemon().name("calcite-wasm-aggregates").factory());
    }
  }

  /**
   * Does a task behind those before, unless one of them has failed.
   *
   * @param after done behind it in any case
   */
  void run(Runnable task, Runnable after) {
    ExecutorService own = thread;
    if (own == null) {
      try {
        task.run();
      } finally {
        after.run();
      }
      return;
    }
    last =
        own.submit(
            () -> {
              try {
                if (failure == null) {
                  task.run();
                }
              } catch (RuntimeException | Error e) {
                failure = e;
              } finally {
                after.run();
              }
            });
  }

  /** As the other, with nothing behind it. */
  void run(Runnable task) {
    run(task, () -> {});
  }

  /** Does a task and waits for what it makes. */
  <T> T make(Supplier<T> task) {
    Made<T> made = new Made<>();
    run(() -> made.value = task.get());
    await();
    T value = made.value;
    if (value == null) {
      throw new IllegalStateException("nothing was made");
    }
    return value;
  }

  private static final class Made<T> {
    @Nullable T value;
  }

  /**
   * Waits until all tasks are done.
   *
   * @throws RuntimeException what one of them has failed with
   */
  void await() {
    Future<?> waiting = last;
    last = null;
    boolean interrupted = false;
    while (waiting != null) {
      try {
        waiting.get();
        waiting = null;
      } catch (InterruptedException e) {
        // A cancelled statement stops its calls itself.
        interrupted = true;
      } catch (ExecutionException e) {
        throw new IllegalStateException("a task has failed without being asked", e);
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    check();
  }

  /** Throws what a task has failed with, if one has. */
  void check() {
    switch (failure) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new IllegalStateException(e);
    }
  }

  /** Ends the thread, when its task is done; the session is another's to close. */
  @Override
  public void close() {
    ExecutorService own = thread;
    if (own == null) {
      return;
    }
    own.shutdownNow();
    boolean interrupted = false;
    boolean ended = false;
    while (!ended) {
      try {
        ended = own.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
