package io.calcitewasm.component.binary;

/** An alias (Explainer.md, "Alias Definitions"). Enters the index space of its sort. */
public sealed interface Alias extends Declaration {

  /** The sort of the aliased definition. */
  Sort sort();

  @Override
  default String section() {
    return "alias section";
  }

  /** {@code (alias export instance "name" (sort))}: an export of a component instance. */
  record Export(int offset, Sort sort, int instance, String name) implements Alias {}

  /** {@code (alias core export coreInstance "name" (core sort))}: an export of a core instance. */
  record CoreExport(int offset, Sort sort, int coreInstance, String name) implements Alias {}

  /**
   * {@code (alias outer count index (sort))}: a definition of the scope that encloses this one
   * {@code count} times, 0 being this scope itself.
   */
  record Outer(int offset, Sort sort, int count, int index) implements Alias {}
}
