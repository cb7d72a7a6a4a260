package io.calcitewasm.udf.instance;

import io.calcitewasm.component.LinkedComponent;
import io.calcitewasm.component.RuntimeInfo;
import io.calcitewasm.host.HostServices;
import io.calcitewasm.host.context.HostContext;
import io.calcitewasm.host.context.StatementContext;
import io.calcitewasm.host.provision.Provision;
import io.calcitewasm.policy.Capability;
import io.calcitewasm.policy.Limits;
import io.calcitewasm.udf.signature.SqlFunction;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What calls of one module version need: its linked component, its functions with their converters,
 * its limits, and its instances.
 */
public final class ModuleRuntime {
  /** A machine that has much else to do may take its time. */
  private static final Duration LEAST_START_TIME = Duration.ofSeconds(10);

  private final String name;
  private final String version;
  private final LinkedComponent linked;
  private final Optional<OnLoad> onLoad;
  private final HostServices services;
  private final Terms terms;
  private final Watchdog watchdog;
  private final WarmUp warmUp;
  private final AtomicBoolean warming = new AtomicBoolean();
  private final InstancePool pool;
  private final BoundFunctions functions;
  private final AtomicInteger leases = new AtomicInteger();
  private volatile boolean resettable = true;
  private volatile @Nullable Canary canary;

  /**
   * On what terms a module runs.
   *
   * @param provision what its instances are given
   * @param limits what it may use
   * @param isolations how long the state of its functions lives
   * @param config what {@code on-load} is told, in this order
   */
  public record Terms(
      Provision provision, Limits limits, Isolations isolations, Map<String, String> config) {
    public Terms {
      config = new LinkedHashMap<>(config);
    }
  }

  /**
   * Prepares a version for calls; nothing is run.
   *
   * @param name the module's name
   * @param version what tells the version apart in messages
   * @param linked the linked component
   * @param functions its functions; those without SQL form are passed over
   * @param services where its user data comes from
   * @param terms on what terms it runs
   * @param watchdog who stops calls over their time
   * @param warmUp who makes its first instance before it is called
   * @throws IllegalArgumentException if it exports {@code lifecycle} with another type than the
   *     contract's
   */
  public ModuleRuntime(
      String name,
      String version,
      LinkedComponent linked,
      List<SqlFunction> functions,
      HostServices services,
      Terms terms,
      Watchdog watchdog,
      WarmUp warmUp) {
    this.name = name;
    this.version = version;
    this.linked = linked;
    this.onLoad = OnLoad.of(linked.component());
    this.services = services;
    this.terms = terms;
    this.watchdog = watchdog;
    this.warmUp = warmUp;
    this.pool = new InstancePool(this, terms.limits().instances(), watchdog);
    this.functions = new BoundFunctions(name, linked, functions, terms.isolations());
  }

  BoundFunctions functions() {
    return functions;
  }

  /** How messages call the version: {@code text 0.1.0}. */
  String label() {
    return name + " " + version;
  }

  Limits limits() {
    return terms.limits();
  }

  /** What {@code on-load} is told. */
  Map<String, String> config() {
    return terms.config();
  }

  /** How long the state of its functions lives. */
  Isolations isolations() {
    return terms.isolations();
  }

  /** How long the making of an instance may take, {@code on-load} included. */
  static Duration startTime(Limits limits) {
    Duration callTime = limits.callTime();
    return callTime.compareTo(LEAST_START_TIME) < 0 ? LEAST_START_TIME : callTime;
  }

  InstancePool pool() {
    return pool;
  }

  Watchdog watchdog() {
    return watchdog;
  }

  /** Whether instances may be made to be reset after calls. */
  boolean isResettable() {
    return resettable;
  }

  /** Its instances cannot be reset: none are recorded from now on. */
  void giveUpResets() {
    resettable = false;
  }

  LinkedComponent linked() {
    return linked;
  }

  Optional<OnLoad> onLoad() {
    return onLoad;
  }

  /** What its instances are given. */
  public Provision provision() {
    return terms.provision();
  }

  /** Takes a capability back from calls that run: 42501 when they use it next. */
  public void revoke(Capability capability) {
    terms.provision().grants().revoke(capability);
  }

  /**
   * Whether calls can change what outlives their instance, so that none may be made twice, whatever
   * has become of the first one's answer.
   */
  boolean hasEffects() {
    return terms.provision().grants().has(Capability.KV);
  }

  HostContext context(StatementContext statement) {
    return services.context(name, version, terms.provision(), statement);
  }

  /**
   * The function with its converters.
   *
   * @throws IllegalArgumentException if it is not one of this version, or has no SQL form
   */
  BoundFunction bound(SqlFunction function) {
    BoundFunction bound = functions.of(function);
    if (bound == null) {
      throw new IllegalArgumentException(
          function.longName() + " is no callable function of module " + label());
    }
    return bound;
  }

  /** What runs its instances. */
  public RuntimeInfo engine() {
    return linked.runtime();
  }

  /** A statement calls it for the first time. */
  void lease() {
    leases.incrementAndGet();
  }

  /**
   * A statement that has called it ends; the last one takes a replaced version's instances away.
   */
  void release() {
    if (leases.decrementAndGet() == 0 && pool.isRetired()) {
      pool.dropIdle();
    }
  }

  /** Whether the component is to be told that it is loaded. */
  public boolean hasOnLoad() {
    return onLoad.isPresent();
  }

  /** The version that is tried beside this one, null without. */
  @Nullable Canary canary() {
    return canary;
  }

  /** The same version with instances of its own. */
  ModuleRuntime apart() {
    return new ModuleRuntime(
        name, version, linked, List.copyOf(functions.all()), services, terms, watchdog, warmUp);
  }

  /** Begins to try another version beside this one, in place of one that was tried before. */
  public synchronized void attach(Canary next) {
    detach();
    canary = next;
  }

  /** Ends the trial of another version, if there is one. */
  public synchronized void detach() {
    Canary last = canary;
    canary = null;
    if (last != null) {
      last.close();
    }
  }

  /**
   * Has the first instance made in another thread, if there is none: a call is to come. A component
   * with {@code on-load} has its first one since it was installed; where a module may have a single
   * instance, the call had to wait for it.
   */
  public void warmUp() {
    boolean wanted =
        onLoad.isEmpty()
            && terms.isolations().all().contains(Isolation.CALL)
            && limits().instances() > 1
            && resettable
            && !pool.isRetired()
            && pool.live() == 0;
    if (wanted && warming.compareAndSet(false, true) && !warmUp.request(this)) {
      warming.set(false);
    }
  }

  /** The instance was made; one that could not be is not tried again. */
  void warmedUp() {
    warming.set(false);
  }

  /** Statements that have called it and have not ended. */
  public int statements() {
    return leases.get();
  }

  /** Instances that a call could have now: idle ones, and those that may still be made. */
  public int freeInstances() {
    return pool.free();
  }

  /** Instances that there are, idle ones too. */
  public int liveInstances() {
    return pool.live();
  }

  /**
   * Lets go of the instances, because the version was replaced or dropped: at once where no
   * statement uses it, else when the last one that does has ended.
   */
  public void retire() {
    detach();
    pool.retire();
  }
}
