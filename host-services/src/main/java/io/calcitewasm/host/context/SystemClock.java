package io.calcitewasm.host.context;

import io.calcitewasm.component.TrapException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * The machine's clocks, for modules with the {@code clock} grant. Waiting takes its time, and ends
 * when the grant does.
 */
final class SystemClock implements GuestClock {
  private static final long STARTED = System.nanoTime();

  /** How soon one who waits learns that he may not. */
  private static final long LOOK_NANOS = 20_000_000;

  private final Runnable permission;

  /**
   * Clocks for who may use them.
   *
   * @param permission fails when that is no longer so
   */
  SystemClock(Runnable permission) {
    this.permission = permission;
  }

  @Override
  public Instant wallTime() {
    return Instant.now();
  }

  @Override
  public long monotonicNanos() {
    return System.nanoTime() - STARTED;
  }

  @Override
  public long resolutionNanos() {
    return 1;
  }

  @Override
  public void waitUntil(long instant) {
    for (long now = monotonicNanos();
        Long.compareUnsigned(now, instant) < 0;
        now = monotonicNanos()) {
      if (Thread.interrupted()) {
        throw new TrapException(
            TrapException.Kind.INTERRUPTED,
            "the call was interrupted while the guest waited for a clock",
            List.of(),
            false,
            null);
      }
      permission.run();
      long left = instant - now;
      LockSupport.parkNanos(this, left < 0 ? LOOK_NANOS : Math.min(left, LOOK_NANOS));
    }
    permission.run();
  }
}
