package io.calcitewasm.udf.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.calcitewasm.component.ComponentEngine;
import io.calcitewasm.guest.Guests;
import io.calcitewasm.host.HostServices;
import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.batch.LongColumn;
import io.calcitewasm.udf.module.ModuleRequest;
import io.calcitewasm.udf.module.ModuleVersion;
import io.calcitewasm.udf.module.Registry;
import io.calcitewasm.udf.signature.SqlFunction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** docs/sql.md, "Isolation": how long state lives, and that nothing else is left. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class IsolationTest {
  private final ExecutorService threads = Executors.newFixedThreadPool(8);
  private final List<ModuleVersion> modules = new ArrayList<>();
  private ComponentEngine engine;
  private Registry registry;

  @BeforeAll
  void create() {
    engine = ComponentEngine.create();
  }

  @AfterAll
  void end() {
    threads.shutdown();
    engine.close();
  }

  @BeforeEach
  void open() {
    registry = new Registry(engine, new HostServices());
  }

  /** Every test closes its sessions; what is live then is idle. */
  @AfterEach
  void nothingIsLost() {
    assertThat(registry.runningCalls()).isZero();
    for (ModuleVersion module : modules) {
      assertThat(module.runtime().freeInstances()).isEqualTo(module.limits().instances());
      assertThat(module.runtime().liveInstances())
          .isLessThanOrEqualTo(
              module.isolations().all().contains(Isolation.CALL) ? module.limits().instances() : 0);
    }
    registry.close();
    assertThat(modules).allMatch(module -> module.runtime().liveInstances() == 0);
    modules.clear();
  }

  private ModuleVersion publish(String guest, Isolation isolation, Map<String, Object> limits) {
    ModuleVersion version =
        registry.prepare(
            ModuleRequest.of("m", "", Guests.bytes(guest))
                .withLimits(limits)
                .withIsolation(isolation));
    registry.publish(version, true);
    modules.add(version);
    return version;
  }

  private ModuleVersion state(Isolation isolation) {
    return publish("fixtures/state", isolation, Map.of());
  }

  private CallSession statement() {
    return registry.openSession(Instant.EPOCH);
  }

  private CallSession statement(KeptInstances connection) {
    return registry.openSession(Instant.EPOCH, connection);
  }

  private static @Nullable Object call(
      CallSession session, ModuleVersion module, String function, @Nullable Object... args) {
    return session.call(module, module.functions(function).getFirst(), args, -1);
  }

  private static String failure(
      CallSession session, ModuleVersion module, String function, @Nullable Object... args) {
    return catchThrowableOfType(SqlError.class, () -> call(session, module, function, args))
        .sqlState();
  }

  @Test
  void underCallNoCallSeesAnother() {
    ModuleVersion state = state(Isolation.CALL);
    try (CallSession session = statement()) {
      for (int i = 0; i < 50; i++) {
        assertThat(call(session, state, "next")).isEqualTo(1L);
        assertThat(call(session, state, "remember", "text " + i)).isEqualTo(1L);
        assertThat(call(session, state, "poke", i, i + 1)).isEqualTo(0);
        assertThat(call(session, state, "flood", 7)).isEqualTo(0L);
        assertThat(call(session, state, "hoard", 100_000))
            .isEqualTo(new java.math.BigDecimal(100_000));
        assertThat(call(session, state, "recall")).isEqualTo(List.of());
      }
    }
  }

  @Test
  void underCallAStatementSeesNothingOfTheOneBefore() {
    ModuleVersion state = state(Isolation.CALL);
    for (int i = 0; i < 5; i++) {
      try (CallSession session = statement()) {
        assertThat(call(session, state, "next")).isEqualTo(1L);
      }
    }
  }

  @Test
  void underCallOneInstanceServesManyStatements() {
    ModuleVersion state = state(Isolation.CALL);
    for (int i = 0; i < 5; i++) {
      try (CallSession session = statement()) {
        assertThat(call(session, state, "next")).isEqualTo(1L);
        assertThat(call(session, state, "remember", "x")).isEqualTo(1L);
      }
      assertThat(state.runtime().liveInstances()).isEqualTo(1);
    }
  }

  @Test
  void whatTheHostKeepsForAGuestLivesAsLongAsItsState() {
    for (Isolation isolation : Isolation.values()) {
      ModuleVersion wasi = publish("fixtures/wasi", isolation, Map.of());
      try (CallSession session = statement()) {
        Object first = call(session, wasi, "random_bytes", 8);
        Object second = call(session, wasi, "random_bytes", 8);
        if (isolation == Isolation.CALL) {
          assertThat(second).isEqualTo(first);
          assertThat(wasi.runtime().liveInstances()).isEqualTo(1);
        } else {
          assertThat(second).isNotEqualTo(first);
        }
      }
    }
  }

  /** Where only an interpreter is there, calls go from one path to the other as they please. */
  @Test
  void callsThatChangeTheirPathSeeNothingOfEachOther() {
    ModuleVersion state = state(Isolation.CALL);
    SqlFunction next = state.functions("next_of").getFirst();
    PathChoice path = state.runtime().bound(next).path();
    path.measure();
    boolean fresh = false;
    boolean undone = false;
    try (CallSession session = statement()) {
      LongColumn numbers = new LongColumn();
      LongColumn counts = new LongColumn();
      CallBatch batch = session.batch(state, next, List.of(numbers), counts);
      for (int round = 0; round < 60; round++) {
        fresh |= !path.undoes();
        undone |= path.undoes();
        assertThat(call(session, state, "next_of", (long) round)).isEqualTo(1L);
        numbers.clear(20);
        for (int row = 0; row < 20; row++) {
          numbers.set(row, (long) row);
        }
        assertThat(batch.run(0, 20, null)).isNull();
        for (int row = 0; row < 20; row++) {
          assertThat(counts.value(row)).isEqualTo(1L);
        }
      }
    }
    assertThat(fresh).isTrue();
    assertThat(undone).isTrue();
  }

  /** Any order of calls gives each the answer that it has in an instance of its own. */
  @Test
  void anyOrderOfCallsGivesWhatFreshInstancesGive() {
    ModuleVersion fresh = publish("fixtures/undo", Isolation.STATEMENT, Map.of());
    ModuleVersion undo = publish("fixtures/undo", Isolation.CALL, Map.of());
    List<String> functions =
        List.of(
            "global_next",
            "float_next",
            "memory_next",
            "fill_next",
            "copy_next",
            "vector_next",
            "init_next",
            "grow_next",
            "table_next",
            "table_grow_next",
            "drop_data",
            "drop_elements",
            "all_and_trap",
            "traces");
    Random random = new Random(4);
    try (CallSession session = statement()) {
      for (int i = 0; i < 600; i++) {
        String function = functions.get(random.nextInt(functions.size()));
        if (function.equals("all_and_trap") && random.nextBoolean()) {
          assertThat(failure(session, undo, function, 1)).isEqualTo("38W01");
          continue;
        }
        try (CallSession once = statement()) {
          assertThat(call(session, undo, function, 2))
              .as("call %d: %s", i, function)
              .isEqualTo(call(once, fresh, function, 2));
        }
      }
    }
  }

  @Test
  void underStatementStateLivesForTheStatement() {
    ModuleVersion state = state(Isolation.STATEMENT);
    for (int i = 0; i < 3; i++) {
      try (CallSession session = statement()) {
        assertThat(call(session, state, "next")).isEqualTo(1L);
        assertThat(call(session, state, "next_of", 1)).isEqualTo(2L);
        call(session, state, "remember", "a");
        assertThat(call(session, state, "recall")).isEqualTo(List.of("a"));
        assertThat(state.runtime().liveInstances()).isEqualTo(1);
      }
      assertThat(state.runtime().liveInstances()).isZero();
    }
  }

  private ModuleVersion publish(Isolations isolations) {
    ModuleVersion version =
        registry.prepare(
            ModuleRequest.of("m", "", Guests.bytes("fixtures/state")).withIsolations(isolations));
    registry.publish(version, true);
    modules.add(version);
    return version;
  }

  /** No byte goes from a function with one isolation to a function with another. */
  @Test
  void functionsWithIsolationsOfTheirOwnShareStateWithThoseOfTheSameOneAlone() {
    ModuleVersion state =
        publish(
            new Isolations(
                Isolation.CALL,
                Map.of(
                    "next", Isolation.STATEMENT,
                    "memory.remember", Isolation.STATEMENT,
                    "NEXT_OF", Isolation.SESSION)));
    try (KeptInstances connection = new KeptInstances()) {
      for (long i = 1; i <= 3; i++) {
        try (CallSession session = statement(connection)) {
          for (long j = 1; j <= 3; j++) {
            assertThat(call(session, state, "next")).isEqualTo(j);
            assertThat(call(session, state, "remember", "text")).isEqualTo(j);
            assertThat(call(session, state, "next_of", 1)).isEqualTo(3 * (i - 1) + j);
            assertThat(call(session, state, "recall")).isEqualTo(List.of());
            assertThat(call(session, state, "poke", 1, 7)).isEqualTo(0);
          }
        }
      }
    }
    assertThat(state.runtime().liveInstances()).isEqualTo(1);
  }

  @Test
  void aFunctionOfItsOwnIsolationMayBeTheOneThatForgets() {
    ModuleVersion state =
        publish(new Isolations(Isolation.SESSION, Map.of("poke", Isolation.CALL)));
    try (KeptInstances connection = new KeptInstances();
        CallSession session = statement(connection)) {
      for (long i = 1; i <= 3; i++) {
        assertThat(call(session, state, "next")).isEqualTo(i);
        assertThat(call(session, state, "poke", 1, 7)).isEqualTo(0);
      }
    }
  }

  @Test
  void anIsolationOfNoFunctionIsRefused() {
    SqlError refused =
        catchThrowableOfType(
            SqlError.class,
            () -> publish(new Isolations(Isolation.CALL, Map.of("nix", Isolation.SESSION))));
    assertThat(refused.sqlState()).isEqualTo("42883");
    assertThat(refused)
        .hasMessage("module m: there is no function nix to have an isolation of its own");
  }

  @Test
  void statementsAtTheSameTimeDoNotShareState() {
    ModuleVersion state = state(Isolation.STATEMENT);
    try (CallSession one = statement();
        CallSession other = statement()) {
      assertThat(call(one, state, "next")).isEqualTo(1L);
      assertThat(call(other, state, "next")).isEqualTo(1L);
      assertThat(call(one, state, "next")).isEqualTo(2L);
    }
  }

  @Test
  void underSessionStateLivesForTheConnection() {
    ModuleVersion state = state(Isolation.SESSION);
    try (KeptInstances connection = new KeptInstances();
        KeptInstances other = new KeptInstances()) {
      for (long i = 1; i <= 3; i++) {
        try (CallSession session = statement(connection)) {
          assertThat(call(session, state, "next")).isEqualTo(i);
        }
      }
      try (CallSession session = statement(other)) {
        assertThat(call(session, state, "next")).isEqualTo(1L);
      }
      assertThat(state.runtime().liveInstances()).isEqualTo(2);
    }
    assertThat(state.runtime().liveInstances()).isZero();
  }

  @Test
  void statementsOfAConnectionTakeTurns() {
    ModuleVersion state = state(Isolation.SESSION);
    try (KeptInstances connection = new KeptInstances();
        CallSession one = statement(connection);
        CallSession other = statement(connection)) {
      assertThat(call(one, state, "next")).isEqualTo(1L);
      assertThat(call(other, state, "next")).isEqualTo(2L);
      one.cancel();
      assertThat(failure(one, state, "next")).isEqualTo("57014");
      assertThat(call(other, state, "next")).isEqualTo(3L);
    }
  }

  @Test
  void aStatementWithoutConnectionKeepsSessionStateItself() {
    ModuleVersion state = state(Isolation.SESSION);
    try (CallSession session = statement()) {
      assertThat(call(session, state, "next")).isEqualTo(1L);
      assertThat(call(session, state, "next")).isEqualTo(2L);
    }
    assertThat(state.runtime().liveInstances()).isZero();
  }

  @ParameterizedTest
  @EnumSource(names = {"STATEMENT", "SESSION"})
  void callsFromSeveralThreadsAreMadeOneAfterTheOther(Isolation isolation) throws Exception {
    ModuleVersion state = state(isolation);
    try (CallSession session = statement()) {
      List<CompletableFuture<@Nullable Object>> calls =
          IntStream.range(0, 200)
              .mapToObj(
                  i -> CompletableFuture.supplyAsync(() -> call(session, state, "next"), threads))
              .toList();
      List<Long> counts = new ArrayList<>();
      for (CompletableFuture<@Nullable Object> call : calls) {
        counts.add((Long) call.get(60, TimeUnit.SECONDS));
      }
      assertThat(counts)
          .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, 200).boxed().toList());
      assertThat(state.runtime().liveInstances()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"STATEMENT", "SESSION"})
  void aTrapEndsTheStateAndTheNextCallBeginsAnew(Isolation isolation) {
    ModuleVersion state = state(isolation);
    try (CallSession session = statement()) {
      assertThat(call(session, state, "next")).isEqualTo(1L);
      assertThat(failure(session, state, "next_and_trap", 1)).isEqualTo("38W01");
      assertThat(state.runtime().liveInstances()).isZero();
      assertThat(call(session, state, "next")).isEqualTo(1L);
      assertThat(call(session, state, "next")).isEqualTo(2L);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRunningCallIsCancelled(Isolation isolation) throws Exception {
    ModuleVersion evil = publish("fixtures/evil", isolation, Map.of("call_time", "1h"));
    try (CallSession session = statement()) {
      CompletableFuture<String> spin =
          CompletableFuture.supplyAsync(() -> failure(session, evil, "spin"), threads);
      awaitCalls(1);
      session.cancel();
      assertThat(spin.get(60, TimeUnit.SECONDS)).isEqualTo("57014");
    }
    assertThat(evil.runtime().liveInstances()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void closingStopsARunningCall(Isolation isolation) throws Exception {
    ModuleVersion evil = publish("fixtures/evil", isolation, Map.of("call_time", "1h"));
    CallSession session = statement();
    CompletableFuture<String> spin =
        CompletableFuture.supplyAsync(() -> failure(session, evil, "spin"), threads);
    awaitCalls(1);
    session.close();
    assertThat(spin.get(60, TimeUnit.SECONDS)).isEqualTo("57014");
    assertThat(evil.runtime().liveInstances()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void aCallOverItsTimeIsStoppedAndTheNextOneWorks(Isolation isolation) {
    ModuleVersion evil = publish("fixtures/evil", isolation, Map.of("call_time", "1s"));
    try (CallSession session = statement()) {
      for (int i = 0; i < 2; i++) {
        assertThat(call(session, evil, "trap_if_negative", 5)).isEqualTo(5);
        assertThat(failure(session, evil, "spin")).isEqualTo("57014");
      }
    }
  }

  @Test
  void aCallThatWaitsForItsTurnIsCancelledToo() throws Exception {
    ModuleVersion evil = publish("fixtures/evil", Isolation.STATEMENT, Map.of("call_time", "1h"));
    try (CallSession session = statement()) {
      CompletableFuture<String> spin =
          CompletableFuture.supplyAsync(() -> failure(session, evil, "spin"), threads);
      awaitCalls(1);
      CompletableFuture<String> next =
          CompletableFuture.supplyAsync(
              () -> failure(session, evil, "trap_if_negative", 5), threads);
      session.cancel();
      assertThat(spin.get(60, TimeUnit.SECONDS)).isEqualTo("57014");
      assertThat(next.get(60, TimeUnit.SECONDS)).isEqualTo("57014");
    }
  }

  @Test
  void cancellingAStatementLeavesTheOthersOfItsConnectionAlone() throws Exception {
    ModuleVersion evil = publish("fixtures/evil", Isolation.SESSION, Map.of("call_time", "1s"));
    try (KeptInstances connection = new KeptInstances();
        CallSession running = statement(connection);
        CallSession other = statement(connection)) {
      assertThat(call(other, evil, "trap_if_negative", 5)).isEqualTo(5);
      CompletableFuture<SqlError> spin =
          CompletableFuture.supplyAsync(
              () -> catchThrowableOfType(SqlError.class, () -> call(running, evil, "spin")),
              threads);
      awaitCalls(1);
      other.cancel();
      assertThat(spin.get(60, TimeUnit.SECONDS)).hasMessageContaining("limit call_time");
    }
  }

  @Test
  void aKeptInstanceTakesAPlaceUntilItsStatementEnds() {
    ModuleVersion state =
        publish(
            "fixtures/state", Isolation.STATEMENT, Map.of("instances", 1, "call_time", "200ms"));
    try (CallSession other = statement()) {
      try (CallSession session = statement()) {
        assertThat(call(session, state, "next")).isEqualTo(1L);
        assertThat(failure(other, state, "next")).isEqualTo("53000");
        assertThat(call(session, state, "next")).isEqualTo(2L);
      }
      assertThat(call(other, state, "next")).isEqualTo(1L);
    }
  }

  @Test
  void underCallAStatementThatDoesNotCallHoldsNothing() {
    ModuleVersion state =
        publish("fixtures/state", Isolation.CALL, Map.of("instances", 1, "call_time", "200ms"));
    try (CallSession one = statement();
        CallSession other = statement()) {
      for (int i = 0; i < 20; i++) {
        assertThat(call(one, state, "next")).isEqualTo(1L);
        assertThat(call(other, state, "next")).isEqualTo(1L);
      }
    }
  }

  @Test
  void aReplacedVersionEndsWithTheStatementsThatUseIt() {
    ModuleVersion old = state(Isolation.SESSION);
    try (KeptInstances connection = new KeptInstances()) {
      CallSession before = statement(connection);
      assertThat(call(before, old, "next")).isEqualTo(1L);
      ModuleVersion replacement = state(Isolation.SESSION);
      assertThat(call(before, old, "next")).isEqualTo(2L);
      try (CallSession after = statement(connection)) {
        assertThat(call(after, replacement, "next")).isEqualTo(1L);
      }
      before.close();
      assertThat(old.runtime().liveInstances()).isZero();
      assertThat(replacement.runtime().liveInstances()).isEqualTo(1);
    }
  }

  @Test
  void aVersionThatNoStatementUsesEndsWhenItIsReplaced() {
    ModuleVersion old = state(Isolation.SESSION);
    try (KeptInstances connection = new KeptInstances()) {
      try (CallSession session = statement(connection)) {
        assertThat(call(session, old, "next")).isEqualTo(1L);
      }
      registry.drop("m");
      assertThat(old.runtime().liveInstances()).isZero();
    }
  }

  @Test
  void aDroppedModuleStillServesStatementsThatSawIt() {
    ModuleVersion state = state(Isolation.CALL);
    try (CallSession session = statement()) {
      assertThat(call(session, state, "next")).isEqualTo(1L);
      registry.drop("m");
      assertThat(call(session, state, "next")).isEqualTo(1L);
    }
    assertThat(state.runtime().liveInstances()).isZero();
  }

  @Test
  void manyStatementsInManyThreadsGetTheirOwnAnswersWithinTheLimit() throws Exception {
    ModuleVersion state =
        publish("fixtures/state", Isolation.CALL, Map.of("instances", 3, "call_time", "1min"));
    AtomicInteger most = new AtomicInteger();
    List<CompletableFuture<Void>> workers =
        IntStream.range(0, 8)
            .mapToObj(
                worker -> CompletableFuture.runAsync(() -> work(state, worker, most), threads))
            .toList();
    for (CompletableFuture<Void> worker : workers) {
      worker.get(100, TimeUnit.SECONDS);
    }
    assertThat(most.get()).isBetween(1, 3);
  }

  private void work(ModuleVersion state, int worker, AtomicInteger most) {
    for (int i = 0; i < 20; i++) {
      try (CallSession session = statement()) {
        for (int k = 0; k < 10; k++) {
          assertThat(call(session, state, "next_of", (long) k)).isEqualTo(1L);
          assertThat(call(session, state, "poke", worker, worker + 1)).isEqualTo(0);
          most.accumulateAndGet(state.runtime().liveInstances(), Math::max);
        }
        if (i % 5 == worker % 5) {
          assertThat(failure(session, state, "next_and_trap", 1L)).isEqualTo("38W01");
        }
        if (i % 7 == 0) {
          session.cancel();
          assertThat(failure(session, state, "next")).isEqualTo("57014");
        }
      }
    }
  }

  private void awaitCalls(int count) throws InterruptedException {
    while (registry.runningCalls() < count) {
      Thread.sleep(5);
    }
    Thread.sleep(50);
  }
}
