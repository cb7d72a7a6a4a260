package io.calcitewasm.udf.instance;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/**
 * Instances whose state outlives a call: those of one statement, or of one connection, one for each
 * module version. Closing ends them. For any number of threads.
 */
public final class KeptInstances implements AutoCloseable {
  private final ConcurrentMap<ModuleRuntime, KeptInstance> instances = new ConcurrentHashMap<>();
  private final ConcurrentMap<Canary, CanaryTrail> trails = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /** None yet. */
  public KeptInstances() {}

  /** That of a module version, which may have yet to be made. */
  KeptInstance of(ModuleRuntime module) {
    KeptInstance known = instances.get(module);
    if (known != null) {
      return known;
    }
    instances.values().forEach(KeptInstance::endIfRetired);
    return instances.computeIfAbsent(module, m -> new KeptInstance(m, this));
  }

  /** What hears of the calls that see the state kept here, on behalf of a canary. */
  CanaryTrail trail(Canary canary, Supplier<CanaryTrail> begin) {
    CanaryTrail known = trails.get(canary);
    if (known != null) {
      return known;
    }
    trails.keySet().removeIf(Canary::isClosed);
    return trails.computeIfAbsent(canary, c -> begin.get());
  }

  boolean isClosed() {
    return closed;
  }

  /** The instance has ended for good. */
  void forget(ModuleRuntime module, KeptInstance instance) {
    instances.remove(module, instance);
  }

  /** Ends all of them; calls that are running are stopped. */
  @Override
  public void close() {
    closed = true;
    instances.values().forEach(KeptInstance::close);
    trails.values().forEach(CanaryTrail::close);
  }
}
