package io.calcitewasm.udf.instance;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Stops calls that run over their time. One thread looks at all running calls every few
 * milliseconds, so that a call costs no timer of its own; it sleeps while there are none, and ends
 * after a second of that, so that a watchdog nobody closes holds no thread.
 */
public final class Watchdog implements AutoCloseable {
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Set<Guard> running = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;
  private volatile boolean idle;
  private volatile @Nullable Thread thread;

  /**
   * Watches a call from now on.
   *
   * @throws IllegalStateException if the watchdog is closed
   */
  void watch(Guard guard) {
    if (closed) {
      throw new IllegalStateException("the database is closed");
    }
    running.add(guard);
    if (idle || thread == null) {
      wake();
    }
  }

  /** The call has ended. */
  void release(Guard guard) {
    running.remove(guard);
  }

  /** Number of calls under watch. */
  public int running() {
    return running.size();
  }

  private synchronized void wake() {
    Thread watching = thread;
    if (watching == null) {
      watching = Thread.ofPlatform().daemon().name("calcite-wasm-watchdog").start(this::watch);
      thread = watching;
    }
    LockSupport.unpark(watching);
  }

  private void watch() {
    long lastBusy = System.nanoTime();
    while (!closed) {
      long now = System.nanoTime();
      for (Guard guard : running) {
        if (guard.isOver(now)) {
          running.remove(guard);
          guard.stop(Guard.Stop.TIME);
        }
      }
      idle = running.isEmpty();
      if (!idle) {
        lastBusy = now;
      } else if (now - lastBusy > IDLE_NANOS && retire()) {
        return;
      }
      // Whoever adds a call after this line sees idle and wakes this thread.
      LockSupport.parkNanos(this, idle && running.isEmpty() ? IDLE_NANOS : TICK_NANOS);
    }
  }

  /** Lets the thread end, unless a call has come meanwhile. */
  private synchronized boolean retire() {
    if (running.isEmpty()) {
      thread = null;
      return true;
    }
    return false;
  }

  /** Ends the thread; calls still running are no longer watched. */
  @Override
  public synchronized void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
