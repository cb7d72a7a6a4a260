package io.calcitewasm.host.wasi.clocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.calcitewasm.component.TrapException;
import io.calcitewasm.host.Guest;
import io.calcitewasm.host.context.HostContext;
import io.calcitewasm.host.context.StatementContext;
import io.calcitewasm.host.service.Service;
import io.calcitewasm.host.wasi.io.Poll;
import io.calcitewasm.host.wasi.io.Pollable;
import io.calcitewasm.policy.Capability;
import io.calcitewasm.policy.Grant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ClocksTest {
  private static final long MILLI = 1_000_000;

  private final Service monotonic = MonotonicClock.service();
  private final Service wall = WallClock.wallClock();
  private final Service timezone = WallClock.timezone();
  private final Service poll = Poll.service();

  @Nested
  class WithoutTheGrant {
    private final Guest guest = Guest.withoutGrants();

    @Test
    void the_time_of_day_is_the_statement_s() {
      assertThat(wallTime(guest)).isEqualTo(Guest.NOW);
      assertThat(wallTime(guest)).isEqualTo(Guest.NOW);
      assertThat((Object[]) guest.call(wall, "resolution")).containsExactly(0L, 1L);
    }

    @Test
    void the_monotonic_clock_stands_still() {
      long now = now(guest);
      assertThat(now(guest)).isEqualTo(now).isPositive();
      assertThat(guest.call(monotonic, "resolution")).isEqualTo(1L);
    }

    @Test
    void a_sleep_takes_no_time_and_is_over_by_the_guest_s_clock() {
      long before = now(guest);
      Pollable timer = (Pollable) guest.call(monotonic, "subscribe-duration", 3_600_000 * MILLI);
      assertThat(guest.call(poll, "[method]pollable.ready", timer)).isEqualTo(false);
      guest.run(poll, "[method]pollable.block", timer);
      assertThat(guest.call(poll, "[method]pollable.ready", timer)).isEqualTo(true);
      assertThat(now(guest)).isEqualTo(before + 3_600_000 * MILLI);
      assertThat(wallTime(guest)).as("the time of day").isEqualTo(Guest.NOW);
    }

    @Test
    void polling_ends_with_the_first_timer() {
      long before = now(guest);
      Object late = guest.call(monotonic, "subscribe-instant", before + 20);
      Object soon = guest.call(monotonic, "subscribe-duration", 10L);
      Object never = guest.call(monotonic, "subscribe-duration", -1L);
      assertThat(guest.call(poll, "poll", List.of(never, late, soon))).isEqualTo(List.of(2L));
      assertThat(now(guest)).isEqualTo(before + 10);
      assertThat(guest.call(poll, "poll", List.of(never, late))).isEqualTo(List.of(1L));
      assertThat(guest.call(poll, "poll", List.of(soon, never, late))).isEqualTo(List.of(0L, 2L));
    }

    @Test
    void polling_does_not_wait_where_something_is_ready() {
      long before = now(guest);
      Object timer = guest.call(monotonic, "subscribe-duration", 10L);
      assertThat(guest.call(poll, "poll", List.of(timer, Pollable.READY))).isEqualTo(List.of(1L));
      assertThat(now(guest)).isEqualTo(before);
    }

    @Test
    void the_last_instant_can_be_waited_for() {
      Object never = guest.call(monotonic, "subscribe-duration", -1L);
      guest.run(poll, "[method]pollable.block", never);
      assertThat(now(guest)).isEqualTo(-1L);
      Object after = guest.call(monotonic, "subscribe-duration", 1L);
      assertThat(guest.call(poll, "[method]pollable.ready", after)).isEqualTo(true);
    }

    @Test
    void the_state_after_instantiation_comes_back() {
      guest.host().clock().waitUntil(now(guest) + 5);
      guest.host().remember();
      long remembered = now(guest);
      guest.host().clock().waitUntil(remembered + 5);
      guest.host().restore();
      assertThat(now(guest)).isEqualTo(remembered);
    }

    @Test
    void another_statement_has_another_time() {
      guest.host().attach(new StatementContext(Guest.NOW.plusSeconds(60)));
      assertThat(wallTime(guest)).isEqualTo(Guest.NOW.plusSeconds(60));
    }

    @Test
    void a_statement_before_1970_is_shown_as_1970() {
      Guest old =
          Guest.of(HostContext.builder("text", "1", new StatementContext(Instant.MIN)).build());
      assertThat(wallTime(old)).isEqualTo(Instant.EPOCH);
      assertThat(now(old)).isZero();
    }
  }

  @Nested
  class WithTheGrant {
    private final Guest guest = Guest.granted(Grant.of(Capability.CLOCK));

    @Test
    void the_clocks_are_real() {
      Instant before = Instant.now();
      assertThat(wallTime(guest)).isBetween(before, Instant.now());
      long start = now(guest);
      long beforeSleep = System.nanoTime();
      Object timer = guest.call(monotonic, "subscribe-duration", 20 * MILLI);
      guest.run(poll, "[method]pollable.block", timer);
      assertThat(Duration.ofNanos(System.nanoTime() - beforeSleep))
          .isGreaterThanOrEqualTo(Duration.ofMillis(20));
      assertThat(now(guest) - start).isGreaterThanOrEqualTo(20 * MILLI);
    }

    @Test
    void an_interrupt_ends_the_wait() {
      Object timer = guest.call(monotonic, "subscribe-duration", -1L);
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> guest.run(poll, "[method]pollable.block", timer))
          .isInstanceOfSatisfying(
              TrapException.class,
              trap -> assertThat(trap.kind()).isEqualTo(TrapException.Kind.INTERRUPTED));
    }
  }

  @Test
  void polling_nothing_traps() {
    assertThatThrownBy(() -> Guest.withoutGrants().call(poll, "poll", List.of()))
        .isInstanceOf(TrapException.class)
        .hasMessageContaining("empty list");
  }

  @Test
  void the_time_zone_is_UTC() {
    Guest guest = Guest.withoutGrants();
    Object[] when = (Object[]) guest.call(wall, "now");
    assertThat((Object[]) guest.call(timezone, "display", (Object) when))
        .containsExactly(0, "UTC", false);
    assertThat(guest.call(timezone, "utc-offset", (Object) when)).isEqualTo(0);
  }

  private long now(Guest guest) {
    return (Long) guest.call(monotonic, "now");
  }

  private Instant wallTime(Guest guest) {
    Object[] datetime = (Object[]) guest.call(wall, "now");
    return Instant.ofEpochSecond((Long) datetime[0], (Long) datetime[1]);
  }
}
