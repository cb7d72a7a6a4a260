package io.calcitewasm.udf.instance;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The live instances of a module version, at most so many (limit {@code instances}). An idle one is
 * anybody's: whoever used it last takes it again without asking the pool ({@link Guard#begin}), and
 * everybody else asks the pool for one. Who finds none waits in line.
 */
final class InstancePool {
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final ModuleRuntime module;
  private final int limit;
  private final Watchdog watchdog;
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Waiter> line = new ArrayDeque<>();
  // Written under the lock, the oldest instance first.
  private volatile PooledInstance[] live = {};
  private volatile boolean waiting;
  private volatile boolean retired;
  private volatile boolean closed;

  private static final class Waiter {
    private final boolean idleWanted;
    private final Condition served;
    private @Nullable PooledInstance given;

    Waiter(boolean idleWanted, Condition served) {
      this.idleWanted = idleWanted;
      this.served = served;
    }
  }

  InstancePool(ModuleRuntime module, int limit, Watchdog watchdog) {
    this.module = module;
    this.limit = limit;
    this.watchdog = watchdog;
  }

  /**
   * An instance with a turn begun for the caller, who ends it with {@link #release} or {@link
   * #discard}.
   *
   * @param idleWanted whether an idle instance will do; else it is one to be {@linkplain
   *     PooledInstance#start started}, for which an idle one makes room
   * @param nanos how long to wait at most
   * @param givenUp whether the caller gave up meanwhile
   * @return the instance, idle before or to be started; null if there is none
   * @throws IllegalStateException if the database is closed
   */
  @Nullable PooledInstance acquire(boolean idleWanted, long nanos, BooleanSupplier givenUp) {
    lock.lock();
    try {
      PooledInstance found = line.isEmpty() ? find(idleWanted) : null;
      if (found == null && !closed) {
        found = await(idleWanted, nanos, givenUp);
      }
      if (found == null && closed) {
        throw new IllegalStateException("the database is closed");
      }
      return found;
    } finally {
      lock.unlock();
    }
  }

  private @Nullable PooledInstance await(boolean idleWanted, long nanos, BooleanSupplier givenUp) {
    Waiter waiter = new Waiter(idleWanted, lock.newCondition());
    line.addLast(waiter);
    waiting = true;
    // Whoever ended a turn before it could see that somebody waits has left an idle instance.
    serveLine();
    long end = System.nanoTime() + nanos;
    try {
      long left = nanos;
      while (waiter.given == null && left > 0 && !closed && !givenUp.getAsBoolean()) {
        long _ = waiter.served.awaitNanos(Math.min(left, LOOK_NANOS));
        left = end - System.nanoTime();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      if (waiter.given == null) {
        line.remove(waiter);
        waiting = !line.isEmpty();
      }
    }
    return waiter.given;
  }

  /** Under the lock. */
  private @Nullable PooledInstance find(boolean idleWanted) {
    if (closed) {
      return null;
    }
    if (idleWanted) {
      PooledInstance idle = beginIdle();
      if (idle != null) {
        return idle;
      }
    }
    if (live.length == limit && (idleWanted || !makeRoom())) {
      return null;
    }
    return admit();
  }

  /** The idle instance that this thread used last, else the oldest, so that the rest stays idle. */
  private @Nullable PooledInstance beginIdle() {
    Thread thread = Thread.currentThread();
    for (PooledInstance instance : live) {
      if (instance.lastThread() == thread && instance.guard().begin()) {
        return instance;
      }
    }
    for (PooledInstance instance : live) {
      if (instance.guard().begin()) {
        return instance;
      }
    }
    return null;
  }

  private boolean makeRoom() {
    for (PooledInstance instance : live) {
      if (instance.guard().retireIdle()) {
        remove(instance);
        instance.close();
        return true;
      }
    }
    return false;
  }

  private @Nullable PooledInstance admit() {
    if (live.length == 0 && !watchdog.add(this)) {
      closed = true;
      return null;
    }
    PooledInstance instance = new PooledInstance(module);
    PooledInstance[] more = Arrays.copyOf(live, live.length + 1);
    more[live.length] = instance;
    live = more;
    return instance;
  }

  private void remove(PooledInstance instance) {
    List<PooledInstance> rest = new ArrayList<>(Arrays.asList(live));
    rest.remove(instance);
    live = rest.toArray(PooledInstance[]::new);
    if (rest.isEmpty()) {
      watchdog.remove(this);
    }
  }

  private void serveLine() {
    while (!line.isEmpty()) {
      Waiter first = line.getFirst();
      PooledInstance found = find(first.idleWanted);
      if (found == null) {
        break;
      }
      line.removeFirst();
      first.given = found;
      first.served.signal();
    }
    waiting = !line.isEmpty();
  }

  /** Ends a turn: the instance is as it was after its start, and idle from now on. */
  void release(PooledInstance instance) {
    if (!instance.guard().end()) {
      discard(instance);
    } else if (waiting || closed) {
      tidy();
    }
  }

  private void tidy() {
    lock.lock();
    try {
      if (closed) {
        dropIdle();
      }
      serveLine();
    } finally {
      lock.unlock();
    }
  }

  /** Ends a turn, or a kept instance, and the instance with it. */
  void discard(PooledInstance instance) {
    instance.guard().abandon();
    try {
      instance.close();
    } finally {
      lock.lock();
      try {
        remove(instance);
        serveLine();
      } finally {
        lock.unlock();
      }
    }
  }

  /** The version was replaced: its instances are to go when no statement uses them. */
  void retire() {
    retired = true;
    if (module.statements() == 0) {
      dropIdle();
    }
    for (PooledInstance instance : live) {
      KeptInstance keeper = instance.keeper();
      if (keeper != null) {
        keeper.endIfRetired();
      }
    }
  }

  boolean isRetired() {
    return retired;
  }

  /** Closes idle instances. */
  void dropIdle() {
    lock.lock();
    try {
      for (PooledInstance instance : live) {
        if (instance.guard().retireIdle()) {
          remove(instance);
          instance.close();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Closes idle instances now, the others when their turn ends, and makes no more. */
  void close() {
    closed = true;
    tidy();
  }

  /**
   * Closes all but one of the instances that were idle for long; of a version that was replaced,
   * every one.
   *
   * @param now the time in nanoseconds
   * @param idleNanos how long is long
   * @return whether more could be closed later
   */
  boolean sweep(long now, long idleNanos) {
    lock.lock();
    try {
      PooledInstance[] before = live;
      int least = retired ? 0 : 1;
      for (int i = before.length - 1; i >= 0 && live.length > least; i--) {
        PooledInstance instance = before[i];
        if (instance.guard().idleNanos(now) > idleNanos && instance.guard().retireIdle()) {
          remove(instance);
          instance.close();
        }
      }
      return live.length > least
          && Arrays.stream(live).anyMatch(instance -> instance.guard().isIdle());
    } finally {
      lock.unlock();
    }
  }

  /**
   * Looks at all instances, from the watchdog's thread alone; see {@link Guard#watch}.
   *
   * @return whether there is a call, or there was one since the last look
   */
  boolean watch(long now) {
    long callNanos = module.limits().callTime().toNanos();
    long startNanos = ModuleRuntime.startTime(module.limits()).toNanos();
    boolean active = false;
    for (PooledInstance instance : live) {
      active |=
          instance.isReady()
              ? instance.guard().watch(now, callNanos, Guard.Stop.TIME)
              : instance.guard().watch(now, startNanos, Guard.Stop.START);
    }
    return active;
  }

  /** Calls that are running. */
  int running() {
    return (int) Arrays.stream(live).filter(i -> i.guard().isBusy()).count();
  }

  /** Instances that a call could have now: idle ones, and those that may still be made. */
  int free() {
    PooledInstance[] now = live;
    return limit - now.length + (int) Arrays.stream(now).filter(i -> i.guard().isIdle()).count();
  }

  /** Instances that there are. */
  int live() {
    return live.length;
  }
}
