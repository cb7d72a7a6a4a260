package io.calcitewasm.component.abi;

import io.calcitewasm.component.binary.core.CoreValType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code enum}, carried as the index of its label. */
final class EnumAbi extends AbiType {
  private final int cases;

  EnumAbi(int cases) {
    super(Layout.variant(cases, List.of()));
    this.cases = cases;
  }

  @Override
  void forms(int offset, FormList into) {
    into.add(new MemoryForm.Scalar(offset, size(), false, CoreValType.I32));
  }

  @Override
  Object load(LiftLowerContext cx, byte[] block, int at) {
    return Discriminant.checked(Discriminant.load(block, at, size()), cases);
  }

  @Override
  Object liftFlat(LiftLowerContext cx, long[] flat, int at) {
    return Discriminant.checked((int) flat[at], cases);
  }

  @Override
  void store(LiftLowerContext cx, @Nullable Object value, byte[] block, int at) {
    Discriminant.store(block, at, size(), indexOf(value));
  }

  @Override
  void lowerFlat(LiftLowerContext cx, @Nullable Object value, long[] flat, int at) {
    flat[at] = indexOf(value);
  }

  private int indexOf(@Nullable Object value) {
    if (!(value instanceof Integer index)) {
      throw ValueMisfit.wrongClass("enum", Integer.class, value);
    }
    if (index < 0 || index >= cases) {
      throw new ValueMisfit(index + " is not the index of one of " + cases + " labels");
    }
    return index;
  }
}
