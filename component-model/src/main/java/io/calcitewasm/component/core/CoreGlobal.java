package io.calcitewasm.component.core;

/** Access to a global of type i32. */
public interface CoreGlobal {

  /** The value now; to be asked inside the store. */
  int getInt();
}
