package io.calcitewasm.udf.instance;

import io.calcitewasm.policy.Limits;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The instances that calls of one session run in. An instance is taken out of its module's pool for
 * a turn, in which it is this session's, and given back; whoever stops the session finds those that
 * it has then. From several threads.
 */
final class InstanceTurns {
  /** How many instances a session knows before it forgets those that are gone. */
  private static final int MANY = 100;

  private record Place(ModuleRuntime module, Thread thread) {}

  private final CallSession session;
  private final @Nullable InstanceTurns leases;
  private final ConcurrentMap<Place, Slot> slots = new ConcurrentHashMap<>();

  /** Every instance that a call of this session may be running in, and some that others have. */
  private final Set<PooledInstance> instances = ConcurrentHashMap.newKeySet();

  /** The module versions that this session has called and holds a lease of. */
  private final Set<ModuleRuntime> leased = ConcurrentHashMap.newKeySet();

  private volatile @Nullable Slot lastSlot;
  private volatile boolean cancelled;

  /**
   * Instances of a session's.
   *
   * @param leases who holds the versions of modules for it; null if it does itself
   */
  InstanceTurns(CallSession session, @Nullable InstanceTurns leases) {
    this.session = session;
    this.leases = leases;
  }

  /** An instance with a turn begun, which is this session's: the one used last, if it can be. */
  PooledInstance take(ModuleRuntime module, CallSite site, boolean resettable) {
    Slot slot = slot(module);
    PooledInstance instance = resettable ? slot.begin() : null;
    if (instance == null || !claim(instance, module)) {
      instance = acquire(module, site, resettable);
      slot.remember(instance);
    }
    return instance;
  }

  /** Ends a turn; {@code good} if the instance can be used again. */
  void give(PooledInstance instance, ModuleRuntime module, boolean good) {
    if (good) {
      module.pool().release(instance);
    } else {
      instances.remove(instance);
      module.pool().discard(instance);
    }
  }

  /** An instance is gone. */
  void forget(PooledInstance instance) {
    instances.remove(instance);
  }

  /**
   * Makes an instance, whose turn has begun, this session's, so that {@link #cancel} finds it.
   *
   * @return false if it was stopped for its former user; it is gone then
   */
  boolean claim(PooledInstance instance, ModuleRuntime module) {
    if (instance.owner() == session) {
      return true;
    }
    if (instances.size() > MANY) {
      instances.removeIf(known -> known.guard().isGone());
    }
    instances.add(instance);
    if (instance.claim(session)) {
      return true;
    }
    instances.remove(instance);
    module.pool().discard(instance);
    return false;
  }

  /** Whoever cancels after this look finds the instance, which is the session's by now. */
  void checkCancelled(PooledInstance instance, CallSite site) {
    if (cancelled) {
      throw CallFailures.stopped(site, Guard.Stop.CANCEL, instance.limits(), null);
    }
  }

  /** Makes the session's instance ready for a call. */
  void begin(PooledInstance instance, CallSite site, boolean resettable) {
    instance.watch();
    if (instance.isStarted()) {
      instance.serve(session);
    } else {
      instance.start(session, site, resettable);
      checkCancelled(instance, site);
    }
  }

  /** An instance with a turn begun, which is this session's. */
  PooledInstance acquire(ModuleRuntime module, CallSite site, boolean idleWanted) {
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
            : CallFailures.full(site, limits);
      }
    } while (!claim(instance, module));
    return instance;
  }

  /** Where the calling thread finds the instance that it has used last. */
  Slot slot(ModuleRuntime module) {
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

  /** Holds a version of a module until the session ends. */
  void lease(ModuleRuntime module) {
    if (leases != null) {
      leases.lease(module);
    } else if (leased.add(module)) {
      module.lease();
    }
  }

  /** Stops the running calls and refuses further ones. From any thread; returns at once. */
  void cancel() {
    cancelled = true;
    for (PooledInstance instance : instances) {
      long turn = instance.guard().turn();
      // The owner is looked at after the turn: one that is not the session's fails to be stopped.
      if (turn != 0 && instance.owner() == session) {
        instance.guard().stop(turn, Guard.Stop.CANCEL);
      }
    }
  }

  /** Whether {@link #cancel} was called. */
  boolean isCancelled() {
    return cancelled;
  }

  /** Lets go of the versions of modules. */
  void release() {
    for (ModuleRuntime module : leased) {
      if (leased.remove(module)) {
        module.release();
      }
    }
  }
}
