package io.calcitewasm.udf.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WatchdogTest {
  private final Watchdog watchdog = new Watchdog();

  @AfterEach
  void close() {
    watchdog.close();
  }

  @Test
  void aCallOverItsTimeIsStopped() throws Exception {
    CountDownLatch stopped = new CountDownLatch(1);
    Guard guard = new Guard(Duration.ofMillis(20));
    guard.onStop(stopped::countDown);
    watchdog.watch(guard);
    assertThat(stopped.await(20, TimeUnit.SECONDS)).isTrue();
    guard.end();
    assertThat(guard.stopped()).isEqualTo(Guard.Stop.TIME);
    assertThat(watchdog.running()).isZero();
  }

  @Test
  void aCallThatComesAfterAPauseIsStoppedToo() throws Exception {
    aCallOverItsTimeIsStopped();
    Thread.sleep(100);
    aCallOverItsTimeIsStopped();
  }

  @Test
  void aCallThatEndedIsLeftAlone() throws Exception {
    AtomicInteger strikes = new AtomicInteger();
    Guard ended = new Guard(Duration.ofMillis(1));
    ended.onStop(strikes::incrementAndGet);
    watchdog.watch(ended);
    ended.end();
    watchdog.release(ended);
    aCallOverItsTimeIsStopped();
    assertThat(strikes).hasValue(0);
  }

  @Test
  void theFirstReasonCounts() {
    Guard guard = new Guard(Duration.ofDays(1));
    guard.stop(Guard.Stop.CANCEL);
    guard.stop(Guard.Stop.TIME);
    assertThat(guard.stopped()).isEqualTo(Guard.Stop.CANCEL);
  }

  @Test
  void aStopIsRepeatedUntilTheCallHasEnded() throws Exception {
    CountDownLatch thrice = new CountDownLatch(3);
    AtomicInteger strikes = new AtomicInteger();
    Guard guard = new Guard(Duration.ofDays(1));
    guard.onStop(
        () -> {
          strikes.incrementAndGet();
          thrice.countDown();
        });
    guard.stop(Guard.Stop.CANCEL);
    assertThat(thrice.await(20, TimeUnit.SECONDS)).isTrue();
    guard.end();
    int atEnd = strikes.get();
    Thread.sleep(300);
    assertThat(strikes.get()).isBetween(atEnd, atEnd + 1);
  }

  @Test
  void aStopThatCameTooEarlyStrikesAsSoonAsItCan() throws Exception {
    CountDownLatch stopped = new CountDownLatch(1);
    Guard guard = new Guard(Duration.ofDays(1));
    guard.stop(Guard.Stop.CANCEL);
    guard.onStop(stopped::countDown);
    assertThat(stopped.await(20, TimeUnit.SECONDS)).isTrue();
    guard.end();
  }
}
