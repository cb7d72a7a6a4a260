package io.calcitewasm.udf.instance;

/**
 * A module version whose functions can be called: what calls know of one, without knowing how
 * modules are registered.
 */
public interface Callee {
  /** What calls of it need. */
  ModuleRuntime runtime();
}
