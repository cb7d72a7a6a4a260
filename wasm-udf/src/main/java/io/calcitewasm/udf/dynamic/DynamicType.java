package io.calcitewasm.udf.dynamic;

import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.signature.SqlType;
import io.calcitewasm.udf.signature.SqlType.Kind;
import io.calcitewasm.udf.signature.SqlType.RowOf;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * SQL types as the contract's {@code sql-type}, in the form of rows that its variant has in SQL.
 */
final class DynamicType {
  private static final String DECIMAL = "decimal";
  private static final String VARCHAR = "varchar";
  private static final String VARBINARY = "varbinary";
  private static final String ANY = "any";
  private static final String JSON = "json";

  private DynamicType() {}

  /**
   * A type for the guest.
   *
   * @param type null where nothing is known but NULL
   * @param row how the contract's variant looks
   * @throws SqlError 42804 for arrays and rows: the contract has scalars only
   */
  static @Nullable Object[] toGuest(@Nullable SqlType type, RowOf row) {
    if (type == null) {
      return DynamicRow.of(row, ANY, null);
    }
    if (!(type instanceof SqlType.Scalar scalar)) {
      throw new SqlError(
          "42804", "functions of any arguments take scalars only, not " + type.toSql());
    }
    return switch (scalar.kind()) {
      case DECIMAL ->
          DynamicRow.of(
              row, DECIMAL, new Object[] {(short) scalar.precision(), (short) scalar.scale()});
      case CHAR, VARCHAR ->
          DynamicRow.of(
              row, VARCHAR, scalar.precision() > 0 ? Long.valueOf(scalar.precision()) : null);
      case VARBINARY -> DynamicRow.of(row, VARBINARY, null);
      case TIMESTAMP_LTZ -> DynamicRow.of(row, "timestamp-tz", null);
      case INTERVAL_YEAR_MONTH -> DynamicRow.of(row, "interval-months", null);
      case INTERVAL_DAY_SECOND -> DynamicRow.of(row, "interval-micros", null);
      default -> DynamicRow.of(row, scalar.kind().name().toLowerCase(Locale.ROOT), null);
    };
  }

  /**
   * A type that the guest has answered.
   *
   * @throws SqlError 38000 for one that no value has
   */
  static SqlType ofGuest(@Nullable Object[] value, RowOf row, String function) {
    String name = (String) java.util.Objects.requireNonNull(value[0], "case");
    return switch (name) {
      case DECIMAL -> decimal(DynamicRow.payload(value, row, DECIMAL), function);
      case VARCHAR, JSON -> SqlType.of(Kind.VARCHAR);
      case VARBINARY -> SqlType.of(Kind.VARBINARY);
      case "timestamp-tz" -> SqlType.of(Kind.TIMESTAMP_LTZ);
      case "interval-months" -> SqlType.of(Kind.INTERVAL_YEAR_MONTH);
      case "interval-micros" -> SqlType.of(Kind.INTERVAL_DAY_SECOND);
      case ANY ->
          throw new SqlError("38000", "function " + function + " resolved to no type but 'any'");
      default -> SqlType.of(Kind.valueOf(name.toUpperCase(Locale.ROOT)));
    };
  }

  private static SqlType decimal(@Nullable Object payload, String function) {
    List<?> parts = DynamicRow.list(payload);
    int precision = ((Number) parts.get(0)).intValue();
    int scale = ((Number) parts.get(1)).intValue();
    if (precision < 1 || precision > 38 || scale > precision) {
      throw new SqlError(
          "38000",
          "function " + function + " resolved to DECIMAL(" + precision + ", " + scale + ")");
    }
    return SqlType.decimal(precision, scale);
  }
}
