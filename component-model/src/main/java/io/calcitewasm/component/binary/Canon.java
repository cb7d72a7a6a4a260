package io.calcitewasm.component.binary;

/**
 * A canonical definition (Explainer.md, "Canonical Definitions"). {@link Lift} enters the index
 * space of functions, all others that of core functions. Asynchronous and threading built-ins are
 * refused by the reader.
 */
public sealed interface Canon extends Definition {

  @Override
  default String section() {
    return "canonical function section";
  }

  /** {@code (canon lift coreFunc options (func (type type)))}. */
  record Lift(int offset, int coreFunc, CanonOptions options, int type) implements Canon {}

  /** {@code (canon lower func options (core func))}. */
  record Lower(int offset, int func, CanonOptions options) implements Canon {}

  /** {@code (canon resource.new type (core func))}: {@code [i32] -> [i32]}. */
  record ResourceNew(int offset, int type) implements Canon {}

  /** {@code (canon resource.drop type (core func))}: {@code [i32] -> []}. */
  record ResourceDrop(int offset, int type) implements Canon {}

  /** {@code (canon resource.rep type (core func))}: {@code [i32] -> [i32]}. */
  record ResourceRep(int offset, int type) implements Canon {}
}
