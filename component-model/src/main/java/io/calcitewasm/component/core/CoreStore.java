package io.calcitewasm.component.core;

import io.calcitewasm.component.TrapException;
import io.calcitewasm.component.binary.core.CoreFuncType;
import java.util.Map;

/**
 * A home for core instances that may share functions, memories, tables and globals. One thread uses
 * it at a time, between {@link #enter} and {@link #leave}; only {@link #interrupt} may come from
 * anywhere.
 */
public interface CoreStore extends AutoCloseable {

  /**
   * Takes the store for the calling thread. Calls nest.
   *
   * @throws IllegalStateException if another thread is inside
   * @throws TrapException of kind INTERRUPTED if the store was interrupted
   */
  void enter();

  /**
   * Undoes one {@link #enter}. After the outermost, no interrupt can strike the thread any more.
   */
  void leave();

  /**
   * Instantiates a module and runs its start function.
   *
   * @param imports for each imported module name, the instance that serves it
   * @throws TrapException if a segment is out of bounds, the start function traps, memory is short
   *     or an import does not fit
   */
  CoreInstance instantiate(CoreModule module, Map<String, CoreInstance> imports);

  /** A function of the host's for instances to import. */
  CoreExtern hostFunction(CoreFuncType type, HostCode code);

  /** Prepares a function for calls from the host. The type must be the function's own. */
  CoreFunction function(CoreExtern function, CoreFuncType type);

  /** Prepares a memory for access by the host. */
  CoreMemory memory(CoreExtern memory);

  /**
   * Stops guest code that runs in this store, soon: its call ends with a {@link TrapException} of
   * kind INTERRUPTED. From then on {@link #enter} refuses. Returns when the code has stopped or
   * after a bounded wait.
   */
  void interrupt();

  /** Gives the store up; its instances are gone. */
  @Override
  void close();
}
