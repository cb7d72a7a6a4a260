package io.calcitewasm.host.wasi.io;

import io.calcitewasm.host.context.GuestClock;

/** The resource {@code pollable} of {@code wasi:io/poll}: an event that has happened or will. */
public sealed interface Pollable {
  /** What has happened already: streams here never make a guest wait. */
  Pollable READY = new Happened();

  /** Whether it has happened. */
  boolean isReady();

  /** Returns when it has happened. */
  void block();

  /** An event of the past. */
  record Happened() implements Pollable {
    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void block() {}
  }

  /**
   * The monotonic clock reaches an instant.
   *
   * @param instant nanoseconds, unsigned
   */
  record Timer(GuestClock clock, long instant) implements Pollable {
    @Override
    public boolean isReady() {
      return Long.compareUnsigned(clock.monotonicNanos(), instant) >= 0;
    }

    @Override
    public void block() {
      clock.waitUntil(instant);
    }
  }
}
