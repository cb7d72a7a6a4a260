package io.calcitewasm.component.core;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Threads with small stacks for guest code. How long recursion without end takes to exhaust a
 * stack, and how much memory unwinding it costs, grows faster than the stack: a tenth of a second
 * on 1 MiB, seconds on 8 MiB, and on some hundred MiB it no longer ends in sensible time.
 */
public final class GuestThreads implements AutoCloseable {
  private static final long STACK_BYTES = 1 << 20;
  private static final long IDLE_SECONDS = 10;

  private final AtomicInteger count = new AtomicInteger();
  private final ExecutorService threads =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          this::newThread);

  private Thread newThread(Runnable work) {
    Thread thread =
        new Thread(null, work, "wasm-guest-" + count.incrementAndGet(), STACK_BYTES, false);
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Runs work on one of these threads and waits for it, also when the calling thread is interrupted
   * meanwhile. What the work throws is thrown here.
   */
  public <T extends @Nullable Object> T run(Callable<T> work) throws Exception {
    Future<T> future = threads.submit(work);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return future.get();
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

  /** Lets the threads end; work under way is finished. */
  @Override
  public void close() {
    threads.shutdown();
  }
}
