package io.calcitewasm.component;

import io.calcitewasm.component.link.ExportedFunction;
import io.calcitewasm.component.model.FuncType;
import org.jspecify.annotations.Nullable;

/** A function of one instance. */
public final class ComponentFunction {
  private final Instance instance;
  private final ExportedFunction function;
  private final FuncType type;

  ComponentFunction(Instance instance, ExportedFunction function, FuncType type) {
    this.instance = instance;
    this.function = function;
    this.type = type;
  }

  /** {@code interface#function}, or the function's name alone at the root. */
  public String name() {
    return function.name();
  }

  /** The function's type, with the names that interfaces gave to the types in it. */
  public FuncType type() {
    return type;
  }

  /**
   * Calls the function. What values look like is told at {@link
   * io.calcitewasm.component.model.ValType}.
   *
   * @param arguments one per parameter
   * @return the result; null where the type has none
   * @throws IllegalArgumentException if an argument is no value of its parameter's type; the
   *     instance stays usable
   * @throws TrapException if the guest traps; the instance is unusable from then on
   * @throws ValueLimitException if the result is larger than the instance's options allow
   * @throws HostFailure if a host function failed that the guest called
   * @throws IllegalStateException if the instance is closed or in use by another thread
   */
  public @Nullable Object call(@Nullable Object... arguments) {
    return instance.call(function, arguments);
  }

  /** Bytes that the memory which its values go through has now; 0 if it needs none. */
  public long memoryBytes() {
    return instance.memoryBytes(function);
  }

  @Override
  public String toString() {
    return name();
  }
}
