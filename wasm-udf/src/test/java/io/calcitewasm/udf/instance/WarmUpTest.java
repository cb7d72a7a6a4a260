package io.calcitewasm.udf.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.calcitewasm.component.ComponentEngine;
import io.calcitewasm.guest.Guests;
import io.calcitewasm.host.HostServices;
import io.calcitewasm.udf.Binaries;
import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.module.ModuleRequest;
import io.calcitewasm.udf.module.ModuleVersion;
import io.calcitewasm.udf.module.Registry;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** The first instance is there before the first call. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class WarmUpTest {
  private ComponentEngine engine;
  private Registry registry;

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
  }

  @AfterEach
  void close() {
    registry.close();
  }

  private ModuleVersion prepare(byte[] component, Isolation isolation, Map<String, Object> limits) {
    return registry.prepare(
        ModuleRequest.of("m", "", component).withLimits(limits).withIsolation(isolation));
  }

  private ModuleVersion state(Isolation isolation, Map<String, Object> limits) {
    return prepare(Guests.bytes("fixtures/state"), isolation, limits);
  }

  private int warmedUp(ModuleVersion module) throws InterruptedException {
    module.runtime().warmUp();
    registry.warmUp().await();
    return module.runtime().liveInstances();
  }

  private @Nullable Object next(ModuleVersion module) {
    try (CallSession session = registry.openSession(Instant.EPOCH)) {
      return session.call(module, module.functions("next").getFirst(), new Object[0], -1);
    }
  }

  @Test
  void aCallFindsTheInstanceThatWasMade() throws Exception {
    ModuleVersion state = state(Isolation.CALL, Map.of());
    assertThat(warmedUp(state)).isEqualTo(1);
    assertThat(state.runtime().freeInstances()).isEqualTo(8);
    assertThat(next(state)).isEqualTo(1L);
    assertThat(next(state)).isEqualTo(1L);
    assertThat(state.runtime().liveInstances()).isEqualTo(1);
  }

  @Test
  void thereIsOneHoweverOftenItIsAskedFor() throws Exception {
    ModuleVersion state = state(Isolation.CALL, Map.of());
    for (int i = 0; i < 10; i++) {
      state.runtime().warmUp();
    }
    assertThat(warmedUp(state)).isEqualTo(1);
  }

  @Test
  void whatFailsIsToldToWhoCalls() throws Exception {
    ModuleVersion trapping = prepare(Binaries.startingWithATrap(), Isolation.CALL, Map.of());
    assertThat(warmedUp(trapping)).isZero();
    SqlError error =
        catchThrowableOfType(
            SqlError.class,
            () -> {
              try (CallSession session = registry.openSession(Instant.EPOCH)) {
                session.call(trapping, trapping.functions("go").getFirst(), new Object[0], -1);
              }
            });
    assertThat(error.sqlState()).isEqualTo("38W01");
  }

  @Test
  void noneIsMadeWhereNoCallCouldHaveIt() throws Exception {
    assertThat(warmedUp(state(Isolation.STATEMENT, Map.of()))).isZero();
    assertThat(warmedUp(state(Isolation.CALL, Map.of("instances", 1)))).isZero();
    ModuleVersion replaced = state(Isolation.CALL, Map.of());
    replaced.runtime().retire();
    assertThat(warmedUp(replaced)).isZero();
    ModuleVersion late = state(Isolation.CALL, Map.of());
    registry.close();
    assertThat(warmedUp(late)).isZero();
  }

  /** It has run on-load where it was installed, and may not want to do so again. */
  @Test
  void noneIsMadeOfAModuleWithOnLoad() throws Exception {
    assertThat(warmedUp(prepare(Guests.bytes("fixtures/lifecycle"), Isolation.CALL, Map.of())))
        .isZero();
  }
}
