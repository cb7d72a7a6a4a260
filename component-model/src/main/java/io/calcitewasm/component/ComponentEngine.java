package io.calcitewasm.component;

import io.calcitewasm.component.core.CoreEngine;
import io.calcitewasm.component.core.GraalWasmEngine;
import io.calcitewasm.component.core.MemoryKind;
import io.calcitewasm.component.link.Linkage;

/**
 * Runs components. One engine serves a process or a database: what it compiles is shared between
 * everything that it runs. Threads may share it.
 */
public final class ComponentEngine implements AutoCloseable {
  private final CoreEngine core;

  private ComponentEngine(CoreEngine core) {
    this.core = core;
  }

  /** An engine on the best runtime that this JVM can offer; {@link #runtime()} tells which. */
  public static ComponentEngine create() {
    return new ComponentEngine(new GraalWasmEngine(MemoryKind.HEAP));
  }

  /** The runtime that is active, and why it is not a faster one. */
  public RuntimeInfo runtime() {
    return core.runtime();
  }

  /**
   * Serves a component's imports and prepares its core modules. Nothing of it runs.
   *
   * @throws LinkException if the linker does not offer something that the component imports
   * @throws InvalidComponentException if the code of a core module is invalid
   */
  public LinkedComponent link(Component component, Linker linker)
      throws LinkException, InvalidComponentException {
    Linkage linkage = Linkage.of(component.parsed(), component.imports(), linker);
    return new LinkedComponent(component, linkage, core);
  }

  /** Ends the engine; instances still alive must not be used any more. */
  @Override
  public void close() {
    core.close();
  }
}
