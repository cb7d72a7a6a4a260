package io.calcitewasm.host;

import io.calcitewasm.host.context.HostContext;
import io.calcitewasm.host.context.StatementContext;
import io.calcitewasm.host.provision.PackedFiles;
import io.calcitewasm.host.provision.Provision;
import io.calcitewasm.host.service.Service;
import io.calcitewasm.host.service.ServiceFunction;
import io.calcitewasm.policy.Grant;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Calls services as a guest of the module {@code text} would. */
public final class Guest {
  /** The timestamp of the guest's statement. */
  public static final Instant NOW = Instant.parse("2026-11-20T10:15:30.123456Z");

  private final HostContext host;

  private Guest(HostContext host) {
    this.host = host;
  }

  public static Guest withoutGrants() {
    return new Guest(context().build());
  }

  /** A guest with grants. */
  public static Guest granted(Grant... grants) {
    return new Guest(
        context().provision(Provision.of(List.of(grants), Map.of(), PackedFiles.NONE)).build());
  }

  public static Guest of(HostContext host) {
    return new Guest(host);
  }

  public static HostContext.Builder context() {
    return HostContext.builder("text", "1.0.0", new StatementContext(NOW));
  }

  public HostContext host() {
    return host;
  }

  /** Calls a function that has a result. */
  public Object call(Service service, String function, Object... args) {
    return Objects.requireNonNull(answer(service, function, args), function + " has no result");
  }

  /** Calls a function without a result. */
  public void run(Service service, String function, Object... args) {
    if (answer(service, function, args) != null) {
      throw new AssertionError(function + " has a result");
    }
  }

  private @Nullable Object answer(Service service, String function, Object... args) {
    ServiceFunction implementation =
        Objects.requireNonNull(
            service.functions().get(function), service.name() + " has no " + function);
    try {
      return implementation.call(host, args);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError("a host function may throw no checked exception", e);
    }
  }
}
