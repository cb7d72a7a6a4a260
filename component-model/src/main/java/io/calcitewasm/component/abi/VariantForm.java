package io.calcitewasm.component.abi;

import io.calcitewasm.component.model.ResultValue;
import io.calcitewasm.component.model.VariantValue;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How Java carries the cases of variants and of the types that are variants underneath. */
enum VariantForm {
  /** {@code variant} as {@link VariantValue}. */
  VARIANT {
    @Override
    Object make(int caseIndex, @Nullable Object payload) {
      return new VariantValue(caseIndex, payload);
    }

    @Override
    int caseOf(@Nullable Object value) {
      if (value instanceof VariantValue variant) {
        return variant.caseIndex();
      }
      throw ValueMisfit.wrongClass("variant", VariantValue.class, value);
    }

    @Override
    @Nullable Object payloadOf(@Nullable Object value) {
      return value instanceof VariantValue variant ? variant.payload() : null;
    }
  },

  /** {@code option} as {@link Optional}. */
  OPTION {
    @Override
    Object make(int caseIndex, @Nullable Object payload) {
      return Optional.ofNullable(payload);
    }

    @Override
    int caseOf(@Nullable Object value) {
      if (value instanceof Optional<?> option) {
        return option.isPresent() ? 1 : 0;
      }
      throw ValueMisfit.wrongClass("option", Optional.class, value);
    }

    @Override
    @Nullable Object payloadOf(@Nullable Object value) {
      return value instanceof Optional<?> option ? option.orElse(null) : null;
    }
  },

  /** {@code result} as {@link ResultValue}. */
  RESULT {
    @Override
    Object make(int caseIndex, @Nullable Object payload) {
      return new ResultValue(caseIndex == 0, payload);
    }

    @Override
    int caseOf(@Nullable Object value) {
      if (value instanceof ResultValue result) {
        return result.isOk() ? 0 : 1;
      }
      throw ValueMisfit.wrongClass("result", ResultValue.class, value);
    }

    @Override
    @Nullable Object payloadOf(@Nullable Object value) {
      return value instanceof ResultValue result ? result.value() : null;
    }
  };

  /** A value of a case. */
  abstract Object make(int caseIndex, @Nullable Object payload);

  /** Which case a value is. */
  abstract int caseOf(@Nullable Object value);

  /** The payload of a value that {@link #caseOf} accepts. */
  abstract @Nullable Object payloadOf(@Nullable Object value);
}
