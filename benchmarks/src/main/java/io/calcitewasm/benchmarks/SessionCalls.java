package io.calcitewasm.benchmarks;

import io.calcitewasm.component.ComponentEngine;
import io.calcitewasm.guest.Guests;
import io.calcitewasm.host.HostServices;
import io.calcitewasm.udf.instance.CallSession;
import io.calcitewasm.udf.instance.Isolation;
import io.calcitewasm.udf.module.ModuleRequest;
import io.calcitewasm.udf.module.ModuleVersion;
import io.calcitewasm.udf.module.Registry;
import io.calcitewasm.udf.signature.SqlFunction;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** This project's own way of one call, row by row: no batches, no operator. */
final class SessionCalls implements Calls {
  private final ComponentEngine engine = ComponentEngine.create();
  private final Registry registry = new Registry(engine, new HostServices());
  private final ModuleVersion module;
  private final SqlFunction function;
  private final boolean fresh;
  private CallSession session;

  private SessionCalls(Called called, Isolation isolation, boolean fresh) {
    module =
        registry.prepare(
            new ModuleRequest(
                "bench",
                called.guest(),
                Guests.bytes(called.guest()),
                Optional.empty(),
                List.of(),
                Map.of(),
                isolation));
    registry.publish(module, false);
    function = module.functions(called.sqlName()).getFirst();
    this.fresh = fresh;
    session = registry.openSession(Instant.EPOCH);
  }

  /** All calls in one statement under isolation CALL. */
  static SessionCalls perRow(Called called) {
    return new SessionCalls(called, Isolation.CALL, false);
  }

  /** Each call in a statement of its own under isolation STATEMENT: in a fresh instance. */
  static SessionCalls freshInstances(Called called) {
    return new SessionCalls(called, Isolation.STATEMENT, true);
  }

  private @Nullable Object call(@Nullable Object... arguments) {
    if (fresh) {
      session.close();
      session = registry.openSession(Instant.EPOCH);
    }
    return session.call(module, function, arguments, 1);
  }

  private <T> T value(Class<T> type, @Nullable Object result) {
    if (!type.isInstance(result)) {
      throw new IllegalStateException(function.longName() + " answered " + result);
    }
    return type.cast(result);
  }

  @Override
  public long number(long... arguments) {
    @Nullable Object[] boxed = new Object[arguments.length];
    for (int i = 0; i < boxed.length; i++) {
      boxed[i] = arguments[i];
    }
    return value(Long.class, call(boxed));
  }

  @Override
  public String text(String argument) {
    return value(String.class, call(argument));
  }

  @Override
  public long compare(String a, String b) {
    return value(Long.class, call(a, b));
  }

  @Override
  public @Nullable BigDecimal decimal(String argument) {
    Object result = call(argument);
    return result == null ? null : value(BigDecimal.class, result);
  }

  @Override
  public void close() {
    session.close();
    registry.close();
    engine.close();
  }
}
