package io.calcitewasm.adapter.function;

import io.calcitewasm.udf.signature.ArgType;
import io.calcitewasm.udf.signature.SqlType;
import io.calcitewasm.udf.signature.SqlType.Kind;
import java.util.Objects;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;

/** Calcite's types as the types of arguments. */
final class ArgTypes {
  private ArgTypes() {}

  /** The argument type of an expression of a Calcite type. */
  static ArgType of(RelDataType type) {
    if (type.isStruct()) {
      return new ArgType.RowOf(
          type.getFieldList().stream().map(RelDataTypeField::getType).map(ArgTypes::of).toList());
    }
    return switch (type.getSqlTypeName()) {
      case BOOLEAN -> ArgType.of(Kind.BOOLEAN);
      case TINYINT -> ArgType.of(Kind.TINYINT);
      case SMALLINT, UTINYINT -> ArgType.of(Kind.SMALLINT);
      case INTEGER, USMALLINT -> ArgType.of(Kind.INTEGER);
      case BIGINT, UINTEGER -> ArgType.of(Kind.BIGINT);
      case DECIMAL, UBIGINT ->
          ArgType.of((SqlType) SqlType.decimal(type.getPrecision(), type.getScale()));
      case REAL -> ArgType.of(Kind.REAL);
      case FLOAT, DOUBLE -> ArgType.of(Kind.DOUBLE);
      case CHAR -> ArgType.of((SqlType) SqlType.character(type.getPrecision()));
      case VARCHAR -> ArgType.of(Kind.VARCHAR);
      case BINARY, VARBINARY -> ArgType.of(Kind.VARBINARY);
      case DATE -> ArgType.of(Kind.DATE);
      case TIME -> ArgType.of(Kind.TIME);
      case TIMESTAMP -> ArgType.of(Kind.TIMESTAMP);
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> ArgType.of(Kind.TIMESTAMP_LTZ);
      case INTERVAL_YEAR, INTERVAL_YEAR_MONTH, INTERVAL_MONTH ->
          ArgType.of(Kind.INTERVAL_YEAR_MONTH);
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
          ArgType.of(Kind.INTERVAL_DAY_SECOND);
      case UUID -> ArgType.of(Kind.UUID);
      case ARRAY, MULTISET ->
          new ArgType.ArrayOf(of(Objects.requireNonNull(type.getComponentType(), "component")));
      case NULL, UNKNOWN, ANY -> new ArgType.Unknown();
      default -> new ArgType.Other(type.getFullTypeString());
    };
  }
}
