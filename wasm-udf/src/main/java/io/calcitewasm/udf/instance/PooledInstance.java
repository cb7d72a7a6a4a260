package io.calcitewasm.udf.instance;

import io.calcitewasm.component.ComponentFunction;
import io.calcitewasm.component.Instance;
import io.calcitewasm.component.InstanceOptions;
import io.calcitewasm.component.RowDriver;
import io.calcitewasm.component.TrapException;
import io.calcitewasm.host.context.HostContext;
import io.calcitewasm.host.context.StatementContext;
import io.calcitewasm.policy.Limits;
import io.calcitewasm.udf.SqlError;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An instance of a module version with everything that its calls need. Whoever has the {@link
 * #guard()}'s turn uses it, one thread at a time.
 */
final class PooledInstance {
  /** What a guest may hand out beside its result, so that its errors can be read. */
  private static final long LEAST_VALUE_BYTES = 64 << 10;

  private final ModuleRuntime module;
  private final Guard guard = new Guard(this::interrupt);
  private final @Nullable ComponentFunction[] functions;
  private final @Nullable Optional<RowDriver>[] drivers;
  private final Map<List<BoundFunction>, Optional<RowDriver>> jointDrivers = new HashMap<>();
  private volatile @Nullable Instance instance;
  private volatile boolean ready;
  private volatile @Nullable CallSession owner;
  private volatile @Nullable KeptInstance keeper;
  private @Nullable HostContext context;
  private @Nullable Thread lastThread;
  private boolean resettable;

  /** Calls of the host's functions until the present owner came. */
  private long earlierHostCalls;

  /** An instance to be, with a turn under way in which it is {@linkplain #start started}. */
  PooledInstance(ModuleRuntime module) {
    this.module = module;
    this.functions = new ComponentFunction[module.functions().count()];
    @SuppressWarnings({"unchecked", "rawtypes"})
    @Nullable Optional<RowDriver>[] none = new Optional[module.functions().count()];
    this.drivers = none;
  }

  Guard guard() {
    return guard;
  }

  private void interrupt() {
    Instance live = instance;
    if (live != null) {
      live.interrupt();
    }
  }

  /** The session whose call is running or was the last. */
  @Nullable CallSession owner() {
    return owner;
  }

  /** Who keeps it between calls; null when it is anybody's. */
  @Nullable KeptInstance keeper() {
    return keeper;
  }

  void keptBy(KeptInstance by) {
    keeper = by;
  }

  /** The thread that had the last turn; a hint that may be old. */
  @Nullable Thread lastThread() {
    return lastThread;
  }

  Limits limits() {
    return module.limits();
  }

  boolean isStarted() {
    return instance != null;
  }

  /** Whether it has been {@linkplain #start started}, {@code on-load} included. */
  boolean isReady() {
    return ready;
  }

  /**
   * Instantiates and runs {@code on-load}. The time of the call that comes first begins with the
   * end of it; whether somebody has stopped the turn meanwhile is to be looked at anew.
   *
   * @param session whose call comes first, and who has claimed the instance
   * @param wanted whether the instance is to be reset after calls, if it can be
   * @throws SqlError if {@code on-load} refuses
   */
  void start(CallSession session, CallSite site, boolean wanted) {
    HostContext host = module.context(session.statement());
    InstanceOptions options =
        InstanceOptions.DEFAULT
            .withMemoryBytes(module.limits().memoryBytes())
            .withValueBytes(Math.max(module.limits().resultBytes(), LEAST_VALUE_BYTES))
            .withUserData(host);
    context = host;
    lastThread = Thread.currentThread();
    Instance made =
        module
            .linked()
            .instantiate(
                life(options, wanted),
                created -> {
                  instance = created;
                  guard.strikeNow();
                });
    host.loading(true);
    Optional<GuestError> refusal = module.onLoad().flatMap(load -> load.run(made, module.config()));
    host.loading(false);
    if (refusal.isPresent()) {
      GuestError error = refusal.get().asTold(session.statement());
      throw site.error(error.sqlState(), "on-load: " + error.words(), null);
    }
    if (wanted) {
      // Resources of the host's that have a state of their own are accounted for in its memory.
      resettable = host.memory().used() == 0 && made.mark();
      if (resettable) {
        host.remember();
      } else {
        module.giveUpResets();
      }
    }
    ready = true;
    // A turn that was stopped fails to be renewed, and to be ended.
    boolean _ = guard.renew();
  }

  private InstanceOptions life(InstanceOptions options, boolean wanted) {
    if (wanted) {
      return options.withReset();
    }
    return keeper == null ? options : options.withManyCalls();
  }

  /**
   * Makes the instance a session's, within a turn.
   *
   * @return false if somebody wanted to stop the former owner's call and came too late: the
   *     instance is to be given up
   */
  boolean claim(CallSession session) {
    owner = session;
    return guard.renew();
  }

  /** Ends a session's claim, so that it cannot stop calls of others that come next. */
  void unclaim() {
    owner = null;
  }

  /** Has the turn watched that is under way. */
  void watch() {
    module.watchdog().onTurn();
  }

  /** Puts the instance into the service of the session that claimed it. */
  void serve(CallSession session) {
    Thread thread = Thread.currentThread();
    if (lastThread != thread) {
      lastThread = thread;
    }
    HostContext host = host();
    if (host.statement() != session.statement()) {
      host.attach(session.statement());
    }
    if (session.meter() != null) {
      earlierHostCalls = live().hostCalls();
    }
  }

  /** The statement that the instance works for. */
  StatementContext statement() {
    return host().statement();
  }

  private HostContext host() {
    HostContext host = context;
    if (host == null) {
      throw new IllegalStateException("an instance of module " + module.label() + " is gone");
    }
    return host;
  }

  private Instance live() {
    Instance live = instance;
    if (live == null) {
      throw new IllegalStateException("an instance of module " + module.label() + " is gone");
    }
    return live;
  }

  /** Calls a function, within a turn. */
  @Nullable Object call(BoundFunction bound, @Nullable Object[] arguments) {
    ComponentFunction function = function(bound);
    try {
      return function.call(arguments);
    } finally {
      host().finishLines();
    }
  }

  private ComponentFunction function(BoundFunction bound) {
    ComponentFunction function = functions[bound.index()];
    if (function == null) {
      function = live().function(bound.function().interfaceName(), bound.function().witName());
      functions[bound.index()] = function;
    }
    return function;
  }

  /** Tells a meter what has been done since the last time, within a turn. */
  void tell(CallMeter meter) {
    Instance used = live();
    meter.used(used.hostCalls() - earlierHostCalls, used.memoryBytes());
    earlierHostCalls = used.hostCalls();
  }

  /** Bytes of the guest memory that a function works in. */
  long memoryBytes(BoundFunction bound) {
    return function(bound).memoryBytes();
  }

  /**
   * The driver that calls a function for many rows, if its values fit columns. In an instance that
   * can be reset rows do not see each other, in one that is kept they do.
   */
  Optional<RowDriver> driver(BoundFunction bound) {
    Optional<RowDriver> driver = drivers[bound.index()];
    if (driver == null) {
      driver =
          resettable || keeper != null
              ? live()
                  .rowDriver(
                      bound.function().interfaceName(), bound.function().witName(), this::settle)
              : Optional.empty();
      drivers[bound.index()] = driver;
    }
    return driver;
  }

  /** The driver that calls one of several methods for each row, if their values fit columns. */
  Optional<RowDriver> driver(List<BoundFunction> methods) {
    return jointDrivers.computeIfAbsent(
        methods,
        m ->
            live()
                .rowDriver(
                    m.getFirst().function().interfaceName(),
                    m.stream().map(bound -> bound.function().witName()).toList(),
                    this::settle));
  }

  /** Ends what a row of a batch has begun in the host. */
  private boolean settle() {
    HostContext host = host();
    host.finishLines();
    if (resettable && host.isUsed()) {
      host.restore();
    }
    return true;
  }

  /** Whether the instance was made to be reset, and can be. */
  boolean isResettable() {
    return resettable;
  }

  /** Undoes the calls since the start; false if the instance must be given up. */
  boolean reset() {
    try {
      if (!resettable || !live().reset()) {
        return false;
      }
    } catch (TrapException e) {
      // The call itself has its answer.
      return false;
    }
    HostContext host = host();
    if (host.isUsed()) {
      host.restore();
    }
    return true;
  }

  /** Ends the instance; to be called once, by who has ended its last turn. */
  void close() {
    Instance live = instance;
    instance = null;
    owner = null;
    context = null;
    lastThread = null;
    if (live != null) {
      live.close();
    }
  }
}
