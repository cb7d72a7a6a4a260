package io.calcitewasm.udf;

import static org.assertj.core.api.Assertions.assertThat;

import io.calcitewasm.component.ComponentEngine;
import io.calcitewasm.guest.Guests;
import io.calcitewasm.host.HostServices;
import io.calcitewasm.udf.instance.CallSession;
import io.calcitewasm.udf.module.ModuleRequest;
import io.calcitewasm.udf.module.ModuleVersion;
import io.calcitewasm.udf.module.Registry;
import io.calcitewasm.udf.signature.SqlFunction;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Guests as modules of one registry for a test class, and a statement's calls for each test. */
public final class TestModules implements BeforeEachCallback, AfterEachCallback, AfterAllCallback {
  private final ComponentEngine engine = ComponentEngine.create();
  private final Registry registry = new Registry(engine, new HostServices());
  private @Nullable CallSession session;

  /** What the modules run on. */
  public ComponentEngine engine() {
    return engine;
  }

  /** Where they are prepared. */
  public Registry registry() {
    return registry;
  }

  /** The calls of the test that runs, which end with it. */
  public CallSession session() {
    return Objects.requireNonNull(session, "between tests");
  }

  /** {@code components/NAME} or {@code fixtures/NAME} under its own name. */
  public ModuleVersion prepare(String guest) {
    return prepare(guest.substring(guest.indexOf('/') + 1), guest, Map.of());
  }

  /** A guest under a name of its own, with limits. */
  public ModuleVersion prepare(String name, String guest, Map<String, Object> limits) {
    return registry.prepare(ModuleRequest.of(name, guest, Guests.bytes(guest)).withLimits(limits));
  }

  /** The function of a short name. */
  public static SqlFunction function(ModuleVersion module, String name) {
    return module.functions(name).getFirst();
  }

  @Override
  public void beforeEach(ExtensionContext test) {
    session = registry.openSession(Instant.EPOCH);
  }

  @Override
  public void afterEach(ExtensionContext test) {
    session().close();
    assertThat(registry.runningCalls()).isZero();
  }

  @Override
  public void afterAll(ExtensionContext tests) {
    registry.close();
    engine.close();
  }
}
