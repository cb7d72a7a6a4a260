package io.calcitewasm.adapter.session;

import io.calcitewasm.component.ComponentEngine;

/**
 * The process's WebAssembly engine. Compiled code belongs to an engine, so databases and embedded
 * schemas share one; it lives as long as the process.
 */
public final class SharedEngine {
  private static final class Holder {
    private static final ComponentEngine ENGINE = ComponentEngine.create();
  }

  private SharedEngine() {}

  /** The engine, made when it is first asked for. */
  public static ComponentEngine get() {
    return Holder.ENGINE;
  }
}
