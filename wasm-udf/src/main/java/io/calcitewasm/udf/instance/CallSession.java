package io.calcitewasm.udf.instance;

import io.calcitewasm.host.context.StatementContext;
import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.batch.BatchColumn;
import io.calcitewasm.udf.instance.BoundFunction.ArgumentException;
import io.calcitewasm.udf.instance.BoundFunction.RaisedException;
import io.calcitewasm.udf.signature.SqlFunction;
import io.calcitewasm.udf.value.MisfitException;
import io.calcitewasm.udf.value.SizeLimit;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
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
  private final StatementContext statement;
  private final KeptInstances ofStatement = new KeptInstances();
  private final KeptInstances ofConnection;
  private final InstanceTurns turns;
  private final KeptTurns kept;
  private final SingleCalls single;
  private final CallHearing hearing;
  private final RowLeases leases;
  private final ConcurrentMap<Object, Object> shared = new ConcurrentHashMap<>();

  /** Sessions of the same statement with instances of their own. */
  private final Queue<CallSession> besides = new ConcurrentLinkedQueue<>();

  /** The session that this one stands beside; null if it is the statement's own. */
  private final @Nullable CallSession main;

  private volatile @Nullable CallMeter meter;

  /**
   * A session for a statement that belongs to no connection: what modules with isolation SESSION
   * keep, they keep for the statement.
   *
   * @param statement what the statement's guests share
   */
  public CallSession(StatementContext statement) {
    this(statement, null, null);
  }

  /**
   * A session for a statement that begins.
   *
   * @param statement what the statement's guests share
   * @param ofConnection what its connection keeps; not closed with the session
   */
  public CallSession(StatementContext statement, KeptInstances ofConnection) {
    this(statement, ofConnection, null);
  }

  private CallSession(
      StatementContext statement,
      @Nullable KeptInstances ofConnection,
      @Nullable CallSession main) {
    this.statement = statement;
    this.ofConnection = ofConnection == null ? ofStatement : ofConnection;
    this.main = main;
    this.turns = new InstanceTurns(this, main == null ? null : main.turns);
    this.kept = new KeptTurns(this, turns, ofStatement, this.ofConnection);
    this.single = new SingleCalls(this, turns, kept);
    this.leases = new RowLeases(turns, kept);
    this.hearing = new CallHearing(this, kept, this.ofConnection);
  }

  /**
   * A further session of the same statement: its resources live in instances of its own, so that
   * another thread can use them. It is cancelled and closed with this one.
   */
  public CallSession beside() {
    CallSession further = new CallSession(statement, ofConnection, this);
    besides.add(further);
    if (isCancelled()) {
      further.cancel();
    }
    return further;
  }

  /** The session that this one stands {@link #beside}, or itself. */
  public CallSession whole() {
    return main == null ? this : main;
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

  /** Turns of the instances that it keeps. */
  KeptTurns kept() {
    return kept;
  }

  /** Who hears of its calls. */
  CallHearing hearing() {
    return hearing;
  }

  /** Its calls one by one. */
  SingleCalls single() {
    return single;
  }

  /** The instances of its calls of many rows. */
  RowLeases leases() {
    return leases;
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
   * @throws SqlError whatever went wrong, as docs/sql.md, "Errors" tells it
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
    CallListener listener = hearing.listener(module, bound);
    return listener == null || !listener.wants(bound.function())
        ? answer(module, bound, args, row)
        : hearing.heard(listener, bound, args, () -> answer(module, bound, args, row));
  }

  /**
   * Who hears of a function that does more than answer calls, because its module has a canary.
   *
   * @param callee the version that the function is of
   * @param function one of its functions, the object itself
   * @return null for nobody
   */
  public @Nullable Trial trial(Callee callee, SqlFunction function) {
    Canary canary = callee.runtime().canary();
    return canary == null ? null : canary.trial(function, statement);
  }

  /** A call whose strict arguments are not NULL. */
  @Nullable Object answer(
      ModuleRuntime module, BoundFunction bound, @Nullable Object[] args, long row) {
    CallSite site = new CallSite(module.label(), bound.function(), row);
    try {
      @Nullable Object[] lowered = bound.lower(args);
      Object result = single.run(module, site, bound, lowered);
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

  /** Tells the meter, if there is one, what an instance has done. */
  void tell(PooledInstance instance) {
    CallMeter measuring = meter;
    if (measuring != null) {
      instance.tell(measuring);
    }
  }

  /**
   * Makes an instance, which runs {@code on-load} where the component has one, and leaves it to the
   * first call.
   *
   * @throws SqlError what instantiation or {@code on-load} fails with
   */
  public void load(ModuleRuntime module) {
    single.load(module);
  }

  /** Stops the running calls and refuses further ones: 57014. From any thread; returns at once. */
  public void cancel() {
    turns.cancel();
    besides.forEach(CallSession::cancel);
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
    return turns.isCancelled();
  }

  /** Ends the session; calls still running are stopped. */
  @Override
  public void close() {
    cancel();
    shared.values().forEach(CallSession::end);
    besides.forEach(CallSession::close);
    kept.close();
    turns.release();
  }
}
