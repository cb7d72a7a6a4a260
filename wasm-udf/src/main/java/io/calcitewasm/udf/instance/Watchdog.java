package io.calcitewasm.udf.instance;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Stops calls that run over their time, and closes instances that were idle for a minute. One
 * thread looks at all instances every few milliseconds, so that a call costs no timer and no
 * registration; it sleeps while there are no calls, and ends when there is nothing left to do, so
 * that a watchdog nobody closes holds no thread.
 */
public final class Watchdog implements AutoCloseable {
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
  private static final long CALM_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long SURPLUS_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final Set<InstancePool> pools = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;
  private volatile boolean asleep = true;
  private volatile @Nullable Thread thread;

  /**
   * Watches a pool from now on.
   *
   * @return false if the watchdog is closed
   */
  boolean add(InstancePool pool) {
    pools.add(pool);
    if (closed) {
      pools.remove(pool);
    }
    return !closed;
  }

  /** The pool has no instances any more. */
  void remove(InstancePool pool) {
    pools.remove(pool);
  }

  /** To be called after a turn has begun: from then on it is watched. */
  void onTurn() {
    if (asleep) {
      wake();
    }
  }

  /** Calls that are running. */
  public int running() {
    return pools.stream().mapToInt(InstancePool::running).sum();
  }

  private synchronized void wake() {
    if (closed) {
      return;
    }
    asleep = false;
    Thread watching = thread;
    if (watching == null) {
      watching = Thread.ofPlatform().daemon().name("calcite-wasm-watchdog").start(this::watch);
      thread = watching;
    }
    LockSupport.unpark(watching);
  }

  private void watch() {
    long active = System.nanoTime();
    long swept = active;
    boolean surplus = true;
    while (!closed) {
      long now = System.nanoTime();
      if (look(now)) {
        active = now;
        asleep = false;
      }
      if (now - swept > IDLE_NANOS) {
        surplus = sweep(now);
        swept = now;
      }
      if (now - active < CALM_NANOS) {
        LockSupport.parkNanos(this, TICK_NANOS);
        continue;
      }
      asleep = true;
      // Whoever begins a turn after this line sees it and wakes this thread.
      if (!look(now)) {
        if (!surplus && now - active > IDLE_NANOS && retire()) {
          return;
        }
        LockSupport.parkNanos(this, IDLE_NANOS);
      }
      if (!asleep) {
        active = System.nanoTime();
      }
    }
  }

  private boolean look(long now) {
    boolean active = false;
    for (InstancePool pool : pools) {
      active |= pool.watch(now);
    }
    return active;
  }

  private boolean sweep(long now) {
    boolean more = false;
    for (InstancePool pool : pools) {
      more |= pool.sweep(now, pool.isRetired() ? IDLE_NANOS : SURPLUS_NANOS);
    }
    return more;
  }

  /** Lets the thread end, unless a call has come meanwhile. */
  private synchronized boolean retire() {
    if (asleep && running() == 0) {
      thread = null;
      return true;
    }
    return false;
  }

  /** Ends the thread; calls still running are no longer watched, and idle instances are closed. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      LockSupport.unpark(thread);
    }
    pools.forEach(InstancePool::close);
  }
}
