package io.calcitewasm.udf.dynamic;

import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.signature.SqlType;
import io.calcitewasm.udf.signature.SqlType.Kind;
import io.calcitewasm.udf.signature.SqlType.RowOf;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** SQL values as the contract's {@code sql-value}, in the form of rows. */
final class DynamicValue {
  private DynamicValue() {}

  /** The values of a row for the guest, of these types. */
  static List<@Nullable Object> allToGuest(
      List<? extends @Nullable SqlType> types, @Nullable Object[] values, RowOf row) {
    List<@Nullable Object> given = new ArrayList<>(values.length);
    for (int i = 0; i < values.length; i++) {
      given.add(toGuest(types.get(i), values[i], row));
    }
    return given;
  }

  /**
   * A value for the guest.
   *
   * @param type its type, null where nothing is known but NULL
   */
  static @Nullable Object[] toGuest(@Nullable SqlType type, @Nullable Object value, RowOf row) {
    if (value == null || !(type instanceof SqlType.Scalar scalar)) {
      return DynamicRow.of(row, "null", null);
    }
    return switch (scalar.kind()) {
      case BOOLEAN -> DynamicRow.of(row, "boolean", value);
      case TINYINT, SMALLINT, INTEGER -> DynamicRow.of(row, "int32", ((Number) value).intValue());
      case BIGINT -> DynamicRow.of(row, "int64", ((Number) value).longValue());
      case DECIMAL ->
          DynamicRow.of(
              row, "decimal", value instanceof BigDecimal d ? d : new BigDecimal(value.toString()));
      case REAL, DOUBLE -> DynamicRow.of(row, "float64", ((Number) value).doubleValue());
      case CHAR, VARCHAR -> DynamicRow.of(row, "text", value);
      case VARBINARY -> DynamicRow.of(row, "blob", value);
      case DATE -> DynamicRow.of(row, "date", value);
      case TIME -> DynamicRow.of(row, "time", value);
      case TIMESTAMP -> DynamicRow.of(row, "timestamp", value);
      case TIMESTAMP_LTZ -> DynamicRow.of(row, "timestamp-tz", value);
      case INTERVAL_YEAR_MONTH -> DynamicRow.of(row, "interval-months", value);
      case INTERVAL_DAY_SECOND -> DynamicRow.of(row, "interval-micros", value);
      case UUID -> DynamicRow.of(row, "uuid", value);
    };
  }

  /**
   * A value that the guest has answered, as one of the type that it had resolved to.
   *
   * @throws SqlError 38000 for a value of another type, 22003 for a number out of range
   */
  static @Nullable Object ofGuest(
      @Nullable Object[] value, RowOf row, SqlType type, String function) {
    String label = (String) Objects.requireNonNull(value[0], "case");
    if (label.equals("null")) {
      return null;
    }
    Object payload = Objects.requireNonNull(DynamicRow.payload(value, row, label), "payload");
    Kind kind = ((SqlType.Scalar) type).kind();
    return switch (label) {
      case "int32", "int64", "float64", "decimal" -> number(label, payload, type, function);
      default -> {
        if (!fits(label, kind)) {
          throw misfit(label, type, function);
        }
        yield payload;
      }
    };
  }

  private static boolean fits(String label, Kind kind) {
    return switch (label) {
      case "boolean" -> kind == Kind.BOOLEAN;
      case "text", "json" -> kind == Kind.VARCHAR;
      case "blob" -> kind == Kind.VARBINARY;
      case "date" -> kind == Kind.DATE;
      case "time" -> kind == Kind.TIME;
      case "timestamp" -> kind == Kind.TIMESTAMP;
      case "timestamp-tz" -> kind == Kind.TIMESTAMP_LTZ;
      case "interval-months" -> kind == Kind.INTERVAL_YEAR_MONTH;
      case "interval-micros" -> kind == Kind.INTERVAL_DAY_SECOND;
      case "uuid" -> kind == Kind.UUID;
      default -> false;
    };
  }

  /** Exact numbers for exact types, in range; any number for approximate ones. */
  private static Object number(String label, Object value, SqlType type, String function) {
    SqlType.Scalar scalar = (SqlType.Scalar) type;
    boolean exact = !label.equals("float64");
    BigDecimal number = exact ? new BigDecimal(value.toString()) : BigDecimal.ZERO;
    try {
      return switch (scalar.kind()) {
        case REAL -> ((Number) value).floatValue();
        case DOUBLE -> ((Number) value).doubleValue();
        case TINYINT -> exact(exact, label, type, function, number).byteValueExact();
        case SMALLINT -> exact(exact, label, type, function, number).shortValueExact();
        case INTEGER -> exact(exact, label, type, function, number).intValueExact();
        case BIGINT -> exact(exact, label, type, function, number).longValueExact();
        case DECIMAL -> decimal(exact(exact, label, type, function, number), scalar);
        default -> throw misfit(label, type, function);
      };
    } catch (ArithmeticException e) {
      throw new SqlError(
          "22003",
          "function " + function + ": " + number.toPlainString() + " does not fit " + type.toSql(),
          e);
    }
  }

  private static BigDecimal exact(
      boolean exact, String label, SqlType type, String function, BigDecimal number) {
    if (!exact) {
      throw misfit(label, type, function);
    }
    return number;
  }

  private static BigDecimal decimal(BigDecimal number, SqlType.Scalar type) {
    BigDecimal scaled = number.setScale(type.scale(), RoundingMode.UNNECESSARY);
    if (scaled.precision() > type.precision()) {
      throw new ArithmeticException("too many digits");
    }
    return scaled;
  }

  private static SqlError misfit(String label, SqlType type, String function) {
    return new SqlError(
        "38000",
        "function "
            + function
            + " answered a value of the kind "
            + label
            + ", but had resolved to "
            + type.toSql());
  }
}
