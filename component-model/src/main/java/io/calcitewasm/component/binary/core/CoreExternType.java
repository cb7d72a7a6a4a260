package io.calcitewasm.component.binary.core;

import java.util.OptionalLong;

/** The type of a core import or export (core specification, "External Types"). */
public sealed interface CoreExternType {

  /** A function. */
  record Func(CoreFuncType type) implements CoreExternType {}

  /** A table; limits count entries. */
  record Table(CoreValType element, Limits limits) implements CoreExternType {}

  /** A memory; limits count pages of 64 KiB. */
  record Memory(Limits limits) implements CoreExternType {}

  /** A global. */
  record Global(CoreValType type, boolean mutable) implements CoreExternType {}

  /** An exception tag. */
  record Tag(CoreFuncType type) implements CoreExternType {}

  /** Size of a table or memory: at least {@code minimum}, never more than {@code maximum}. */
  record Limits(long minimum, OptionalLong maximum) {}
}
