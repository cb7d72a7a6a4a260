package io.calcitewasm.host.context;

import java.time.Instant;
import java.util.function.Supplier;

/**
 * Clocks that stand still at the statement's timestamp. Waiting takes no time: it moves the
 * monotonic clock to the end of the wait, so that a guest that sleeps until a deadline goes on. The
 * time of day does not move.
 */
final class FrozenClock implements GuestClock {
  private static final long NANOS = 1_000_000_000;

  private final Supplier<StatementContext> statement;
  private long waited;

  FrozenClock(Supplier<StatementContext> statement) {
    this.statement = statement;
  }

  @Override
  public Instant wallTime() {
    Instant timestamp = statement.get().timestamp();
    return timestamp.isBefore(Instant.EPOCH) ? Instant.EPOCH : timestamp;
  }

  @Override
  public long monotonicNanos() {
    Instant start = wallTime();
    return start.getEpochSecond() * NANOS + start.getNano() + waited;
  }

  @Override
  public long resolutionNanos() {
    return 1;
  }

  @Override
  public void waitUntil(long instant) {
    if (Long.compareUnsigned(monotonicNanos(), instant) < 0) {
      waited += instant - monotonicNanos();
    }
  }

  long waited() {
    return waited;
  }

  void setWaited(long nanos) {
    waited = nanos;
  }
}
