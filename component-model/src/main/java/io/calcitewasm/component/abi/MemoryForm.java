package io.calcitewasm.component.abi;

import io.calcitewasm.component.binary.core.CoreValType;
import java.util.List;

/**
 * What stands in a value's bytes in linear memory (CanonicalABI.md, "Loading"), as far as somebody
 * needs to know who moves values without looking at them: where pointers are, and what is passed
 * flat. Strings are UTF-8. Offsets count from the start of the value, or of the list's element.
 */
public sealed interface MemoryForm {

  /** Where it starts, in bytes. */
  int offset();

  /**
   * Bits that are copied as they are.
   *
   * @param size bytes: 1, 2, 4 or 8
   * @param signed whether it is sign-extended when passed flat
   * @param flat the core type that it is passed flat as
   */
  record Scalar(int offset, int size, boolean signed, CoreValType flat) implements MemoryForm {}

  /**
   * A string or list: a pointer, and four bytes later a number of elements.
   *
   * @param unit bytes of an element
   * @param alignment of the elements
   * @param element what an element consists of; empty if there are no pointers in it
   */
  record Range(int offset, int unit, int alignment, List<MemoryForm> element)
      implements MemoryForm {
    /** Copies the list. */
    public Range {
      element = List.copyOf(element);
    }
  }

  /**
   * A variant: a discriminant, and the payload of the case that it tells.
   *
   * @param size bytes of the discriminant: 1, 2 or 4
   * @param cases what each payload consists of
   * @param flat the core types that it is passed flat as, the discriminant's first; none if there
   *     are too many to be passed flat
   */
  record Choice(int offset, int size, List<List<MemoryForm>> cases, List<CoreValType> flat)
      implements MemoryForm {
    /** Copies the lists. */
    public Choice {
      cases = cases.stream().map(List::copyOf).toList();
      flat = List.copyOf(flat);
    }
  }

  /** Whether it is or has a pointer. */
  default boolean hasPointer() {
    return switch (this) {
      case Scalar _ -> false;
      case Range _ -> true;
      case Choice choice ->
          choice.cases().stream().flatMap(List::stream).anyMatch(MemoryForm::hasPointer);
    };
  }
}
