package io.calcitewasm.udf.instance;

import io.calcitewasm.component.Instance;
import io.calcitewasm.component.InstanceOptions;
import io.calcitewasm.component.TrapException;
import io.calcitewasm.component.ValueLimitException;
import io.calcitewasm.host.context.HostContext;
import io.calcitewasm.host.context.HostDenied;
import io.calcitewasm.host.context.StatementContext;
import io.calcitewasm.policy.Limits;
import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.instance.BoundFunction.ArgumentException;
import io.calcitewasm.udf.instance.BoundFunction.RaisedException;
import io.calcitewasm.udf.signature.SqlFunction;
import io.calcitewasm.udf.value.MisfitException;
import io.calcitewasm.udf.value.SizeLimit;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one SQL statement. Isolation is CALL: every call gets an instance of its own, as it
 * is after instantiation and {@code on-load}. Calls may come from several threads; {@link #cancel}
 * from any.
 */
public final class CallSession implements AutoCloseable {
  /** What a guest may hand out beside its result, so that its errors can be read. */
  private static final long LEAST_VALUE_BYTES = 64 << 10;

  private final Watchdog watchdog;
  private final StatementContext statement;
  private final Set<Guard> running = ConcurrentHashMap.newKeySet();
  private volatile boolean cancelled;

  /**
   * A session for a statement that begins.
   *
   * @param watchdog who stops calls over their time
   * @param statement what the statement's guests share
   */
  public CallSession(Watchdog watchdog, StatementContext statement) {
    this.watchdog = watchdog;
    this.statement = statement;
  }

  /**
   * Calls a function.
   *
   * @param callee the version that the function is of
   * @param function one of its functions, the object itself
   * @param args SQL values, as {@link io.calcitewasm.udf.value.ArgumentConverter} tells
   * @param row the row's number within the statement, from 1; −1 where there is none
   * @return the SQL value, null for NULL; NULL for a strict parameter without calling the guest
   * @throws SqlError whatever went wrong, as SEMANTICS tells it
   */
  public @Nullable Object call(
      Callee callee, SqlFunction function, @Nullable Object[] args, long row) {
    ModuleRuntime module = callee.runtime();
    BoundFunction bound = module.bound(function);
    if (bound.isNull(args)) {
      return null;
    }
    CallSite site = new CallSite(module.label(), function, row);
    try {
      @Nullable Object[] lowered = bound.lower(args);
      Object result = guarded(module, site, bound, lowered);
      return bound.lift(result, new SizeLimit(module.limits().resultBytes()));
    } catch (ArgumentException e) {
      throw site.error(e.sqlState(), String.valueOf(e.getMessage()), null);
    } catch (RaisedException e) {
      throw site.error(e.error().sqlState(), e.error().words(), null);
    } catch (MisfitException e) {
      throw site.error(
          e.sqlState(), "result" + (e.isNested() ? ", " : ": ") + e.getMessage(), null);
    }
  }

  /** One call between the gate, the watchdog and the translation of failures. */
  private @Nullable Object guarded(
      ModuleRuntime module, CallSite site, BoundFunction bound, @Nullable Object[] args) {
    Limits limits = module.limits();
    if (!module.gate().enter(limits.callTime().toNanos(), () -> cancelled)) {
      throw cancelled
          ? CallFailures.stopped(site, Guard.Stop.CANCEL, limits, null)
          : full(site, limits);
    }
    Guard guard = new Guard(limits.callTime());
    try {
      running.add(guard);
      watchdog.watch(guard);
      if (cancelled) {
        throw CallFailures.stopped(site, Guard.Stop.CANCEL, limits, null);
      }
      return inFreshInstance(module, site, bound, args, guard);
    } catch (SqlError e) {
      throw e;
    } catch (TrapException e) {
      throw CallFailures.trap(site, e, guard.stopped(), limits);
    } catch (ValueLimitException e) {
      throw site.error("54000", e.getMessage() + " (limit result_size)", e);
    } catch (HostDenied e) {
      throw site.error("42501", String.valueOf(e.getMessage()), e);
    } catch (RuntimeException | AssertionError | LinkageError | StackOverflowError e) {
      // What breaks while a call is being stopped, breaks because it is being stopped.
      throw guard.stopped() == null
          ? CallFailures.hostFault(site, e)
          : CallFailures.stopped(site, guard.stopped(), limits, e);
    } finally {
      guard.end();
      watchdog.release(guard);
      running.remove(guard);
      module.gate().leave();
    }
  }

  private @Nullable Object inFreshInstance(
      ModuleRuntime module,
      CallSite site,
      BoundFunction bound,
      @Nullable Object[] args,
      Guard guard) {
    HostContext context = module.context(statement);
    InstanceOptions options =
        InstanceOptions.DEFAULT
            .withMemoryBytes(module.limits().memoryBytes())
            .withValueBytes(Math.max(module.limits().resultBytes(), LEAST_VALUE_BYTES))
            .withUserData(context);
    try (Instance instance =
        module.linked().instantiate(options, created -> guard.onStop(created::interrupt))) {
      Optional<GuestError> refusal = module.onLoad().flatMap(load -> load.run(instance));
      if (refusal.isPresent()) {
        throw site.error(refusal.get().sqlState(), "on-load: " + refusal.get().words(), null);
      }
      SqlFunction function = bound.function();
      return instance.function(function.interfaceName(), function.witName()).call(args);
    } finally {
      context.finishLines();
    }
  }

  private static SqlError full(CallSite site, Limits limits) {
    return site.error(
        "53000",
        "all " + limits.instances() + " instances of the module are busy (limit instances)",
        null);
  }

  /** Stops the running calls and refuses further ones: 57014. From any thread; returns at once. */
  public void cancel() {
    cancelled = true;
    running.forEach(guard -> guard.stop(Guard.Stop.CANCEL));
  }

  /** Whether the statement was cancelled. */
  public boolean isCancelled() {
    return cancelled;
  }

  /** Ends the session; calls still running are stopped. */
  @Override
  public void close() {
    cancel();
  }
}
