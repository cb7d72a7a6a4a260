package io.calcitewasm.udf.instance;

import io.calcitewasm.component.TrapException;
import io.calcitewasm.component.ValueLimitException;
import io.calcitewasm.host.context.HostDenied;
import io.calcitewasm.host.context.StatementContext;
import io.calcitewasm.policy.Limits;
import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.batch.BatchColumn;
import io.calcitewasm.udf.instance.BoundFunction.ArgumentException;
import io.calcitewasm.udf.instance.BoundFunction.RaisedException;
import io.calcitewasm.udf.signature.SqlFunction;
import io.calcitewasm.udf.value.MisfitException;
import io.calcitewasm.udf.value.SizeLimit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one SQL statement. Under isolation CALL every call gets an instance as it is after
 * instantiation and {@code on-load}: an idle one of the module's pool, which is reset afterwards,
 * or a fresh one. Between two calls nothing is held then. Under STATEMENT and SESSION the statement
 * or its connection keeps one instance for all calls, which are made one after the other.
 *
 * <p>Calls may come from several threads; {@link #cancel} and {@link #close} from any.
 */
public final class CallSession implements AutoCloseable {
  /** How many instances a session knows before it forgets those that are gone. */
  private static final int MANY = 100;

  private record Place(ModuleRuntime module, Thread thread) {}

  private final StatementContext statement;
  private final KeptInstances ofStatement;
  private final KeptInstances ofConnection;
  private final ConcurrentMap<Place, Slot> slots = new ConcurrentHashMap<>();
  private final Set<KeptInstance> kept = ConcurrentHashMap.newKeySet();

  /** Every instance that a call of this session may be running in, and some that others have. */
  private final Set<PooledInstance> instances = ConcurrentHashMap.newKeySet();

  private final ConcurrentMap<Object, Object> shared = new ConcurrentHashMap<>();

  /** The module versions that this session has called and holds a lease of. */
  private final Set<ModuleRuntime> leased = ConcurrentHashMap.newKeySet();

  private volatile @Nullable CallMeter meter;
  private volatile @Nullable Slot lastSlot;
  private volatile boolean cancelled;

  /**
   * A session for a statement that belongs to no connection: what modules with isolation SESSION
   * keep, they keep for the statement.
   *
   * @param statement what the statement's guests share
   */
  public CallSession(StatementContext statement) {
    this.statement = statement;
    this.ofStatement = new KeptInstances();
    this.ofConnection = ofStatement;
  }

  /**
   * A session for a statement that begins.
   *
   * @param statement what the statement's guests share
   * @param ofConnection what its connection keeps; not closed with the session
   */
  public CallSession(StatementContext statement, KeptInstances ofConnection) {
    this.statement = statement;
    this.ofStatement = new KeptInstances();
    this.ofConnection = ofConnection;
  }

  /**
   * What several places of the statement share.
   *
   * @param key what it is known by
   * @param make makes it for the first of them; closed with the session if it can be
   */
  public <T> T shared(Object key, Class<T> type, Supplier<T> make) {
    Object known = shared.get(key);
    if (known == null) {
      // What is made may share something itself.
      T made = make.get();
      known = shared.putIfAbsent(key, made);
      if (known == null) {
        return made;
      }
      end(made);
    }
    return type.cast(known);
  }

  /** Has a meter told what calls cost from now on. */
  public void measure(CallMeter by) {
    meter = by;
  }

  @Nullable CallMeter meter() {
    return meter;
  }

  StatementContext statement() {
    return statement;
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
    CallMeter measuring = meter;
    if (measuring == null) {
      return call(module, module.bound(function), args, row);
    }
    measuring.newPeak();
    CallMeter.Reading before = measuring.reading();
    long start = System.nanoTime();
    Object value = call(module, module.bound(function), args, row);
    measuring.called(function, before, System.nanoTime() - start);
    return value;
  }

  @Nullable Object call(
      ModuleRuntime module, BoundFunction bound, @Nullable Object[] args, long row) {
    if (bound.isNull(args)) {
      return null;
    }
    CallListener listener = listener(module, bound);
    return listener == null || !listener.wants()
        ? answer(module, bound, args, row)
        : heard(listener, module, bound, args, row);
  }

  /** Who hears of a function's calls because its module has a canary; null for nobody. */
  @Nullable CallListener listener(ModuleRuntime module, BoundFunction bound) {
    Canary canary = module.canary();
    if (canary == null || !bound.isKept()) {
      return canary;
    }
    return bound.isKeptByStatement()
        ? shared(
            canary,
            CanaryTrail.class,
            () -> canary.trail(statement, keeper(module, bound).isStarted()))
        : null;
  }

  private @Nullable Object heard(
      CallListener listener,
      ModuleRuntime module,
      BoundFunction bound,
      @Nullable Object[] args,
      long row) {
    @Nullable Object[] kept = args.clone();
    try {
      Object value = answer(module, bound, args, row);
      listener.hear(bound.function(), kept, new Canary.Outcome(value, null), statement);
      return value;
    } catch (SqlError e) {
      listener.hear(bound.function(), kept, e, statement);
      throw e;
    }
  }

  /** A call whose strict arguments are not NULL. */
  @Nullable Object answer(
      ModuleRuntime module, BoundFunction bound, @Nullable Object[] args, long row) {
    CallSite site = new CallSite(module.label(), bound.function(), row);
    try {
      @Nullable Object[] lowered = bound.lower(args);
      Object result = run(module, site, bound, lowered);
      return bound.lift(result, new SizeLimit(module.limits().resultBytes()));
    } catch (ArgumentException e) {
      throw site.error(e.sqlState(), String.valueOf(e.getMessage()), null);
    } catch (RaisedException e) {
      GuestError error = e.error().asTold(statement);
      throw site.error(error.sqlState(), error.words(), null);
    } catch (MisfitException e) {
      throw site.misfit(e);
    }
  }

  /**
   * The calls of one function at one place of the statement, batch after batch.
   *
   * @param callee the version that the function is of
   * @param function one of its functions, the object itself
   * @param arguments one column per parameter, which the caller fills before each run
   * @param results the column that receives the SQL values, of the kind of {@link
   *     SqlFunction#result()}
   */
  public CallBatch batch(
      Callee callee, SqlFunction function, List<BatchColumn> arguments, BatchColumn results) {
    ModuleRuntime module = callee.runtime();
    CallBatch batch = new CallBatch(this, module, module.bound(function), arguments, results);
    CallMeter measuring = meter;
    if (measuring != null) {
      measuring.add(batch);
    }
    return batch;
  }

  /**
   * The calls of a resource's methods at one place of the statement, batch after batch.
   *
   * @param callee the version that the methods are of
   * @param methods the first takes all columns, the others the first of them; the last one answers
   * @param arguments one column per parameter of the first, which the caller fills before each run
   * @param results the column that receives what the last one answers
   * @param most rows of a batch, at most
   */
  public MethodBatch batch(
      Callee callee,
      List<SqlFunction> methods,
      List<BatchColumn> arguments,
      BatchColumn results,
      int most) {
    ModuleRuntime module = callee.runtime();
    List<BoundFunction> bound = methods.stream().map(module::bound).toList();
    return new MethodBatch(this, module, bound, arguments, results, most);
  }

  /**
   * An instance in which many rows are called.
   *
   * @param instance started, with a turn begun and within a call
   * @param keeper who keeps it; null if it is reset after each row
   */
  record RowLease(PooledInstance instance, @Nullable KeptInstance keeper) {}

  /**
   * Begins to call rows, as the module's isolation has it; to be ended with {@link #endRows}.
   *
   * @return nothing if the instance that is to be used is in use by a call that has led here
   */
  Optional<RowLease> beginRows(ModuleRuntime module, BoundFunction bound, CallSite site) {
    if (bound.isKept()) {
      KeptInstance keeper = keeper(module, bound);
      return keeper.isMine()
          ? Optional.empty()
          : Optional.of(new RowLease(enterKept(keeper, module, site), keeper));
    }
    PooledInstance instance = take(module, site, true);
    slot(module).enter();
    boolean begun = false;
    try {
      checkCancelled(instance, site);
      begin(instance, site, true);
      begun = true;
      return Optional.of(new RowLease(instance, null));
    } catch (Throwable e) {
      throw failure(e, instance, module, site);
    } finally {
      if (!begun) {
        endRows(new RowLease(instance, null), module, false);
      }
    }
  }

  /** Ends what {@link #beginRows} began; {@code good} if the instance can be used again. */
  void endRows(RowLease lease, ModuleRuntime module, boolean good) {
    KeptInstance keeper = lease.keeper();
    if (keeper != null) {
      leaveKept(keeper, lease.instance(), good);
    } else {
      slot(module).leave();
      give(lease.instance(), module, good);
    }
  }

  /** Aggregates and cursors live as long as the statement, whatever else lives longer. */
  private KeptInstance keeper(ModuleRuntime module, BoundFunction bound) {
    boolean ofSession = bound.isolation() == Isolation.SESSION && !bound.handlesResources();
    return (ofSession ? ofConnection : ofStatement).of(module);
  }

  /** The instance in which a module's resources live, for the length of the statement. */
  public ModuleResources resources(Callee callee) {
    ModuleRuntime module = callee.runtime();
    return shared(
        new Resources(module),
        ModuleResources.class,
        () -> new ModuleResources(this, ofStatement, module));
  }

  /** What {@link #resources} are known by. */
  private record Resources(ModuleRuntime module) {}

  @Nullable Object run(
      ModuleRuntime module, CallSite site, BoundFunction bound, @Nullable Object[] args) {
    if (!bound.isKept()) {
      return isolated(module, site, bound, args);
    }
    KeptInstance instance = keeper(module, bound);
    // A guest that calls itself back does not see its state: its instance is in use.
    return instance.isMine() && !bound.handlesResources()
        ? isolated(module, site, bound, args)
        : keeping(instance, module, site, bound, args);
  }

  /** One call that leaves no trace. */
  private @Nullable Object isolated(
      ModuleRuntime module, CallSite site, BoundFunction bound, @Nullable Object[] args) {
    boolean resettable =
        bound.isolation() == Isolation.CALL
            && module.isResettable()
            && bound.path().undoes()
            && bound.resets().isWorthwhile();
    if (!bound.path().isMeasured()) {
      return isolated(module, site, bound, args, resettable);
    }
    long start = System.nanoTime();
    Object result = isolated(module, site, bound, args, resettable);
    bound.path().took(resettable, 1, System.nanoTime() - start);
    return result;
  }

  private @Nullable Object isolated(
      ModuleRuntime module,
      CallSite site,
      BoundFunction bound,
      @Nullable Object[] args,
      boolean resettable) {
    PooledInstance instance = take(module, site, resettable);
    Slot slot = slot(module);
    slot.enter();
    boolean good = instance.isStarted();
    try {
      checkCancelled(instance, site);
      good = false;
      begin(instance, site, resettable);
      Object result = instance.call(bound, args);
      tell(instance);
      good = reset(instance, bound);
      return result;
    } catch (Throwable e) {
      throw failure(e, instance, module, site);
    } finally {
      slot.leave();
      give(instance, module, good);
    }
  }

  /** An instance with a turn begun, which is this session's: the one used last, if it can be. */
  private PooledInstance take(ModuleRuntime module, CallSite site, boolean resettable) {
    Slot slot = slot(module);
    PooledInstance instance = resettable ? slot.begin() : null;
    if (instance == null || !claim(instance, module)) {
      instance = acquire(module, site, resettable);
      slot.remember(instance);
    }
    return instance;
  }

  /** Tells the meter, if there is one, what an instance has done. */
  void tell(PooledInstance instance) {
    CallMeter measuring = meter;
    if (measuring != null) {
      instance.tell(measuring);
    }
  }

  private void give(PooledInstance instance, ModuleRuntime module, boolean good) {
    if (good) {
      module.pool().release(instance);
    } else {
      instances.remove(instance);
      module.pool().discard(instance);
    }
  }

  private boolean reset(PooledInstance instance, BoundFunction bound) {
    if (!instance.isResettable()) {
      return false;
    }
    boolean done = instance.reset();
    bound.resets().record(done);
    CallMeter measuring = meter;
    if (done && measuring != null) {
      measuring.countReset();
    }
    return done;
  }

  /** One call in an instance that outlives it. */
  private @Nullable Object keeping(
      KeptInstance keeper,
      ModuleRuntime module,
      CallSite site,
      BoundFunction bound,
      @Nullable Object[] args) {
    PooledInstance instance = enterKept(keeper, module, site);
    boolean good = false;
    try {
      Object result = instance.call(bound, args);
      tell(instance);
      good = true;
      return result;
    } catch (Throwable e) {
      throw failure(e, instance, module, site);
    } finally {
      leaveKept(keeper, instance, good);
    }
  }

  /** The instance that is kept, started, with a turn begun and within a call. */
  PooledInstance enterKept(KeptInstance keeper, ModuleRuntime module, CallSite site) {
    if (!keeper.enter(() -> cancelled)) {
      throw CallFailures.stopped(site, Guard.Stop.CANCEL, module.limits(), null);
    }
    PooledInstance instance = null;
    boolean good = false;
    boolean entered = false;
    try {
      if (kept.add(keeper)) {
        lease(module);
        keeper.begin(this);
      }
      instance = keeper.resume();
      if (instance == null || !claim(instance, module)) {
        instance = null;
        instance = acquire(module, site, false);
        keeper.put(instance);
      }
      good = instance.isStarted();
      checkCancelled(instance, site);
      good = false;
      begin(instance, site, false);
      entered = true;
      return instance;
    } catch (RuntimeException | Error e) {
      if (instance == null) {
        throw e;
      }
      throw failure(e, instance, module, site);
    } finally {
      if (!entered && instance != null) {
        leaveKept(keeper, instance, good);
      } else if (!entered) {
        keeper.leave();
      }
    }
  }

  void leaveKept(KeptInstance keeper, PooledInstance instance, boolean good) {
    try {
      if (!good) {
        instances.remove(instance);
      }
      keeper.release(instance, good);
    } finally {
      keeper.leave();
    }
  }

  /**
   * Makes an instance, whose turn has begun, this session's, so that {@link #cancel} finds it.
   *
   * @return false if it was stopped for its former user; it is gone then
   */
  private boolean claim(PooledInstance instance, ModuleRuntime module) {
    if (instance.owner() == this) {
      return true;
    }
    if (instances.size() > MANY) {
      instances.removeIf(known -> known.guard().isGone());
    }
    instances.add(instance);
    if (instance.claim(this)) {
      return true;
    }
    instances.remove(instance);
    module.pool().discard(instance);
    return false;
  }

  /** Whoever cancels after this look finds the instance, which is the session's by now. */
  private void checkCancelled(PooledInstance instance, CallSite site) {
    if (cancelled) {
      throw CallFailures.stopped(site, Guard.Stop.CANCEL, instance.limits(), null);
    }
  }

  /** Makes the session's instance ready for a call. */
  private void begin(PooledInstance instance, CallSite site, boolean resettable) {
    instance.watch();
    if (instance.isStarted()) {
      instance.serve(this);
    } else {
      instance.start(this, site, resettable);
      checkCancelled(instance, site);
    }
  }

  /** An instance with a turn begun, which is this session's. */
  private PooledInstance acquire(ModuleRuntime module, CallSite site, boolean idleWanted) {
    Limits limits = module.limits();
    PooledInstance instance;
    do {
      try {
        instance = module.pool().acquire(idleWanted, limits.callTime().toNanos(), () -> cancelled);
      } catch (IllegalStateException e) {
        throw CallFailures.hostFault(site, e);
      }
      if (instance == null) {
        throw cancelled
            ? CallFailures.stopped(site, Guard.Stop.CANCEL, module.limits(), null)
            : full(site, limits);
      }
    } while (!claim(instance, module));
    return instance;
  }

  private Slot slot(ModuleRuntime module) {
    Thread thread = Thread.currentThread();
    Slot slot = lastSlot;
    if (slot == null || !slot.isOf(module, thread)) {
      lease(module);
      slot =
          slots.computeIfAbsent(
              new Place(module, thread), place -> new Slot(place.module(), place.thread()));
      lastSlot = slot;
    }
    return slot;
  }

  /**
   * Makes an instance, which runs {@code on-load} where the component has one, and leaves it to the
   * first call.
   *
   * @throws SqlError what instantiation or {@code on-load} fails with
   */
  public void load(ModuleRuntime module) {
    CallSite site = new CallSite(module.label(), null, -1);
    boolean resettable =
        module.isolations().all().contains(Isolation.CALL) && module.isResettable();
    PooledInstance instance = acquire(module, site, false);
    boolean good = false;
    try {
      begin(instance, site, resettable);
      good = resettable && instance.isResettable();
    } catch (Throwable e) {
      throw failure(e, instance, module, site);
    } finally {
      give(instance, module, good);
    }
  }

  private void lease(ModuleRuntime module) {
    if (leased.add(module)) {
      module.lease();
    }
  }

  /** What a failed call is told as. */
  static RuntimeException failure(
      Throwable thrown, PooledInstance instance, ModuleRuntime module, CallSite site) {
    Guard.Stop stop = instance.guard().stopped();
    return switch (thrown) {
      case SqlError e -> e;
      case TrapException e -> CallFailures.trap(site, e, stop, module.limits());
      case ValueLimitException e -> site.error("54000", e.getMessage() + " (limit result_size)", e);
      case HostDenied e -> site.error("42501", String.valueOf(e.getMessage()), e);
      // What breaks while a call is being stopped, breaks because it is being stopped.
      case RuntimeException _, AssertionError _, LinkageError _, StackOverflowError _ ->
          stop == null
              ? CallFailures.hostFault(site, thrown)
              : CallFailures.stopped(site, stop, module.limits(), thrown);
      case Error e -> throw e;
      default -> throw new IllegalStateException(thrown);
    };
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
    for (PooledInstance instance : instances) {
      long turn = instance.guard().turn();
      // The owner is looked at after the turn: one that is not this session's fails to be stopped.
      if (turn != 0 && instance.owner() == this) {
        instance.guard().stop(turn, Guard.Stop.CANCEL);
      }
    }
  }

  private static void end(Object shared) {
    if (shared instanceof AutoCloseable closeable) {
      try {
        closeable.close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Whether the statement was cancelled. */
  public boolean isCancelled() {
    return cancelled;
  }

  /** Ends the session; calls still running are stopped. */
  @Override
  public void close() {
    cancel();
    shared.values().forEach(CallSession::end);
    ofStatement.close();
    kept.forEach(instance -> instance.end(this));
    for (ModuleRuntime module : leased) {
      if (leased.remove(module)) {
        module.release();
      }
    }
  }
}
