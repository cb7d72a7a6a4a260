package io.calcitewasm.udf.instance;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Turns of the instances that a statement or its connection keeps: their calls are made one after
 * the other, whichever thread they come from.
 */
final class KeptTurns {
  private final CallSession session;
  private final InstanceTurns turns;
  private final KeptInstances ofStatement;
  private final KeptInstances ofConnection;
  private final Set<KeptInstance> kept = ConcurrentHashMap.newKeySet();

  /**
   * Turns of a session's.
   *
   * @param ofStatement what is closed with the session
   * @param ofConnection what outlives it
   */
  KeptTurns(
      CallSession session,
      InstanceTurns turns,
      KeptInstances ofStatement,
      KeptInstances ofConnection) {
    this.session = session;
    this.turns = turns;
    this.ofStatement = ofStatement;
    this.ofConnection = ofConnection;
  }

  /** Aggregates and cursors live as long as the statement, whatever else lives longer. */
  KeptInstance keeper(ModuleRuntime module, BoundFunction bound) {
    boolean ofSession = bound.isolation() == Isolation.SESSION && !bound.handlesResources();
    return (ofSession ? ofConnection : ofStatement).of(module);
  }

  /** The instance that is kept, started, with a turn begun and within a call. */
  PooledInstance enter(KeptInstance keeper, ModuleRuntime module, CallSite site) {
    if (!keeper.enter(turns::isCancelled)) {
      throw CallFailures.stopped(site, Guard.Stop.CANCEL, module.limits(), null);
    }
    PooledInstance instance = null;
    boolean good = false;
    boolean entered = false;
    try {
      if (kept.add(keeper)) {
        turns.lease(module);
        keeper.begin(session);
      }
      instance = keeper.resume();
      if (instance == null || !turns.claim(instance, module)) {
        instance = null;
        instance = turns.acquire(module, site, false);
        keeper.put(instance);
      }
      good = instance.isStarted();
      turns.checkCancelled(instance, site);
      good = false;
      turns.begin(instance, site, false);
      entered = true;
      return instance;
    } catch (RuntimeException | Error e) {
      if (instance == null) {
        throw e;
      }
      throw CallFailures.of(e, instance, module, site);
    } finally {
      if (!entered && instance != null) {
        leave(keeper, instance, good);
      } else if (!entered) {
        keeper.leave();
      }
    }
  }

  /** Ends a turn; {@code good} if the instance can be used again. */
  void leave(KeptInstance keeper, PooledInstance instance, boolean good) {
    try {
      if (!good) {
        turns.forget(instance);
      }
      keeper.release(instance, good);
    } finally {
      keeper.leave();
    }
  }

  /** Ends what the statement keeps. */
  void close() {
    ofStatement.close();
    kept.forEach(instance -> instance.end(session));
  }
}
