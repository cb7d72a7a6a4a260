package io.calcitewasm.component.core;

import io.calcitewasm.component.TrapException;

/**
 * A core function, callable from the host. All core values travel as {@code long}: i64 as it is,
 * f64 as its bits, i32 and the bits of an f32 zero-extended. Readers look only at the bits that a
 * type has, so the canonical ABI's coercions between joined types cost nothing.
 */
public interface CoreFunction {

  /**
   * Calls the function, inside its store.
   *
   * @param arguments one per parameter
   * @return the result, or 0 where the type has none
   * @throws TrapException if the guest traps, exhausts its stack or is interrupted
   */
  long call(long... arguments);
}
