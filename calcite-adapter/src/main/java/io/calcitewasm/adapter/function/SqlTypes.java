package io.calcitewasm.adapter.function;

import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.signature.ArgType;
import io.calcitewasm.udf.signature.SqlFunction;
import io.calcitewasm.udf.signature.SqlType;
import io.calcitewasm.udf.signature.SqlType.Kind;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.StructKind;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/** SQL types of functions as Calcite's types. */
public final class SqlTypes {
  private static final int MILLISECONDS = 3;

  private SqlTypes() {}

  /** The Calcite type of a SQL type. */
  public static RelDataType toCalcite(
      SqlType type, boolean nullable, RelDataTypeFactory typeFactory) {
    return typeFactory.createTypeWithNullability(toCalcite(type, typeFactory), nullable);
  }

  private static RelDataType toCalcite(SqlType type, RelDataTypeFactory typeFactory) {
    return switch (type) {
      case SqlType.Scalar scalar -> scalar(scalar, typeFactory);
      case SqlType.ArrayOf array ->
          typeFactory.createArrayType(
              toCalcite(array.element(), array.elementNullable(), typeFactory), -1);
      case SqlType.RowOf row -> row(row, typeFactory);
      case SqlType.Handle handle ->
          throw new IllegalArgumentException("no expression is a " + handle);
    };
  }

  private static RelDataType row(SqlType.RowOf row, RelDataTypeFactory typeFactory) {
    List<RelDataType> types = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (SqlType.RowField field : row.fields()) {
      types.add(toCalcite(field.type(), field.nullable(), typeFactory));
      names.add(field.name());
    }
    return typeFactory.createStructType(StructKind.FULLY_QUALIFIED, types, names);
  }

  private static RelDataType scalar(SqlType.Scalar type, RelDataTypeFactory typeFactory) {
    return switch (type.kind()) {
      case BOOLEAN -> typeFactory.createSqlType(SqlTypeName.BOOLEAN);
      case TINYINT -> typeFactory.createSqlType(SqlTypeName.TINYINT);
      case SMALLINT -> typeFactory.createSqlType(SqlTypeName.SMALLINT);
      case INTEGER -> typeFactory.createSqlType(SqlTypeName.INTEGER);
      case BIGINT -> typeFactory.createSqlType(SqlTypeName.BIGINT);
      case DECIMAL ->
          typeFactory.createSqlType(SqlTypeName.DECIMAL, type.precision(), type.scale());
      case REAL -> typeFactory.createSqlType(SqlTypeName.REAL);
      case DOUBLE -> typeFactory.createSqlType(SqlTypeName.DOUBLE);
      case CHAR -> typeFactory.createSqlType(SqlTypeName.CHAR, 1);
      case VARCHAR -> typeFactory.createSqlType(SqlTypeName.VARCHAR);
      case VARBINARY -> typeFactory.createSqlType(SqlTypeName.VARBINARY);
      case DATE -> typeFactory.createSqlType(SqlTypeName.DATE);
      case TIME -> typeFactory.createSqlType(SqlTypeName.TIME, MILLISECONDS);
      case TIMESTAMP -> typeFactory.createSqlType(SqlTypeName.TIMESTAMP, MILLISECONDS);
      case TIMESTAMP_LTZ ->
          typeFactory.createSqlType(SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE, MILLISECONDS);
      case INTERVAL_YEAR_MONTH ->
          typeFactory.createSqlIntervalType(
              new SqlIntervalQualifier(TimeUnit.YEAR, TimeUnit.MONTH, SqlParserPos.ZERO));
      case INTERVAL_DAY_SECOND ->
          typeFactory.createSqlIntervalType(
              new SqlIntervalQualifier(
                  TimeUnit.DAY,
                  RelDataType.PRECISION_NOT_SPECIFIED,
                  TimeUnit.SECOND,
                  MILLISECONDS,
                  SqlParserPos.ZERO));
      case UUID -> typeFactory.createSqlType(SqlTypeName.UUID);
    };
  }

  /**
   * The SQL type of an expression, as functions of any arguments are told it; null where nothing is
   * known but NULL.
   *
   * @throws SqlError 42804 for a type that no scalar value has
   */
  static @Nullable SqlType ofCalcite(RelDataType type) {
    return switch (ArgTypes.of(type)) {
      case ArgType.Scalar(SqlType.Scalar known) ->
          SqlTypeUtil.inCharFamily(type)
              ? new SqlType.Scalar(Kind.VARCHAR, Math.max(type.getPrecision(), 0), 0)
              : known;
      case ArgType.Unknown _ -> null;
      default ->
          throw new SqlError("42804", "functions of any arguments take scalars only, not " + type);
    };
  }

  /** The Calcite type of a call, given whether some strict parameter may be NULL. */
  static RelDataType resultType(
      SqlFunction function, boolean strictArgumentNullable, RelDataTypeFactory typeFactory) {
    return toCalcite(
        function.result(), function.resultNullable() || strictArgumentNullable, typeFactory);
  }

  /** The type of what a function of any arguments answers; ANY before it is resolved. */
  static RelDataType resolved(@Nullable SqlType result, RelDataTypeFactory typeFactory) {
    return result == null
        ? typeFactory.createSqlType(SqlTypeName.ANY)
        : toCalcite(result, true, typeFactory);
  }
}
