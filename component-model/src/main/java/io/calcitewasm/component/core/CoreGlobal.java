package io.calcitewasm.component.core;

/**
 * Access to a global of type i32 of a core instance, which may change whenever guest code runs
 * (core specification, "Global Instances").
 */
public interface CoreGlobal {

  /** The value now; to be asked inside the store. */
  int getInt();
}
