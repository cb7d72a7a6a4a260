package io.calcitewasm.adapter.exec;

import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.signature.SqlParameter;
import io.calcitewasm.udf.signature.SqlType;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.avatica.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Values between Calcite's internal representation and the one of {@code udf}. They differ in two
 * things: binary strings are {@link ByteString} there and {@code byte[]} here, rows may be lists
 * there and are {@code Object[]} here.
 */
final class CalciteValues {
  private CalciteValues() {}

  /** Converts arguments in place. */
  static void toModule(List<SqlParameter> parameters, @Nullable Object[] arguments) {
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = toModule(parameters.get(i).type(), arguments[i]);
    }
  }

  /** Converts one argument. */
  static @Nullable Object toModule(SqlType type, @Nullable Object value) {
    if (value == null) {
      return null;
    }
    return switch (type) {
      case SqlType.Scalar ignored -> value instanceof ByteString bytes ? bytes.getBytes() : value;
      case SqlType.ArrayOf array -> elements(array, (List<?>) value, true);
      case SqlType.RowOf row -> fields(row, value, true);
      case SqlType.Handle _ -> value;
    };
  }

  /** Converts a result. */
  static @Nullable Object toCalcite(SqlType type, @Nullable Object value) {
    if (value == null) {
      return null;
    }
    return switch (type) {
      case SqlType.Scalar ignored -> value instanceof byte[] bytes ? new ByteString(bytes) : value;
      case SqlType.ArrayOf array -> elements(array, (List<?>) value, false);
      case SqlType.RowOf row -> fields(row, value, false);
      case SqlType.Handle _ -> value;
    };
  }

  /** Whether there are binary strings in values of a type: the only results that differ. */
  static boolean hasBinary(SqlType type) {
    return switch (type) {
      case SqlType.Scalar scalar -> scalar.kind() == SqlType.Kind.VARBINARY;
      case SqlType.ArrayOf array -> hasBinary(array.element());
      case SqlType.RowOf row -> {
        for (SqlType.RowField field : row.fields()) {
          if (hasBinary(field.type())) {
            yield true;
          }
        }
        yield false;
      }
      case SqlType.Handle _ -> false;
    };
  }

  private static List<@Nullable Object> elements(
      SqlType.ArrayOf type, List<?> elements, boolean toModule) {
    List<@Nullable Object> converted = new ArrayList<>(elements.size());
    for (Object element : elements) {
      converted.add(
          toModule ? toModule(type.element(), element) : toCalcite(type.element(), element));
    }
    return converted;
  }

  private static Object fields(SqlType.RowOf type, Object row, boolean toModule) {
    @Nullable Object[] fields = row instanceof List<?> list ? list.toArray() : ((Object[]) row);
    if (fields.length != type.fields().size()) {
      throw new SqlError(
          "22023", "a row of " + fields.length + " fields where " + type.toSql() + " is wanted");
    }
    @Nullable Object[] converted = new @Nullable Object[fields.length];
    for (int i = 0; i < fields.length; i++) {
      SqlType fieldType = type.fields().get(i).type();
      converted[i] = toModule ? toModule(fieldType, fields[i]) : toCalcite(fieldType, fields[i]);
    }
    return converted;
  }
}
