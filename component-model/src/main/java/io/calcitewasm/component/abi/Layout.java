package io.calcitewasm.component.abi;

import io.calcitewasm.component.binary.core.CoreValType;
import io.calcitewasm.component.model.CanonicalSizes;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a value lies in memory, and what it takes when passed flat (CanonicalABI.md, "Alignment",
 * "Element Size", "Flattening").
 *
 * @param size bytes, a multiple of the alignment
 * @param alignment a power of two, 1 to 8
 */
record Layout(int size, int alignment, FlatTypes flat) {
  /** Sizes stay below this, so that offsets are ints ({@code MAX_LIST_BYTE_LENGTH}). */
  static final int MAX_SIZE = (1 << 28) - 1;

  static Layout scalar(int size, CoreValType flat) {
    return new Layout(size, size, FlatTypes.of(flat));
  }

  /** A pointer and a length. */
  static Layout range() {
    return new Layout(8, 4, FlatTypes.of(CoreValType.I32, CoreValType.I32));
  }

  /** Fields one after the other, each at its alignment. */
  static Layout record(List<AbiType> fields) {
    int[] offsets = offsets(fields);
    int alignment = 1;
    long end = 0;
    List<FlatTypes> flat = new ArrayList<>();
    for (int i = 0; i < offsets.length; i++) {
      AbiType field = fields.get(i);
      alignment = Math.max(alignment, field.alignment());
      end = (long) offsets[i] + field.size();
      flat.add(field.layout().flat());
    }
    return new Layout(
        checked(CanonicalSizes.aligned(end, alignment)), alignment, FlatTypes.concat(flat));
  }

  /** Where each field of a record starts. */
  static int[] offsets(List<AbiType> fields) {
    int[] offsets = new int[fields.size()];
    long end = 0;
    for (int i = 0; i < offsets.length; i++) {
      AbiType field = fields.get(i);
      end = CanonicalSizes.aligned(end, field.alignment());
      offsets[i] = checked(end);
      end += field.size();
    }
    return offsets;
  }

  /** Where the payload of a variant starts. */
  static int payloadOffset(int cases, List<AbiType> payloads) {
    int alignment = 1;
    for (AbiType payload : payloads) {
      alignment = Math.max(alignment, payload.alignment());
    }
    return (int) CanonicalSizes.aligned(CanonicalSizes.discriminant(cases), alignment);
  }

  /** A discriminant and room for any of the payloads. */
  static Layout variant(int cases, List<AbiType> payloads) {
    int alignment = CanonicalSizes.discriminant(cases);
    int size = 0;
    List<FlatTypes> flat = new ArrayList<>();
    for (AbiType payload : payloads) {
      alignment = Math.max(alignment, payload.alignment());
      size = Math.max(size, payload.size());
      flat.add(payload.layout().flat());
    }
    long end = (long) payloadOffset(cases, payloads) + size;
    return new Layout(
        checked(CanonicalSizes.aligned(end, alignment)), alignment, FlatTypes.variant(flat));
  }

  private static int checked(long size) {
    if (size > MAX_SIZE) {
      throw new TypeTooLarge(size);
    }
    return (int) size;
  }

  /** A type whose values would not fit any memory; validation refuses such types. */
  static final class TypeTooLarge extends RuntimeException {
    private static final long serialVersionUID = 1;

    TypeTooLarge(long size) {
      super("a value of the type takes " + size + " bytes, more than " + MAX_SIZE);
    }
  }
}
