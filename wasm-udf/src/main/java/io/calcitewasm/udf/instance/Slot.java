package io.calcitewasm.udf.instance;

import org.jspecify.annotations.Nullable;

/**
 * Where one thread of one statement remembers the instance of a module that it used last, so that
 * its next call need not ask the pool. The instance may be somebody else's meanwhile.
 */
final class Slot {
  private final ModuleRuntime module;
  private final Thread thread;
  private @Nullable PooledInstance last;
  private int depth;

  Slot(ModuleRuntime module, Thread thread) {
    this.module = module;
    this.thread = thread;
  }

  boolean isOf(ModuleRuntime wanted, Thread current) {
    return module == wanted && thread == current;
  }

  ModuleRuntime module() {
    return module;
  }

  /** The instance used last, with a turn begun; null if it is not to be had. */
  @Nullable PooledInstance begin() {
    PooledInstance instance = last;
    return depth == 0 && instance != null && instance.guard().begin() ? instance : null;
  }

  /** A call begins; calls nest where a guest calls back. */
  void enter() {
    depth++;
  }

  void leave() {
    depth--;
  }

  /** Remembers the instance of a call that does not nest in another. */
  void remember(PooledInstance instance) {
    if (depth == 0) {
      last = instance;
    }
  }
}
