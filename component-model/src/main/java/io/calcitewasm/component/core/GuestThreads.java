package io.calcitewasm.component.core;

import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Threads with stacks of one size for guest code, whatever the caller's is, and small ones: each is
 * memory, and guests cannot recur far beyond what it holds.
 *
 * <p>A thread that has finished its work serves the next caller; one that is idle for long ends.
 */
public final class GuestThreads implements AutoCloseable {
  private static final long STACK_BYTES = 1 << 20;
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final ConcurrentLinkedDeque<Worker> idle = new ConcurrentLinkedDeque<>();
  private final AtomicInteger started = new AtomicInteger();

  /**
   * Runs work on one of these threads and waits for it, also when the calling thread is interrupted
   * meanwhile. What the work throws is thrown here.
   */
  public <T extends @Nullable Object> T run(Callable<T> work) throws Exception {
    Worker worker = idle.pollFirst();
    if (worker == null) {
      worker = new Worker();
      worker.thread.start();
    }
    FutureTask<T> task = worker.give(work);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case Exception exception -> throw exception;
        case Error error -> throw error;
        case null, default -> throw e;
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Lets idle threads end now. */
  @Override
  public void close() {
    Worker worker;
    while ((worker = idle.pollFirst()) != null) {
      worker.end();
    }
  }

  private final class Worker implements Runnable {
    private static final Runnable END = () -> {};

    private final AtomicReference<@Nullable Runnable> next = new AtomicReference<>();
    private final Thread thread;

    Worker() {
      String name = "wasm-guest-" + started.incrementAndGet();
      thread = new Thread(null, this, name, STACK_BYTES, false);
      thread.setDaemon(true);
    }

    <T extends @Nullable Object> FutureTask<T> give(Callable<T> work) {
      FutureTask<T> task =
          new FutureTask<>(
              () -> {
                try {
                  return work.call();
                } finally {
                  // Before the caller wakes, so that its next call finds this thread again.
                  idle.addFirst(this);
                }
              });
      next.set(task);
      LockSupport.unpark(thread);
      return task;
    }

    void end() {
      next.set(END);
      LockSupport.unpark(thread);
    }

    @Override
    public void run() {
      long idleSince = System.nanoTime();
      while (true) {
        Runnable task = next.getAndSet(null);
        if (task == END) {
          return;
        }
        if (task != null) {
          task.run();
          idleSince = System.nanoTime();
        } else if (System.nanoTime() - idleSince < IDLE_NANOS) {
          LockSupport.parkNanos(this, IDLE_NANOS);
        } else if (idle.remove(this)) {
          return;
        }
      }
    }
  }
}
