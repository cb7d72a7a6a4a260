package io.calcitewasm.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.calcitewasm.component.TrapException.Kind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Stopping calls from outside. */
@Timeout(60)
final class InterruptTest {
  private static final String RESOURCES = "examples:evil/resources@0.1.0";
  private static final LinkedComponent EVIL = Guest.link("fixtures/evil");

  private static CompletableFuture<TrapException> spin(
      Instance instance, CountDownLatch started, List<Thread> spinners) {
    return CompletableFuture.supplyAsync(
        () -> {
          ComponentFunction spin = instance.function(RESOURCES, "spin");
          started.countDown();
          TrapException trap = catchThrowableOfType(TrapException.class, spin::call);
          assertThat(Thread.currentThread().isInterrupted()).isFalse();
          return trap;
        },
        work -> {
          Thread spinner = new Thread(work, "spinner");
          spinners.add(spinner);
          spinner.start();
        });
  }

  @Test
  void anEndlessLoopCanBeInterruptedAgainAndAgain() throws Exception {
    List<Thread> spinners = new CopyOnWriteArrayList<>();
    for (int i = 0; i < 5; i++) {
      try (Instance instance = EVIL.instantiate(InstanceOptions.DEFAULT)) {
        CountDownLatch started = new CountDownLatch(1);
        CompletableFuture<TrapException> call = spin(instance, started, spinners);
        started.await();
        Thread.sleep(20);
        instance.interrupt();
        assertThat(call.get().kind()).isEqualTo(Kind.INTERRUPTED);
        assertThat(instance.usable()).isFalse();
      }
    }
    for (Thread spinner : spinners) {
      assertThat(spinner.join(Duration.ofSeconds(10))).isTrue();
    }
    try (Instance instance = EVIL.instantiate(InstanceOptions.DEFAULT)) {
      assertThat(instance.function(RESOURCES, "spin-if-odd").call(2)).isEqualTo(2);
    }
  }

  @Test
  void anInterruptBetweenCallsEndsTheInstanceAndNoOther() {
    try (Instance interrupted = EVIL.instantiate(InstanceOptions.DEFAULT);
        Instance other = EVIL.instantiate(InstanceOptions.DEFAULT)) {
      interrupted.interrupt();
      TrapException trap =
          catchThrowableOfType(
              TrapException.class, () -> interrupted.function(RESOURCES, "spin-if-odd").call(2));
      assertThat(trap.kind()).isEqualTo(Kind.INTERRUPTED);
      assertThat(other.function(RESOURCES, "spin-if-odd").call(2)).isEqualTo(2);
    }
  }

  @Test
  void anInterruptThatRacesWithTheEndOfACallStrikesNobodyElse() throws Exception {
    for (int i = 0; i < 200; i++) {
      try (Instance instance = EVIL.instantiate(InstanceOptions.DEFAULT)) {
        Thread interrupter = new Thread(instance::interrupt);
        interrupter.start();
        try {
          instance.function(RESOURCES, "spin-if-odd").call(2);
        } catch (TrapException e) {
          assertThat(e.kind()).isEqualTo(Kind.INTERRUPTED);
        }
        try (Instance next = EVIL.instantiate(InstanceOptions.DEFAULT)) {
          assertThat(next.function(RESOURCES, "spin-if-odd").call(4)).isEqualTo(4);
        }
        interrupter.join();
      }
    }
  }

  @Test
  void anInstanceServesOneThreadAtATime() throws Exception {
    try (Instance instance = EVIL.instantiate(InstanceOptions.DEFAULT)) {
      CountDownLatch started = new CountDownLatch(1);
      CompletableFuture<TrapException> call = spin(instance, started, new CopyOnWriteArrayList<>());
      started.await();
      Thread.sleep(300);
      IllegalStateException inUse =
          catchThrowableOfType(
              IllegalStateException.class,
              () -> instance.function(RESOURCES, "spin-if-odd").call(2));
      assertThat(inUse).hasMessageContaining("in use by thread \"spinner\"");
      assertThat(instance.usable()).isTrue();
      instance.interrupt();
      assertThat(call.get().kind()).isEqualTo(Kind.INTERRUPTED);
    }
  }
}
