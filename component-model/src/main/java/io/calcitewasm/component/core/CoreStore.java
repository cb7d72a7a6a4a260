package io.calcitewasm.component.core;

import io.calcitewasm.component.TrapException;
import io.calcitewasm.component.binary.core.CoreFuncType;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A home for core instances that may share functions, memories, tables and globals. One thread uses
 * it at a time, inside {@link #run}; only {@link #interrupt} may come from anywhere.
 */
public interface CoreStore extends AutoCloseable {

  /**
   * Runs work that uses the store on the calling thread. Calls nest. Behind the outermost, no
   * interrupt can strike the thread any more.
   *
   * @throws InUseException if another thread is inside, or the store is closed
   * @throws TrapException what the engine throws; of kind INTERRUPTED also if the store was
   *     interrupted earlier
   */
  <T extends @Nullable Object> T run(Supplier<T> work);

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

  /** Prepares a global for access by the host. */
  CoreGlobal global(CoreExtern global);

  /**
   * Stops guest code that runs in this store, soon: its call ends with a {@link TrapException} of
   * kind INTERRUPTED. From then on {@link #run} refuses. Returns at once.
   */
  void interrupt();

  /** Gives the store up; its instances are gone. */
  @Override
  void close();
}
