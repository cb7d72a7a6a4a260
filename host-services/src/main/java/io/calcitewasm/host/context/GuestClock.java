package io.calcitewasm.host.context;

import java.time.Instant;

/** The clocks a guest sees. Monotonic instants are nanoseconds as unsigned 64 bits. */
public interface GuestClock {

  /** The time of day; never before 1970. */
  Instant wallTime();

  /** The monotonic clock, which never goes back within a call. */
  long monotonicNanos();

  /** What one tick of either clock is, in nanoseconds. */
  long resolutionNanos();

  /**
   * Returns when the monotonic clock shows the instant or a later one.
   *
   * @throws io.calcitewasm.component.TrapException the call was interrupted meanwhile
   */
  void waitUntil(long instant);
}
