package io.calcitewasm.jdbc;

import java.util.Objects;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/** What {@link java.sql.DatabaseMetaData} tells of a type; null where it does not apply. */
final class TypeFacts {
  private static final int RADIX = 10;
  private static final int MOST_BYTES_OF_A_CHARACTER = 4;

  private TypeFacts() {}

  /** The name that {@link java.sql.ResultSetMetaData#getColumnTypeName} tells of a column. */
  static String name(RelDataType type) {
    RelDataType element = type.getComponentType();
    if (element != null) {
      boolean parts = element.isStruct() || element.getComponentType() != null;
      return parts ? name(element) + " " + type.getSqlTypeName().getName() : type.toString();
    }
    return switch (type.getSqlTypeName()) {
      case MAP -> type.toString();
      case SqlTypeName name when SqlTypeName.INTERVAL_TYPES.contains(name) -> interval(type);
      case SqlTypeName name -> name.getName();
    };
  }

  /** {@code INTERVAL_DAY_TO_SECOND}. */
  private static String interval(RelDataType type) {
    SqlIntervalQualifier units = Objects.requireNonNull(type.getIntervalQualifier());
    String start = units.getStartUnit().name();
    String end = units.getEndUnit() == null ? start : units.getEndUnit().name();
    return "INTERVAL_" + (start.equals(end) ? start : start + "_TO_" + end);
  }

  /** Digits of a number, characters of a text, bytes of a binary string, if they are limited. */
  static @Nullable Integer precision(RelDataType type) {
    int precision = type.getSqlTypeName().allowsPrec() ? type.getPrecision() : -1;
    return precision < 0 ? null : Integer.valueOf(precision);
  }

  /** Digits behind the decimal point. */
  static @Nullable Integer scale(RelDataType type) {
    boolean has = type.getSqlTypeName().allowsScale() && type.getScale() >= 0;
    return has ? Integer.valueOf(type.getScale()) : null;
  }

  /** The base that digits count in, for numbers alone. */
  static @Nullable Integer radix(RelDataType type) {
    return SqlTypeUtil.isNumeric(type) ? RADIX : null;
  }

  /** Most bytes of a text in UTF-8, or of a binary string, if they are limited. */
  static @Nullable Integer octets(RelDataType type) {
    Integer length = precision(type);
    return switch (type.getSqlTypeName()) {
      case CHAR, VARCHAR -> length == null ? null : length * MOST_BYTES_OF_A_CHARACTER;
      case BINARY, VARBINARY -> length;
      default -> null;
    };
  }

  /** Most bytes that a value takes. */
  static @Nullable Integer bytes(RelDataType type) {
    SqlTypeName name = type.getSqlTypeName();
    return switch (name) {
      case BOOLEAN, TINYINT -> Byte.BYTES;
      case SMALLINT -> Short.BYTES;
      case INTEGER, REAL, DATE, TIME -> Integer.BYTES;
      case BIGINT, DOUBLE, FLOAT, TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> Long.BYTES;
      default -> octets(type);
    };
  }
}
