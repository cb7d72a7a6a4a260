package io.calcitewasm.udf.instance;

import org.jspecify.annotations.Nullable;

/** A session's calls of component functions one by one, each as its module's isolation has it. */
final class SingleCalls {
  private final CallSession session;
  private final InstanceTurns turns;
  private final KeptTurns kept;

  SingleCalls(CallSession session, InstanceTurns turns, KeptTurns kept) {
    this.session = session;
    this.turns = turns;
    this.kept = kept;
  }

  /**
   * Calls a function.
   *
   * @param args component values
   * @return what the guest answers, a component value
   * @throws io.calcitewasm.udf.SqlError if it answers nothing
   */
  @Nullable Object run(
      ModuleRuntime module, CallSite site, BoundFunction bound, @Nullable Object[] args) {
    if (!bound.isKept()) {
      return isolated(module, site, bound, args);
    }
    KeptInstance instance = kept.keeper(module, bound);
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
    PooledInstance instance = turns.take(module, site, resettable);
    Slot slot = turns.slot(module);
    slot.enter();
    boolean good = instance.isStarted();
    try {
      turns.checkCancelled(instance, site);
      good = false;
      turns.begin(instance, site, resettable);
      Object result = instance.call(bound, args);
      session.tell(instance);
      good = reset(instance, bound);
      return result;
    } catch (Throwable e) {
      throw CallFailures.of(e, instance, module, site);
    } finally {
      slot.leave();
      turns.give(instance, module, good);
    }
  }

  private boolean reset(PooledInstance instance, BoundFunction bound) {
    if (!instance.isResettable()) {
      return false;
    }
    boolean done = instance.reset();
    bound.resets().record(done);
    CallMeter measuring = session.meter();
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
    PooledInstance instance = kept.enter(keeper, module, site);
    boolean good = false;
    try {
      Object result = instance.call(bound, args);
      session.tell(instance);
      good = true;
      return result;
    } catch (Throwable e) {
      throw CallFailures.of(e, instance, module, site);
    } finally {
      kept.leave(keeper, instance, good);
    }
  }

  /** {@link CallSession#load}. */
  void load(ModuleRuntime module) {
    CallSite site = new CallSite(module.label(), null, -1);
    boolean resettable =
        module.isolations().all().contains(Isolation.CALL) && module.isResettable();
    PooledInstance instance = turns.acquire(module, site, false);
    boolean good = false;
    try {
      turns.begin(instance, site, resettable);
      good = resettable && instance.isResettable();
    } catch (Throwable e) {
      throw CallFailures.of(e, instance, module, site);
    } finally {
      turns.give(instance, module, good);
    }
  }
}
