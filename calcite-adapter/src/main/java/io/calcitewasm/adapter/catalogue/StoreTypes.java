package io.calcitewasm.adapter.catalogue;

import io.calcitewasm.udf.SqlError;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCollectionTypeNameSpec;
import org.apache.calcite.sql.SqlTypeNameSpec;
import org.apache.calcite.sql.type.SqlTypeName;

/** SQL types as the store declares them, so that the same types are read back. */
final class StoreTypes {
  private static final int MOST_DIGITS = 38;
  private static final int MILLIS = 3;

  private StoreTypes() {}

  /**
   * A type as {@code CREATE TABLE} names it.
   *
   * @param column for messages
   * @throws SqlError 42704 for an unknown type, 0A000 for one that is not stored, 22023 for a
   *     decimal of more than 38 digits
   */
  static String of(SqlTypeNameSpec type, String column) {
    return switch (type) {
      case SqlCollectionTypeNameSpec array when isArray(array) ->
          of(array.getElementTypeName(), column) + " ARRAY";
      case SqlBasicTypeNameSpec basic ->
          of(
              name(basic.getTypeName().getSimple(), column),
              basic.getPrecision(),
              basic.getScale(),
              column);
      default -> throw unstored(type.getTypeName().toString(), column);
    };
  }

  /**
   * A type that a query has.
   *
   * @param column for messages
   * @throws SqlError 0A000 for a type that is not stored
   */
  static String of(RelDataType type, String column) {
    if (type.getComponentType() != null && type.getSqlTypeName() == SqlTypeName.ARRAY) {
      return of(type.getComponentType(), column) + " ARRAY";
    }
    return switch (type.getSqlTypeName()) {
      case NULL ->
          throw new SqlError(
              "42P18", "column " + column + " is only NULL and has no type; use CAST");
      case INTERVAL_YEAR, INTERVAL_MONTH, INTERVAL_YEAR_MONTH -> "INTERVAL YEAR(9) TO MONTH";
      case INTERVAL_DAY,
          INTERVAL_DAY_HOUR,
          INTERVAL_DAY_MINUTE,
          INTERVAL_DAY_SECOND,
          INTERVAL_HOUR,
          INTERVAL_HOUR_MINUTE,
          INTERVAL_HOUR_SECOND,
          INTERVAL_MINUTE,
          INTERVAL_MINUTE_SECOND,
          INTERVAL_SECOND ->
          "INTERVAL DAY(9) TO SECOND(3)";
      default -> of(type.getSqlTypeName(), type.getPrecision(), type.getScale(), column);
    };
  }

  private static String of(SqlTypeName name, int precision, int scale, String column) {
    return switch (name) {
      case BOOLEAN, TINYINT, SMALLINT, INTEGER, BIGINT, REAL, DATE, UUID -> name.getName();
      case FLOAT, DOUBLE -> "DOUBLE PRECISION";
      case DECIMAL -> decimal(precision, scale, column);
      case CHAR -> "CHARACTER" + size(Math.max(precision, 1));
      case VARCHAR -> "CHARACTER VARYING" + size(precision);
      case BINARY, VARBINARY -> "BINARY VARYING" + size(precision);
      case TIME -> "TIME" + fraction(precision);
      case TIMESTAMP -> "TIMESTAMP" + fraction(precision);
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> "TIMESTAMP" + fraction(precision) + " WITH TIME ZONE";
      default -> throw unstored(name.getName().replace('_', ' '), column);
    };
  }

  private static String decimal(int precision, int scale, String column) {
    int digits = precision < 0 ? MOST_DIGITS : precision;
    int behind = Math.max(scale, 0);
    if (digits < 1 || digits > MOST_DIGITS || behind > digits) {
      throw new SqlError(
          "22023", "column " + column + " needs 1 to 38 digits, of them 0 to all behind the point");
    }
    return "DECIMAL(" + digits + ", " + behind + ")";
  }

  private static String size(int precision) {
    return precision < 0 ? "" : "(" + precision + ")";
  }

  /** What is finer than Calcite's milliseconds would be lost later. */
  private static String fraction(int precision) {
    return "(" + (precision < 0 ? MILLIS : Math.min(precision, MILLIS)) + ")";
  }

  private static boolean isArray(SqlCollectionTypeNameSpec type) {
    return type.getTypeName().getSimple().equals(SqlTypeName.ARRAY.getName());
  }

  private static SqlTypeName name(String name, String column) {
    SqlTypeName type = SqlTypeName.get(name);
    if (type == null) {
      throw new SqlError("42704", "column " + column + ": there is no type " + name);
    }
    return type;
  }

  private static SqlError unstored(String type, String column) {
    return new SqlError(
        "0A000", "column " + column + ": values of type " + type + " are not stored");
  }
}
