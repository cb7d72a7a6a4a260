package io.calcitewasm.udf.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.calcitewasm.component.ComponentEngine;
import io.calcitewasm.guest.Guests;
import io.calcitewasm.host.HostServices;
import io.calcitewasm.udf.module.ModuleRequest;
import io.calcitewasm.udf.module.Registry;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Instances that are never started: what is told here is who gets one, and when it ends. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class InstancePoolTest {
  private static final long FOREVER = TimeUnit.HOURS.toNanos(1);

  private ComponentEngine engine;
  private Registry registry;
  private InstancePool pool;

  @BeforeAll
  void create() {
    engine = ComponentEngine.create();
  }

  @AfterAll
  void end() {
    engine.close();
  }

  @BeforeEach
  void open() {
    registry = new Registry(engine, new HostServices());
    pool =
        registry
            .prepare(
                ModuleRequest.of("m", "", Guests.bytes("fixtures/arithmetic"))
                    .withLimits(Map.of("instances", 2)))
            .runtime()
            .pool();
  }

  @AfterEach
  void close() {
    registry.close();
    assertThat(pool.live()).isZero();
  }

  private PooledInstance take() {
    return Optional.ofNullable(pool.acquire(true, 0, () -> false)).orElseThrow();
  }

  private CompletableFuture<@Nullable PooledInstance> inLine(boolean idleWanted) throws Exception {
    CompletableFuture<@Nullable PooledInstance> waiter =
        CompletableFuture.supplyAsync(() -> pool.acquire(idleWanted, FOREVER, () -> false));
    Thread.sleep(50);
    assertThat(waiter).isNotDone();
    return waiter;
  }

  @Test
  void anIdleInstanceIsUsedAgain() {
    PooledInstance first = take();
    pool.release(first);
    assertThat(take()).isSameAs(first);
    assertThat(pool.live()).isEqualTo(1);
    pool.release(first);
  }

  @Test
  void thereAreNeverMoreThanTheLimit() {
    PooledInstance first = take();
    PooledInstance second = take();
    assertThat(pool.free()).isZero();
    assertThat(pool.acquire(true, 0, () -> false)).isNull();
    pool.release(first);
    assertThat(pool.free()).isEqualTo(1);
    pool.discard(second);
    assertThat(pool.free()).isEqualTo(2);
    assertThat(pool.live()).isEqualTo(1);
  }

  @Test
  void whoWaitsGetsWhatComesFreeBeforeAnybodyElse() throws Exception {
    PooledInstance first = take();
    PooledInstance second = take();
    CompletableFuture<@Nullable PooledInstance> waiter = inLine(true);
    pool.release(first);
    assertThat(first.guard().begin()).as("taken by whoever had it").isFalse();
    assertThat(waiter.get(20, TimeUnit.SECONDS)).isSameAs(first);
    pool.release(first);
    pool.release(second);
  }

  @Test
  void whoWaitsGetsThePlaceOfAnInstanceThatEnds() throws Exception {
    PooledInstance first = take();
    PooledInstance second = take();
    CompletableFuture<@Nullable PooledInstance> waiter = inLine(true);
    pool.discard(first);
    PooledInstance third = waiter.get(20, TimeUnit.SECONDS);
    assertThat(third).isNotNull().isNotSameAs(first).isNotSameAs(second);
    pool.discard(third);
    pool.discard(second);
  }

  @Test
  void anIdleInstanceMakesRoomForAFreshOne() throws Exception {
    PooledInstance first = take();
    PooledInstance second = take();
    CompletableFuture<@Nullable PooledInstance> waiter = inLine(false);
    pool.release(first);
    PooledInstance third = waiter.get(20, TimeUnit.SECONDS);
    assertThat(third).isNotNull().isNotSameAs(first);
    assertThat(first.guard().isGone()).isTrue();
    assertThat(pool.live()).isEqualTo(2);
    pool.discard(third);
    pool.discard(second);
  }

  @Test
  void whoGivesUpLeavesTheLine() throws Exception {
    PooledInstance first = take();
    PooledInstance second = take();
    assertThat(pool.acquire(true, TimeUnit.MILLISECONDS.toNanos(30), () -> false)).isNull();
    assertThat(pool.acquire(true, FOREVER, () -> true)).isNull();
    pool.release(first);
    assertThat(first.guard().begin()).as("nobody is in line").isTrue();
    pool.release(first);
    pool.release(second);
  }

  @Test
  void longIdleInstancesEndButForOne() {
    PooledInstance first = take();
    PooledInstance second = take();
    pool.release(first);
    pool.release(second);
    long minute = TimeUnit.MINUTES.toNanos(1);
    pool.watch(0);
    assertThat(pool.sweep(minute, minute)).isTrue();
    assertThat(pool.live()).isEqualTo(2);
    assertThat(pool.sweep(minute + 1, minute)).isFalse();
    assertThat(pool.live()).isEqualTo(1);
    assertThat(take()).isSameAs(first);
    pool.release(first);
  }

  /** On a machine with much else to do an instance may take longer than a call of it. */
  @Test
  void theMakingOfAnInstanceIsNotTimeOfItsCall() {
    PooledInstance made = take();
    long callTime = TimeUnit.SECONDS.toNanos(10);
    try (CallSession session = registry.openSession(Instant.EPOCH)) {
      pool.watch(0);
      made.start(session, new CallSite("m", null, -1), true);
      pool.watch(callTime);
      pool.watch(2 * callTime);
      assertThat(made.guard().stopped()).isNull();
      pool.watch(2 * callTime + 1);
      assertThat(made.guard().stopped()).isEqualTo(Guard.Stop.TIME);
    }
    pool.discard(made);
  }

  @Test
  void anInstanceThatIsNotReadyInTimeIsStopped() {
    PooledInstance made = take();
    long startTime = TimeUnit.SECONDS.toNanos(10);
    pool.watch(0);
    pool.watch(startTime);
    assertThat(made.guard().stopped()).isNull();
    pool.watch(startTime + 1);
    assertThat(made.guard().stopped()).isEqualTo(Guard.Stop.START);
    pool.discard(made);
  }

  @Test
  void aReplacedVersionKeepsNone() {
    PooledInstance busy = take();
    PooledInstance idle = take();
    pool.release(idle);
    pool.retire();
    assertThat(pool.live()).isEqualTo(1);
    pool.release(busy);
    pool.watch(0);
    assertThat(pool.sweep(2, 1)).isFalse();
    assertThat(pool.live()).isZero();
  }

  @Test
  void aClosedPoolEndsInstancesAsTheyComeFreeAndMakesNoMore() throws Exception {
    PooledInstance first = take();
    PooledInstance second = take();
    CompletableFuture<@Nullable PooledInstance> waiter = inLine(true);
    registry.close();
    assertThat(waiter).failsWithin(20, TimeUnit.SECONDS);
    assertThatIllegalStateException().isThrownBy(this::take).withMessage("the database is closed");
    pool.release(first);
    assertThat(pool.live()).isEqualTo(1);
    pool.discard(second);
  }
}
