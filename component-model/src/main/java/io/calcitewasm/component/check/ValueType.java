package io.calcitewasm.component.check;

import io.calcitewasm.component.model.PrimitiveType;

/** A value type where it is used (Explainer.md, {@code valtype}). */
sealed interface ValueType extends Measured permits ValueType.Primitive, Defined {

  /** How values are passed. */
  Layout layout();

  /** Whether a borrowed handle is part of the type. */
  boolean borrows();

  /** A primitive type, used without a definition of its own. */
  record Primitive(PrimitiveType type) implements ValueType {
    @Override
    public Layout layout() {
      return Layout.of(type);
    }

    @Override
    public int size() {
      return 1;
    }

    @Override
    public int depth() {
      return 1;
    }

    @Override
    public boolean usesResources() {
      return false;
    }

    @Override
    public boolean borrows() {
      return false;
    }
  }
}
