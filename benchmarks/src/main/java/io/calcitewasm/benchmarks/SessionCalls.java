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
import org.jspecify.annotations.Nullable;

/**
 * Each call in a statement of its own under isolation STATEMENT, which begins with a fresh instance
 * and closes it.
 */
final class SessionCalls implements Calls {
  private final ComponentEngine engine = ComponentEngine.create();
  private final Registry registry = new Registry(engine, new HostServices());
  private final ModuleVersion module;
  private final SqlFunction function;

  SessionCalls(Called called) {
    module =
        registry.prepare(
            ModuleRequest.of("bench", called.guest(), Guests.bytes(called.guest()))
                .withIsolation(Isolation.STATEMENT));
    registry.publish(module, false);
    function = module.functions(called.sqlName()).getFirst();
  }

  private @Nullable Object call(@Nullable Object... arguments) {
    try (CallSession session = registry.openSession(Instant.EPOCH)) {
      return session.call(module, function, arguments, 1);
    }
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
    registry.close();
    engine.close();
  }
}
