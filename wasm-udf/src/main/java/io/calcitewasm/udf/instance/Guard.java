package io.calcitewasm.udf.instance;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One running call that others may stop: the watchdog, or who cancels the statement. */
final class Guard {
  /** Why a call was stopped. */
  enum Stop {
    /** It ran over its time. */
    TIME,
    /** Its statement was cancelled. */
    CANCEL
  }

  /** When an interrupt that did not help is repeated. */
  private static final long AGAIN_MILLIS = 100;

  private final long deadline;
  private @Nullable Stop stop;
  private @Nullable Runnable interrupt;
  private boolean ended;

  Guard(Duration time) {
    this.deadline = System.nanoTime() + time.toNanos();
  }

  boolean isOver(long now) {
    return now - deadline > 0;
  }

  /** Why the call was stopped, null if nobody did. */
  synchronized @Nullable Stop stopped() {
    return stop;
  }

  /**
   * Tells how the call is stopped from now on. If somebody wanted to stop it before, it is stopped
   * at once.
   */
  void onStop(Runnable how) {
    synchronized (this) {
      interrupt = how;
      if (stop == null) {
        return;
      }
    }
    strike(how);
  }

  /** Stops the call, once; the first reason counts. Returns at once. */
  void stop(Stop why) {
    Runnable how;
    synchronized (this) {
      if (stop != null || ended) {
        return;
      }
      stop = why;
      how = interrupt;
    }
    if (how != null) {
      strike(how);
    }
  }

  /** The call has ended: from now on nobody stops it. */
  synchronized void end() {
    ended = true;
    interrupt = null;
    notifyAll();
  }

  /**
   * Stops the call from a thread of its own, again and again until it has ended: an interrupt can
   * get lost where the engine is between two pieces of guest code.
   */
  private void strike(Runnable how) {
    Thread.ofPlatform()
        .daemon()
        .name("calcite-wasm-interrupt")
        .start(
            () -> {
              while (!hasEnded()) {
                how.run();
                awaitEnd();
              }
            });
  }

  private synchronized boolean hasEnded() {
    return ended;
  }

  private synchronized void awaitEnd() {
    try {
      if (!ended) {
        wait(AGAIN_MILLIS);
      }
    } catch (InterruptedException e) {
      // Nobody else knows this thread.
      Thread.currentThread().interrupt();
    }
  }
}
