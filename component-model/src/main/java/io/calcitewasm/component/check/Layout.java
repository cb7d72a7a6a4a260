package io.calcitewasm.component.check;

import io.calcitewasm.component.binary.core.CoreValType;
import io.calcitewasm.component.model.CanonicalSizes;
import io.calcitewasm.component.model.PrimitiveType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How values of a type are passed (CanonicalABI.md, "Alignment", "Element Size", "Flattening").
 *
 * @param alignment in bytes, with pointers of 64 bits
 * @param size in bytes, with pointers of 64 bits; saturates far beyond what is allowed
 * @param flat the core types that carry a value, only the first {@link #MOST_FLAT} of them
 * @param pointers whether a list or string is part of the values
 */
record Layout(long alignment, long size, List<CoreValType> flat, boolean pointers) {
  /** One more than can be passed flat, so that a longer list is known to be longer. */
  static final int MOST_FLAT = 17;

  private static final long SATURATED = 1L << 40;
  private static final int POINTER_SIZE = 8;

  Layout {
    flat = List.copyOf(flat.size() > MOST_FLAT ? flat.subList(0, MOST_FLAT) : flat);
    size = Math.min(size, SATURATED);
  }

  static Layout of(PrimitiveType type) {
    return switch (type) {
      case BOOL, S8, U8 -> scalar(1, CoreValType.I32);
      case S16, U16 -> scalar(2, CoreValType.I32);
      case S32, U32, CHAR -> scalar(4, CoreValType.I32);
      case S64, U64 -> scalar(8, CoreValType.I64);
      case F32 -> scalar(4, CoreValType.F32);
      case F64 -> scalar(8, CoreValType.F64);
      case STRING -> list();
    };
  }

  static Layout list() {
    return new Layout(
        POINTER_SIZE, 2L * POINTER_SIZE, List.of(CoreValType.I32, CoreValType.I32), true);
  }

  static Layout handle() {
    return scalar(4, CoreValType.I32);
  }

  static Layout flags(int labels) {
    return scalar(CanonicalSizes.flags(labels), CoreValType.I32);
  }

  /** Records and tuples. */
  static Layout sequence(List<Layout> parts) {
    long alignment = 1;
    long size = 0;
    boolean pointers = false;
    List<CoreValType> flat = new ArrayList<>();
    for (Layout part : parts) {
      alignment = Math.max(alignment, part.alignment);
      size = Math.min(SATURATED, CanonicalSizes.aligned(size, part.alignment) + part.size);
      pointers |= part.pointers;
      if (flat.size() < MOST_FLAT) {
        flat.addAll(part.flat);
      }
    }
    return new Layout(alignment, CanonicalSizes.aligned(size, alignment), flat, pointers);
  }

  /** Variants, enums, options and results: the payloads of all cases, null where there is none. */
  static Layout choice(List<@Nullable Layout> cases) {
    long discriminant = CanonicalSizes.discriminant(cases.size());
    long payloadAlignment = 1;
    long payloadSize = 0;
    boolean pointers = false;
    List<CoreValType> flat = new ArrayList<>();
    for (Layout payload : cases) {
      if (payload != null) {
        payloadAlignment = Math.max(payloadAlignment, payload.alignment);
        payloadSize = Math.max(payloadSize, payload.size);
        pointers |= payload.pointers;
        join(flat, payload.flat);
      }
    }
    flat.add(0, CoreValType.I32);
    long alignment = Math.max(discriminant, payloadAlignment);
    long size =
        CanonicalSizes.aligned(
            CanonicalSizes.aligned(discriminant, payloadAlignment) + payloadSize, alignment);
    return new Layout(alignment, size, flat, pointers);
  }

  private static Layout scalar(int bytes, CoreValType flat) {
    return new Layout(bytes, bytes, List.of(flat), false);
  }

  private static void join(List<CoreValType> all, List<CoreValType> flat) {
    for (int i = 0; i < flat.size(); i++) {
      if (i == all.size()) {
        all.add(flat.get(i));
      } else {
        all.set(i, all.get(i).join(flat.get(i)));
      }
    }
  }
}
