package io.calcitewasm.component;

import io.calcitewasm.component.core.CoreEngine;
import io.calcitewasm.component.core.GraalWasmEngine;
import io.calcitewasm.component.core.GuestThreads;
import io.calcitewasm.component.core.MemoryKind;
import io.calcitewasm.component.link.Linkage;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Runs components. One engine serves a process or a database: what it compiles is shared between
 * everything that it runs. Threads may share it.
 */
public final class ComponentEngine implements AutoCloseable {
  /** For instances that live for a call. */
  private final CoreEngine core;

  /** For instances that live for many calls. */
  private final CoreEngine lasting;

  private final GuestThreads guestThreads = new GuestThreads();

  private ComponentEngine(CoreEngine core, CoreEngine lasting) {
    this.core = core;
    this.lasting = lasting;
  }

  /** An engine on the best runtime that this JVM can offer; {@link #runtime()} tells which. */
  public static ComponentEngine create() {
    return new ComponentEngine(
        new GraalWasmEngine(MemoryKind.HEAP), new GraalWasmEngine(MemoryKind.DIRECT));
  }

  /** The runtime that is active, and why it is not a faster one. */
  public RuntimeInfo runtime() {
    return core.runtime();
  }

  /**
   * Serves a component's imports and prepares its core modules. Nothing of it runs.
   *
   * @throws LinkException if the linker does not offer something that the component imports
   * @throws InvalidComponentException if the code of a core module is invalid, or the component
   *     repeats itself too often
   */
  public LinkedComponent link(Component component, Linker linker)
      throws LinkException, InvalidComponentException {
    Linkage linkage =
        Linkage.of(component.parsed(), component.imports(), component::linked, linker);
    return new LinkedComponent(component, linkage, core, lasting);
  }

  /**
   * Runs work that calls guests on a thread with a stack of 1 MiB and waits for it. Calls run on
   * their caller's stack. How deep guests can recur depends on it where it is small; on any stack
   * recursion without end ends in a {@link TrapException} of kind STACK. The hand-over costs about
   * 10 µs, so it is best done once for many calls.
   *
   * @throws Exception what the work throws
   */
  public <T extends @Nullable Object> T onGuestThread(Callable<T> work) throws Exception {
    return guestThreads.run(work);
  }

  /** Ends the engine; instances still alive must not be used any more. */
  @Override
  public void close() {
    guestThreads.close();
    core.close();
    lasting.close();
  }
}
