package io.calcitewasm.component.core;

/**
 * Code of the host behind a core function import. Values are carried as in {@link CoreFunction}; an
 * exception unwinds the guest and reaches the host's caller unchanged.
 */
@FunctionalInterface
public interface HostCode {

  /** Runs the code. Returns the result, or 0 where the type has none. */
  long call(long[] arguments);
}
