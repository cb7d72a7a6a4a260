package io.calcitewasm.component.model;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A value of a {@code variant}: the index of its case and the payload, null exactly when the case
 * has none. Payload arrays are compared by content.
 */
public record VariantValue(int caseIndex, @Nullable Object payload) {
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof VariantValue that
        && caseIndex == that.caseIndex
        && Objects.deepEquals(payload, that.payload);
  }

  @Override
  public int hashCode() {
    return 31 * caseIndex + Arrays.deepHashCode(new Object[] {payload});
  }
}
