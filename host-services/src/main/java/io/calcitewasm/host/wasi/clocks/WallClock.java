package io.calcitewasm.host.wasi.clocks;

import io.calcitewasm.host.service.Service;
import java.time.Instant;

/** {@code wasi:clocks/wall-clock} and {@code wasi:clocks/timezone}, which here is always UTC. */
public final class WallClock {
  private static final String WALL_CLOCK =
      """
      package wasi:clocks;
      interface wall-clock {
        record datetime { seconds: u64, nanoseconds: u32 }
        now: func() -> datetime;
        resolution: func() -> datetime;
      }
      """;

  private static final String TIMEZONE =
      """
      package wasi:clocks;
      interface timezone {
        use wall-clock.{datetime};
        record timezone-display {
          utc-offset: s32,
          name: string,
          in-daylight-saving-time: bool,
        }
        display: func(when: datetime) -> timezone-display;
        utc-offset: func(when: datetime) -> s32;
      }
      """;

  private WallClock() {}

  /** {@code wasi:clocks/wall-clock}. */
  public static Service wallClock() {
    return Service.builder("wasi:clocks/wall-clock@0.2.12", WALL_CLOCK)
        .function("now", (host, _) -> datetime(host.clock().wallTime()))
        .function(
            "resolution",
            (host, _) -> datetime(Instant.EPOCH.plusNanos(host.clock().resolutionNanos())))
        .build();
  }

  private static Object[] datetime(Instant instant) {
    return new Object[] {instant.getEpochSecond(), (long) instant.getNano()};
  }

  /** {@code wasi:clocks/timezone}. */
  public static Service timezone() {
    return Service.builder("wasi:clocks/timezone@0.2.12", TIMEZONE)
        .function("display", (_, _) -> new Object[] {0, "UTC", false})
        .function("utc-offset", (_, _) -> 0)
        .build();
  }
}
