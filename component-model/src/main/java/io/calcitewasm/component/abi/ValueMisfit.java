package io.calcitewasm.component.abi;

import org.jspecify.annotations.Nullable;

/** A Java value of the host's is no value of the component type it is lowered as. */
public final class ValueMisfit extends AbiFault {
  private static final long serialVersionUID = 1;

  /** Describes the misfit. */
  public ValueMisfit(String problem) {
    super(problem);
  }

  static ValueMisfit wrongClass(String type, Class<?> expected, @Nullable Object value) {
    String got = value == null ? "null" : value.getClass().getName();
    return new ValueMisfit(type + " takes a " + expected.getSimpleName() + ", not " + got);
  }
}
