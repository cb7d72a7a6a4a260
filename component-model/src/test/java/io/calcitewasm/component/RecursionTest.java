package io.calcitewasm.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.calcitewasm.component.TrapException.Kind;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How deep guests may recur, whatever thread they are called on. A stack of 64 MB holds all that
 * the cap lets pass, so that there it is the cap that ends recursion.
 */
@Timeout(300)
final class RecursionTest {
  private static final int LARGE = 64 << 10;
  private static final long ENDLESS = -1;
  private static final LinkedComponent RECURSION = Guest.link("fixtures/recursion");

  /** Work on a thread of its own, with a stack of so many KB. */
  private static <T> T on(int stack, Callable<T> work) throws Exception {
    FutureTask<T> task = new FutureTask<>(work);
    new Thread(null, task, "stack of " + stack + " KB", (long) stack << 10).start();
    return task.get();
  }

  private static @Nullable Object call(Instance instance, String function, Object argument) {
    return instance.function("", function).call(argument);
  }

  private static void assertExhausted(Instance instance, String function, Object argument) {
    TrapException trap =
        catchThrowableOfType(TrapException.class, () -> call(instance, function, argument));
    assertThat(trap).as(function).isNotNull();
    assertThat(trap.kind()).as(trap.getMessage()).isEqualTo(Kind.STACK);
    assertThat(trap).hasMessage("call stack exhausted");
    assertThat(trap.frames()).isNotEmpty().noneMatch(frame -> frame.startsWith("calcite-wasm"));
    assertThat(instance.usable()).isFalse();
  }

  /** Some share what two core modules may have, some pass through the host. */
  @ParameterizedTest
  @CsvSource({
    "direct, 6000, 10000",
    "mutual, 6000, 10000",
    "indirect, 6000, 10000",
    "wide, 120, 200",
    "several, 6000, 10000",
    "across, 1000, 2000",
    "dropped, 60, 200"
  })
  void whatIsNotTooDeepReturnsAndWhatIsIsExhausted(String function, long deep, long tooDeep)
      throws Exception {
    on(
        LARGE,
        () -> {
          try (Instance instance = RECURSION.instantiate(InstanceOptions.DEFAULT)) {
            for (int i = 0; i < 20; i++) {
              assertThat(call(instance, function, deep)).isEqualTo(deep);
            }
            assertExhausted(instance, function, tooDeep);
          }
          return true;
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {512, 1 << 10, 8 << 10, LARGE})
  void recursionWithoutEndEndsOnEveryStack(int stack) throws Exception {
    for (String function :
        new String[] {"direct", "mutual", "indirect", "wide", "several", "across", "dropped"}) {
      // Compiled code is what made large stacks dangerous.
      try (Instance warm = RECURSION.instantiate(InstanceOptions.DEFAULT)) {
        for (int i = 0; i < 1_000; i++) {
          call(warm, function, 20L);
        }
      }
      for (int i = 0; i < 3; i++) {
        long start = System.nanoTime();
        on(
            stack,
            () -> {
              try (Instance instance = RECURSION.instantiate(InstanceOptions.DEFAULT)) {
                assertExhausted(instance, function, ENDLESS);
              }
              return true;
            });
        assertThat(Duration.ofNanos(System.nanoTime() - start))
            .as(function)
            .isLessThan(Duration.ofSeconds(20));
      }
    }
  }

  @Test
  void callsThatLeaveEarlyTakeNothingForGood() throws Exception {
    on(
        LARGE,
        () -> {
          try (Instance instance = RECURSION.instantiate(InstanceOptions.DEFAULT)) {
            long n = 10_000_000;
            assertThat(call(instance, "early", n)).isEqualTo(n * (n - 1) / 2 - n / 4);
            assertThat(call(instance, "direct", 6_000L)).isEqualTo(6_000L);
            assertExhausted(instance, "direct", 10_000L);
          }
          return true;
        });
  }

  @Test
  void whatTheHostCallsBeforeAndAfterCannotRecurWithoutEndEither() throws Exception {
    on(
        LARGE,
        () -> {
          try (Instance instance = RECURSION.instantiate(InstanceOptions.DEFAULT)) {
            call(instance, "depth", 5_000L);
            assertThat(call(instance, "allocated", "abc")).isEqualTo(3L);
            assertThat(call(instance, "posted", 5_000L)).isEqualTo(5_000L);
            call(instance, "depth", ENDLESS);
            assertExhausted(instance, "allocated", "abc");
          }
          try (Instance instance = RECURSION.instantiate(InstanceOptions.DEFAULT)) {
            assertExhausted(instance, "posted", ENDLESS);
          }
          return true;
        });
  }

  @Test
  void anInstanceThatIsResetHasItsWholeStackAgain() throws Exception {
    on(
        LARGE,
        () -> {
          try (Instance instance = RECURSION.instantiate(InstanceOptions.DEFAULT.withReset())) {
            assertThat(instance.mark()).isTrue();
            for (int i = 0; i < 100; i++) {
              assertThat(call(instance, "direct", 6_000L)).isEqualTo(6_000L);
              assertThat(instance.reset()).isTrue();
            }
            assertExhausted(instance, "direct", ENDLESS);
            assertThat(instance.reset()).isFalse();
          }
          return true;
        });
  }

  @Test
  void recursionThatTakesForEverIsInterrupted() throws Exception {
    try (Instance instance = RECURSION.instantiate(InstanceOptions.DEFAULT)) {
      CompletableFuture<TrapException> running =
          CompletableFuture.supplyAsync(
              () -> catchThrowableOfType(TrapException.class, () -> call(instance, "fib", 80L)),
              work -> new Thread(work).start());
      Thread.sleep(500);
      assertThat(running).isNotDone();
      instance.interrupt();
      assertThat(running.get().kind()).isEqualTo(Kind.INTERRUPTED);
    }
  }

  @Test
  void aStartFunctionCannotRecurWithoutEnd() throws Exception {
    assertThat(trapOfStart(Wasm.of(4, 0, 0x10, 0, 0x0b)))
        .hasValueSatisfying(trap -> assertThat(trap.kind()).isEqualTo(Kind.STACK));
  }

  /** Each function calls the next, none comes back; each has 900 locals, and so it adds up. */
  @ParameterizedTest
  @ValueSource(ints = {90, 20_000})
  void aLongChainOfCallsIsCappedToo(int length) throws Exception {
    Object[] bodies = new Object[length];
    for (int i = 0; i < length; i++) {
      byte[] next = i + 1 < length ? Wasm.of(0x10, Wasm.leb(i + 1)) : Wasm.of(0x01);
      byte[] body = Wasm.of(1, Wasm.leb(900), 0x7e, next, 0x0b);
      bodies[i] = Wasm.of(Wasm.leb(body.length), body);
    }
    assertThat(trapOfStart(bodies).map(TrapException::kind))
        .isEqualTo(length < 100 ? Optional.empty() : Optional.of(Kind.STACK));
  }

  /** How it ends when the first of some functions without parameters is the start function. */
  private static Optional<TrapException> trapOfStart(Object... bodies) throws Exception {
    Object[] types = new Object[bodies.length];
    Arrays.fill(types, 0);
    byte[] module =
        Wasm.module(
            Wasm.section(1, Wasm.vec(Wasm.of(0x60, 0, 0))),
            Wasm.section(3, Wasm.vec(types)),
            Wasm.section(8, 0),
            Wasm.section(10, Wasm.vec(bodies)));
    byte[] bytes =
        Wasm.component(Wasm.coreModule(module), Wasm.coreInstances(Wasm.of(0x00, 0, Wasm.vec())));
    LinkedComponent component =
        Guest.engine().link(Component.read(bytes), Linker.builder().build());
    return on(
        LARGE,
        () -> {
          try (Instance instance = component.instantiate(InstanceOptions.DEFAULT)) {
            assertThat(instance.usable()).isTrue();
            return Optional.empty();
          } catch (TrapException e) {
            return Optional.of(e);
          }
        });
  }
}
