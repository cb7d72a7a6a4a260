package io.calcitewasm.udf.instance;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Counts the live instances of a module version (limit {@code instances}). */
final class InstanceGate {
  private static final long LOOK_MILLIS = 20;

  private final Semaphore free;

  InstanceGate(int instances) {
    free = new Semaphore(instances, true);
  }

  /**
   * Waits for a place.
   *
   * @param nanos how long to wait at most
   * @param given whether the caller gave up meanwhile
   * @return whether there is one; it is the caller's until {@link #leave}
   */
  boolean enter(long nanos, BooleanSupplier given) {
    if (free.tryAcquire()) {
      return true;
    }
    long end = System.nanoTime() + nanos;
    try {
      while (!given.getAsBoolean() && System.nanoTime() - end < 0) {
        if (free.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
          return true;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  /** Gives a place back. */
  void leave() {
    free.release();
  }

  /** Places that nobody has. */
  int free() {
    return free.availablePermits();
  }
}
