package io.calcitewasm.component.model;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A value of {@code result<T, E>}: {@code value} is the payload of the arm, null exactly when that
 * arm has none. Payload arrays are compared by content.
 */
public record ResultValue(boolean isOk, @Nullable Object value) {

  /** The {@code ok} arm. */
  public static ResultValue ok(@Nullable Object value) {
    return new ResultValue(true, value);
  }

  /** The {@code err} arm. */
  public static ResultValue err(@Nullable Object value) {
    return new ResultValue(false, value);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ResultValue that
        && isOk == that.isOk
        && Objects.deepEquals(value, that.value);
  }

  @Override
  public int hashCode() {
    return (isOk ? 31 : 0) + Arrays.deepHashCode(new Object[] {value});
  }
}
