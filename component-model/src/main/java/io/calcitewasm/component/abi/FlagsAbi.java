package io.calcitewasm.component.abi;

import io.calcitewasm.component.binary.core.CoreValType;
import io.calcitewasm.component.model.CanonicalSizes;
import org.jspecify.annotations.Nullable;

/** {@code flags}, carried as an {@code Integer} of bits. Bits beyond the labels are dropped. */
final class FlagsAbi extends AbiType {
  private final int labels;
  private final int mask;

  FlagsAbi(int labels) {
    super(Layout.scalar(CanonicalSizes.flags(labels), CoreValType.I32));
    this.labels = labels;
    this.mask = labels == 32 ? -1 : (1 << labels) - 1;
  }

  @Override
  void forms(int offset, FormList into) {
    into.add(new MemoryForm.Scalar(offset, size(), false, CoreValType.I32));
  }

  @Override
  Object load(LiftLowerContext cx, byte[] block, int at) {
    return Discriminant.load(block, at, size()) & mask;
  }

  @Override
  Object liftFlat(LiftLowerContext cx, long[] flat, int at) {
    return (int) flat[at] & mask;
  }

  @Override
  void store(LiftLowerContext cx, @Nullable Object value, byte[] block, int at) {
    Discriminant.store(block, at, size(), bitsOf(value));
  }

  @Override
  void lowerFlat(LiftLowerContext cx, @Nullable Object value, long[] flat, int at) {
    flat[at] = bitsOf(value) & 0xffff_ffffL;
  }

  private int bitsOf(@Nullable Object value) {
    if (!(value instanceof Integer bits)) {
      throw ValueMisfit.wrongClass("flags", Integer.class, value);
    }
    if ((bits & ~mask) != 0) {
      throw new ValueMisfit(
          "0x" + Integer.toHexString(bits) + " sets bits beyond the " + labels + " flags");
    }
    return bits;
  }
}
