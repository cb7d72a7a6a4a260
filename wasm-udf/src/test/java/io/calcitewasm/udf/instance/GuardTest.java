package io.calcitewasm.udf.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class GuardTest {
  private final AtomicInteger strikes = new AtomicInteger();
  private final Guard guard = new Guard(strikes::incrementAndGet);

  @Test
  void anIdleInstanceIsTakenOnce() {
    assertThat(guard.begin()).isFalse();
    assertThat(guard.end()).isTrue();
    assertThat(guard.begin()).isTrue();
    assertThat(guard.begin()).isFalse();
    assertThat(guard.resume()).isFalse();
  }

  @Test
  void aKeptInstanceIsForItsKeeperAlone() {
    assertThat(guard.keep()).isTrue();
    assertThat(guard.begin()).isFalse();
    assertThat(guard.retireIdle()).isFalse();
    assertThat(guard.resume()).isTrue();
    assertThat(guard.retireKept()).isFalse();
  }

  @Test
  void aStopHitsTheTurnItIsMeantFor() {
    long first = guard.turn();
    assertThat(guard.end()).isTrue();
    assertThat(guard.begin()).isTrue();
    assertThat(guard.stop(first, Guard.Stop.CANCEL)).isFalse();
    assertThat(guard.stopped()).isNull();
    long second = guard.turn();
    assertThat(guard.renew()).isTrue();
    assertThat(guard.stop(second, Guard.Stop.CANCEL)).isFalse();
    assertThat(guard.end()).isTrue();
    assertThat(guard.turn()).isZero();
    assertThat(guard.stop(guard.turn(), Guard.Stop.CANCEL)).isFalse();
    assertThat(strikes).hasValue(0);
  }

  @Test
  void theFirstReasonCounts() {
    long turn = guard.turn();
    assertThat(guard.stop(turn, Guard.Stop.CANCEL)).isTrue();
    assertThat(guard.stop(turn, Guard.Stop.TIME)).isFalse();
    assertThat(guard.stopped()).isEqualTo(Guard.Stop.CANCEL);
    guard.abandon();
  }

  @Test
  void aStoppedTurnEndsTheInstance() {
    guard.stop(guard.turn(), Guard.Stop.TIME);
    assertThat(guard.end()).isFalse();
    assertThat(guard.keep()).isFalse();
    assertThat(guard.renew()).isFalse();
    assertThat(guard.isBusy()).isTrue();
    guard.abandon();
    assertThat(guard.isBusy()).isFalse();
    assertThat(guard.isGone()).isTrue();
    assertThat(guard.begin()).isFalse();
  }

  @Test
  void aStopIsRepeatedUntilTheTurnHasEnded() throws Exception {
    CountDownLatch thrice = new CountDownLatch(3);
    Guard stubborn =
        new Guard(
            () -> {
              strikes.incrementAndGet();
              thrice.countDown();
            });
    stubborn.stop(stubborn.turn(), Guard.Stop.CANCEL);
    assertThat(thrice.await(20, TimeUnit.SECONDS)).isTrue();
    stubborn.abandon();
    int atEnd = strikes.get();
    Thread.sleep(300);
    assertThat(strikes.get()).isBetween(atEnd, atEnd + 1);
  }

  @Test
  void aTurnIsAsOldAsTheFirstLookThatSawIt() throws Exception {
    long second = TimeUnit.SECONDS.toNanos(1);
    assertThat(guard.watch(0, second, Guard.Stop.START)).isTrue();
    assertThat(guard.end()).isTrue();
    assertThat(guard.begin()).isTrue();
    assertThat(guard.watch(5 * second, second, Guard.Stop.TIME)).isTrue();
    assertThat(guard.stopped()).isNull();
    assertThat(guard.watch(6 * second, second, Guard.Stop.TIME)).isTrue();
    assertThat(guard.stopped()).isNull();
    assertThat(guard.watch(6 * second + 1, second, Guard.Stop.START)).isTrue();
    assertThat(guard.stopped()).isEqualTo(Guard.Stop.START);
    while (strikes.get() == 0) {
      Thread.sleep(5);
    }
    guard.abandon();
  }

  @Test
  void idlenessIsCountedFromTheFirstLookThatSawIt() {
    assertThat(guard.end()).isTrue();
    assertThat(guard.idleNanos(10)).isZero();
    assertThat(guard.watch(10, 1, Guard.Stop.TIME)).isTrue();
    assertThat(guard.watch(15, 1, Guard.Stop.TIME)).isFalse();
    assertThat(guard.idleNanos(17)).isEqualTo(7);
    assertThat(guard.begin()).isTrue();
    assertThat(guard.idleNanos(20)).isZero();
    assertThat(guard.end()).isTrue();
    assertThat(guard.idleNanos(20)).isZero();
  }
}
