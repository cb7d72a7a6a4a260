package io.calcitewasm.adapter.source;

import io.calcitewasm.adapter.function.CollatedType;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Locale;
import java.util.function.Predicate;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * A column as a driver's metadata tells it. Calcite's own reading of the metadata cuts decimals to
 * 19 digits and gives texts a character set that other texts do not compare with.
 *
 * @param name its name
 * @param jdbcType a constant of {@link Types}
 * @param typeName the database's name of the type
 * @param size characters, digits or bytes
 * @param scale digits behind the point, or of the seconds
 * @param nullable whether it may hold NULL
 * @param defaultValue the expression of its default in the database's words, {@code ""} for NULL
 * @param remarks what the database remembers of it; a collation may be said there
 */
record JdbcColumn(
    String name,
    int jdbcType,
    String typeName,
    int size,
    int scale,
    boolean nullable,
    String defaultValue,
    String remarks) {
  private static final int MOST_DIGITS = 38;
  private static final int MILLIS = 3;
  private static final String ARRAY = " ARRAY";

  /** Reads the current row of {@link DatabaseMetaData#getColumns}. */
  static JdbcColumn read(ResultSet row) throws SQLException {
    String typeName = row.getString("TYPE_NAME");
    String defaultValue = row.getString("COLUMN_DEF");
    String remarks = row.getString("REMARKS");
    return new JdbcColumn(
        row.getString("COLUMN_NAME"),
        row.getInt("DATA_TYPE"),
        typeName == null ? "" : typeName.toUpperCase(Locale.ROOT),
        row.getInt("COLUMN_SIZE"),
        row.getInt("DECIMAL_DIGITS"),
        row.getInt("NULLABLE") != DatabaseMetaData.columnNoNulls,
        defaultValue == null || defaultValue.equalsIgnoreCase("NULL") ? "" : defaultValue,
        remarks == null ? "" : remarks);
  }

  /** Whether it has no collation, or one whose name is known. */
  boolean isCollatedAs(Predicate<String> known) {
    return CollatedType.ofRemark(remarks).map(CollatedType::name).filter(known.negate()).isEmpty();
  }

  /** The same column without a collation. */
  JdbcColumn uncollated() {
    return new JdbcColumn(name, jdbcType, typeName, size, scale, nullable, defaultValue, "");
  }

  /** The column's SQL type. */
  RelDataType type(RelDataTypeFactory types) {
    RelDataType type = types.createTypeWithNullability(notNull(types), nullable);
    return CollatedType.ofRemark(remarks)
        .filter(collated -> SqlTypeUtil.inCharFamily(type))
        .map(collated -> collated.apply(types, type))
        .orElse(type);
  }

  private RelDataType notNull(RelDataTypeFactory types) {
    if (typeName.equals("UUID")) {
      return types.createSqlType(SqlTypeName.UUID);
    }
    if (typeName.startsWith("INTERVAL")) {
      return interval(types);
    }
    if (typeName.contains("UNSIGNED")) {
      return unsigned(types);
    }
    return switch (jdbcType) {
      case Types.BOOLEAN, Types.BIT -> types.createSqlType(SqlTypeName.BOOLEAN);
      case Types.TINYINT -> types.createSqlType(SqlTypeName.TINYINT);
      case Types.SMALLINT -> types.createSqlType(SqlTypeName.SMALLINT);
      case Types.INTEGER -> types.createSqlType(SqlTypeName.INTEGER);
      case Types.BIGINT -> types.createSqlType(SqlTypeName.BIGINT);
      case Types.REAL -> types.createSqlType(SqlTypeName.REAL);
      case Types.FLOAT, Types.DOUBLE -> types.createSqlType(SqlTypeName.DOUBLE);
      case Types.NUMERIC, Types.DECIMAL -> decimal(types);
      case Types.CHAR, Types.NCHAR -> sized(types, SqlTypeName.CHAR, SqlTypeName.VARCHAR);
      case Types.VARCHAR,
          Types.NVARCHAR,
          Types.LONGVARCHAR,
          Types.LONGNVARCHAR,
          Types.CLOB,
          Types.NCLOB,
          Types.SQLXML ->
          sized(types, SqlTypeName.VARCHAR, SqlTypeName.VARCHAR);
      case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB ->
          sized(types, SqlTypeName.VARBINARY, SqlTypeName.VARBINARY);
      case Types.DATE -> types.createSqlType(SqlTypeName.DATE);
      case Types.TIME -> types.createSqlType(SqlTypeName.TIME, fraction());
      case Types.TIMESTAMP -> types.createSqlType(SqlTypeName.TIMESTAMP, fraction());
      case Types.TIMESTAMP_WITH_TIMEZONE ->
          types.createSqlType(SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE, fraction());
      case Types.ARRAY -> types.createArrayType(element(types), -1);
      default -> types.createSqlType(SqlTypeName.ANY);
    };
  }

  private RelDataType decimal(RelDataTypeFactory types) {
    if (size <= 0) {
      return types.createSqlType(SqlTypeName.DECIMAL, MOST_DIGITS, MOST_DIGITS / 2 - 1);
    }
    int precision = Math.min(size, MOST_DIGITS);
    return types.createSqlType(SqlTypeName.DECIMAL, precision, Math.clamp(scale, 0, precision));
  }

  /** Sizes that mean "any" are beyond what Calcite counts. */
  private RelDataType sized(RelDataTypeFactory types, SqlTypeName name, SqlTypeName unsized) {
    int most = types.getTypeSystem().getMaxPrecision(name);
    return size > 0 && size <= most
        ? types.createSqlType(name, size)
        : types.createSqlType(unsized);
  }

  private int fraction() {
    return Math.clamp(scale, 0, MILLIS);
  }

  private RelDataType unsigned(RelDataTypeFactory types) {
    return switch (jdbcType) {
      case Types.TINYINT -> types.createSqlType(SqlTypeName.SMALLINT);
      case Types.SMALLINT -> types.createSqlType(SqlTypeName.INTEGER);
      case Types.INTEGER -> types.createSqlType(SqlTypeName.BIGINT);
      case Types.BIGINT -> types.createSqlType(SqlTypeName.DECIMAL, 20, 0);
      case Types.REAL, Types.FLOAT, Types.DOUBLE -> types.createSqlType(SqlTypeName.DOUBLE);
      default -> decimal(types);
    };
  }

  private RelDataType interval(RelDataTypeFactory types) {
    boolean months = typeName.contains("YEAR") || typeName.contains("MONTH");
    return types.createSqlIntervalType(
        months
            ? new SqlIntervalQualifier(TimeUnit.YEAR, TimeUnit.MONTH, SqlParserPos.ZERO)
            : new SqlIntervalQualifier(TimeUnit.DAY, TimeUnit.SECOND, SqlParserPos.ZERO));
  }

  /** The element's type where the database tells it: {@code INTEGER ARRAY}. */
  private RelDataType element(RelDataTypeFactory types) {
    SqlTypeName name = SqlTypeName.ANY;
    int end = typeName.indexOf(ARRAY);
    if (end > 0) {
      String element = typeName.substring(0, end).replaceAll("\\(.*\\)", "");
      name =
          switch (element) {
            case "CHARACTER VARYING", "VARCHAR", "CHARACTER" -> SqlTypeName.VARCHAR;
            case "DOUBLE PRECISION", "DOUBLE", "FLOAT" -> SqlTypeName.DOUBLE;
            case "BOOLEAN", "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "REAL", "UUID" ->
                SqlTypeName.valueOf(element);
            default -> SqlTypeName.ANY;
          };
    }
    return types.createTypeWithNullability(types.createSqlType(name), true);
  }
}
