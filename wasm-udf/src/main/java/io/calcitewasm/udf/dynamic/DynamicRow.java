package io.calcitewasm.udf.dynamic;

import io.calcitewasm.udf.signature.SqlFunction;
import io.calcitewasm.udf.signature.SqlNames;
import io.calcitewasm.udf.signature.SqlType.ArrayOf;
import io.calcitewasm.udf.signature.SqlType.RowOf;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Rows that stand for values of variants: the case's label, then a field for each payload. */
final class DynamicRow {
  private DynamicRow() {}

  /** A case with its payload, null without one. */
  static @Nullable Object[] of(RowOf row, String label, @Nullable Object payload) {
    @Nullable Object[] values = new Object[row.fields().size()];
    values[0] = label;
    if (payload != null) {
      values[index(row, label)] = payload;
    }
    return values;
  }

  /** The payload of a case. */
  static @Nullable Object payload(@Nullable Object[] values, RowOf row, String label) {
    return values[index(row, label)];
  }

  private static int index(RowOf row, String label) {
    String name = SqlNames.of(label);
    for (int i = 1; i < row.fields().size(); i++) {
      if (row.fields().get(i).name().equals(name)) {
        return i;
      }
    }
    throw new IllegalArgumentException("case " + label + " has no payload");
  }

  /** A row, however it is carried. */
  static List<?> list(@Nullable Object row) {
    return Objects.requireNonNull(row, "row") instanceof Object[] array
        ? Arrays.asList(array)
        : (List<?>) row;
  }

  /** The rows that a list has which is a parameter. */
  static RowOf element(SqlFunction function, int parameter) {
    return (RowOf) ((ArrayOf) function.parameters().get(parameter).type()).element();
  }

  /** The fields of a row, however it is carried. */
  static @Nullable Object[] array(@Nullable Object row) {
    return Objects.requireNonNull(row, "row") instanceof Object[] fields
        ? Arrays.copyOf(fields, fields.length)
        : ((List<?>) row).toArray();
  }
}
