package io.calcitewasm.host.wasi.clocks;

import io.calcitewasm.host.context.GuestClock;
import io.calcitewasm.host.service.Service;
import io.calcitewasm.host.wasi.io.Pollable;

/**
 * {@code wasi:clocks/monotonic-clock}, in nanoseconds as unsigned 64 bits: the {@linkplain
 * io.calcitewasm.host.context.GuestClock guest's clock}, which stands still but for waits without
 * the grant {@code clock}. A time beyond the last instant is the last instant.
 */
public final class MonotonicClock {
  private static final String WIT =
      """
      package wasi:clocks;
      interface monotonic-clock {
        use wasi:io/poll.{pollable};
        type instant = u64;
        type duration = u64;
        now: func() -> instant;
        resolution: func() -> duration;
        subscribe-instant: func(when: instant) -> pollable;
        subscribe-duration: func(when: duration) -> pollable;
      }
      """;

  /** The end of time, unsigned. */
  private static final long LAST_INSTANT = -1;

  private MonotonicClock() {}

  /** The service. */
  public static Service service() {
    return Service.builder("wasi:clocks/monotonic-clock@0.2.12", WIT)
        .function("now", (host, _) -> host.clock().monotonicNanos())
        .function("resolution", (host, _) -> host.clock().resolutionNanos())
        .function(
            "subscribe-instant", (host, args) -> new Pollable.Timer(host.clock(), (Long) args[0]))
        .function(
            "subscribe-duration",
            (host, args) -> new Pollable.Timer(host.clock(), after(host.clock(), (Long) args[0])))
        .build();
  }

  private static long after(GuestClock clock, long duration) {
    long now = clock.monotonicNanos();
    return Long.compareUnsigned(duration, LAST_INSTANT - now) > 0 ? LAST_INSTANT : now + duration;
  }
}
