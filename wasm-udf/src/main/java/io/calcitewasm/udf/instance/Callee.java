package io.calcitewasm.udf.instance;

/** A module version whose functions can be called. */
public interface Callee {
  /** What calls of it need. */
  ModuleRuntime runtime();
}
