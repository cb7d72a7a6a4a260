package io.calcitewasm.component.binary;

import io.calcitewasm.component.model.PrimitiveType;

/** A value type where one is used (Binary.md, {@code valtype}). */
public sealed interface TypeUse {

  /** A primitive type. */
  record Primitive(PrimitiveType type) implements TypeUse {}

  /** A defined value type of the index space of types. */
  record Index(int type) implements TypeUse {}
}
