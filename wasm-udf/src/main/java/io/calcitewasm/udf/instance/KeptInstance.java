package io.calcitewasm.udf.instance;

import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The instance of one module version that a statement or a connection keeps between calls. Calls
 * are made one after the other. When a call ends the instance, by a trap or otherwise, its state is
 * gone and the next call begins with another one.
 */
final class KeptInstance implements AutoCloseable {
  private static final long LOOK_MILLIS = 20;

  private final ModuleRuntime module;
  private final KeptInstances keeper;
  private final ReentrantLock line = new ReentrantLock(true);
  private final Set<CallSession> users = Collections.newSetFromMap(new WeakHashMap<>());
  private volatile @Nullable PooledInstance instance;

  KeptInstance(ModuleRuntime module, KeptInstances keeper) {
    this.module = module;
    this.keeper = keeper;
  }

  /** Whether the calling thread is in a call of it: the guest has called back. */
  boolean isMine() {
    return line.isHeldByCurrentThread();
  }

  /**
   * Waits until it is the caller's turn.
   *
   * @param givenUp whether the caller gave up meanwhile
   * @return whether it is; {@link #leave} ends it then
   */
  boolean enter(BooleanSupplier givenUp) {
    if (line.tryLock()) {
      return true;
    }
    try {
      while (!givenUp.getAsBoolean()) {
        if (line.tryLock(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
          return true;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  void leave() {
    line.unlock();
  }

  /** The instance, to be compared only; null if there is none. */
  @Nullable Object identity() {
    return instance;
  }

  /** Whether there is an instance. */
  boolean isStarted() {
    return instance != null;
  }

  /** The instance with a turn begun, in the caller's turn; null if it has to be made. */
  @Nullable PooledInstance resume() {
    PooledInstance kept = instance;
    return kept != null && kept.guard().resume() ? kept : null;
  }

  /** Keeps an instance whose turn is under way. */
  void put(PooledInstance made) {
    made.keptBy(this);
    instance = made;
  }

  /** Whether nothing is to be kept any more. */
  boolean isClosed() {
    return keeper.isClosed();
  }

  /** Ends the turn; the instance waits for the next, or ends if the turn went wrong. */
  void release(PooledInstance used, boolean good) {
    used.unclaim();
    if (!good || !used.guard().keep()) {
      instance = null;
      module.pool().discard(used);
    } else if (keeper.isClosed()) {
      close();
    }
  }

  /** A statement begins to use it. */
  synchronized void begin(CallSession user) {
    users.add(user);
  }

  /** A statement ends. */
  synchronized void end(CallSession user) {
    users.remove(user);
    endIfRetired();
  }

  /** Ends it if its module version was replaced and no statement uses it. */
  synchronized void endIfRetired() {
    if (module.pool().isRetired() && users.isEmpty()) {
      keeper.forget(module, this);
      close();
    }
  }

  /** Ends the instance; a call that is running is stopped. */
  @Override
  public void close() {
    PooledInstance kept = instance;
    while (kept != null && !kept.guard().isGone()) {
      if (kept.guard().retireKept()) {
        instance = null;
        module.pool().discard(kept);
        return;
      }
      if (kept.guard().stopped() != null
          || kept.guard().stop(kept.guard().turn(), Guard.Stop.CANCEL)) {
        return;
      }
    }
  }
}
