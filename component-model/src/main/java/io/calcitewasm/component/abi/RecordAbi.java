package io.calcitewasm.component.abi;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code record} and {@code tuple}, and the parameters of a function, carried as an array. */
final class RecordAbi extends AbiType {
  private final String words;
  private final AbiType[] fields;
  private final int[] offsets;
  private final String[] steps;

  /**
   * A record.
   *
   * @param words what messages call the type
   * @param steps how messages name each field: {@code .days}, {@code .0}
   */
  RecordAbi(String words, List<AbiType> fields, List<String> steps) {
    super(Layout.record(fields));
    this.words = words;
    this.fields = fields.toArray(AbiType[]::new);
    this.offsets = Layout.offsets(fields);
    this.steps = steps.toArray(String[]::new);
  }

  /** Where the fields stand. */
  ElementLayout layoutOfFields() {
    return new ElementLayout(size(), Arrays.stream(offsets).boxed().toList());
  }

  @Override
  void forms(int offset, FormList into) {
    for (int i = 0; i < fields.length; i++) {
      fields[i].forms(offset + offsets[i], into);
    }
  }

  @Override
  Object load(LiftLowerContext cx, byte[] block, int at) {
    Object[] values = new Object[fields.length];
    for (int i = 0; i < values.length; i++) {
      try {
        values[i] = fields[i].load(cx, block, at + offsets[i]);
      } catch (AbiFault e) {
        throw e.under(steps[i]);
      }
    }
    return values;
  }

  @Override
  void store(LiftLowerContext cx, @Nullable Object value, byte[] block, int at) {
    @Nullable Object[] values = arrayOf(value);
    for (int i = 0; i < fields.length; i++) {
      try {
        fields[i].store(cx, values[i], block, at + offsets[i]);
      } catch (AbiFault e) {
        throw e.under(steps[i]);
      }
    }
  }

  @Override
  Object[] liftFlat(LiftLowerContext cx, long[] flat, int at) {
    Object[] values = new Object[fields.length];
    int position = at;
    for (int i = 0; i < values.length; i++) {
      try {
        values[i] = fields[i].liftFlat(cx, flat, position);
      } catch (AbiFault e) {
        throw e.under(steps[i]);
      }
      position += fields[i].flatCount();
    }
    return values;
  }

  @Override
  void lowerFlat(LiftLowerContext cx, @Nullable Object value, long[] flat, int at) {
    @Nullable Object[] values = arrayOf(value);
    int position = at;
    for (int i = 0; i < fields.length; i++) {
      try {
        fields[i].lowerFlat(cx, values[i], flat, position);
      } catch (AbiFault e) {
        throw e.under(steps[i]);
      }
      position += fields[i].flatCount();
    }
  }

  private @Nullable Object[] arrayOf(@Nullable Object value) {
    if (!(value instanceof Object[] values)) {
      throw ValueMisfit.wrongClass(words, Object[].class, value);
    }
    if (values.length != fields.length) {
      throw new ValueMisfit(words + " takes " + fields.length + " values, not " + values.length);
    }
    return values;
  }
}
