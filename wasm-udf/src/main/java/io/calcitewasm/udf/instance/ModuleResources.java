package io.calcitewasm.udf.instance;

import io.calcitewasm.component.ResourceHandle;
import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.signature.SqlFunction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The instance that a statement keeps for the resources of one module version: accumulators,
 * cursors, what dynamic functions have resolved. It may be replaced, after a trap or to make room;
 * handles of its resources are void then. Calls of the resources' methods go through the {@link
 * CallSession}.
 */
public final class ModuleResources {
  private final CallSession session;
  private final KeptInstances kept;
  private final ModuleRuntime module;
  private int pins;

  ModuleResources(CallSession session, KeptInstances kept, ModuleRuntime module) {
    this.session = session;
    this.kept = kept;
    this.module = module;
  }

  /** The instance, to be compared only; null if there is none. */
  public @Nullable Object instance() {
    return kept.of(module).identity();
  }

  /**
   * Memory of the instance.
   *
   * @param bytes what it has now
   * @param limit what it may have at most
   */
  public record Memory(long bytes, long limit) {}

  /** The memory that a method works in; nothing if there is no instance yet. */
  public Memory memory(SqlFunction method) {
    BoundFunction bound = module.bound(method);
    KeptInstance keeper = kept.of(module);
    long limit = module.limits().memoryBytes();
    if (keeper.isMine() || !keeper.isStarted()) {
      return new Memory(0, limit);
    }
    PooledInstance instance = session.kept().enter(keeper, module, site(method));
    boolean good = false;
    try {
      long bytes = instance.memoryBytes(bound);
      good = true;
      return new Memory(bytes, limit);
    } finally {
      session.kept().leave(keeper, instance, good);
    }
  }

  private CallSite site(SqlFunction method) {
    return new CallSite(module.label(), method, -1);
  }

  /**
   * Drops resources; their destructors run.
   *
   * @param method any method of theirs, for messages
   * @param handles owned handles of the present {@link #instance}
   * @throws SqlError if a destructor traps
   */
  public void drop(SqlFunction method, List<ResourceHandle> handles) {
    KeptInstance keeper = kept.of(module);
    CallSite site = site(method);
    PooledInstance instance = session.kept().enter(keeper, module, site);
    boolean good = false;
    try {
      handles.forEach(ResourceHandle::close);
      good = true;
    } catch (Throwable e) {
      throw CallFailures.of(e, instance, module, site);
    } finally {
      session.kept().leave(keeper, instance, good);
    }
  }

  /** Somebody needs the present instance until {@link #unpin}. */
  public void pin() {
    pins++;
  }

  /** Undoes one {@link #pin}. */
  public void unpin() {
    pins--;
  }

  /** Whether the instance can be replaced without anybody's loss but that of its resources. */
  public boolean isReplaceable() {
    return pins == 0 && !module.isolations().all().contains(Isolation.STATEMENT);
  }

  /** Ends the instance; the next call begins with a fresh one. */
  public void replace() {
    kept.of(module).close();
  }
}
