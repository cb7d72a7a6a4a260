package io.calcitewasm.udf.instance;

import io.calcitewasm.host.context.StatementContext;
import java.time.Instant;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Makes the first instance of modules that are about to be called, so that their first call finds
 * one: while their statement is still planned. One thread makes one instance after the other, and
 * ends when there is nothing to do. What fails, fails again where it is called, and is told there.
 */
public final class WarmUp implements AutoCloseable {
  private static final long IDLE_SECONDS = 1;

  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1,
          1,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          work -> Thread.ofPlatform().daemon().name("calcite-wasm-warm-up").unstarted(work));

  /** A warm-up with nothing to do. */
  public WarmUp() {
    thread.allowCoreThreadTimeOut(true);
  }

  /**
   * Has an instance made, soon.
   *
   * @return false if none will be
   */
  boolean request(ModuleRuntime module) {
    try {
      thread.execute(() -> make(module));
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  private static void make(ModuleRuntime module) {
    try (CallSession session = new CallSession(new StatementContext(Instant.now()))) {
      session.load(module);
      module.warmedUp();
    } catch (RuntimeException | AssertionError | LinkageError | StackOverflowError e) {
      // Who calls it is told.
    }
  }

  /** Waits until all instances that were asked for have been made, or could not be. */
  public void await() throws InterruptedException {
    while (thread.getActiveCount() > 0 || !thread.getQueue().isEmpty()) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  /** Makes no more; what is being made is not waited for. */
  @Override
  public void close() {
    thread.shutdownNow();
  }
}
