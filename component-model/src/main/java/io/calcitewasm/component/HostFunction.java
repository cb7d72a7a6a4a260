package io.calcitewasm.component;

import org.jspecify.annotations.Nullable;

/**
 * A function that the host offers to components. Its type is not declared: the importing
 * component's type rules, as told at {@link io.calcitewasm.component.model.ValType}.
 */
@FunctionalInterface
public interface HostFunction {

  /**
   * Serves one call.
   *
   * @param call who calls
   * @param arguments component values, one per parameter; never null themselves
   * @return a component value of the result type, or null where the type has none
   * @throws Exception to end the guest's call: an unchecked exception reaches the caller of the
   *     component unchanged, a checked one as {@link HostFailure}; the instance is dead either way
   */
  @Nullable Object call(HostCall call, @Nullable Object[] arguments) throws Exception;
}
