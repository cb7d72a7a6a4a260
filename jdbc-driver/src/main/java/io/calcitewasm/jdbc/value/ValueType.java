package io.calcitewasm.jdbc.value;

import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Struct;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.List;
import org.apache.calcite.avatica.ColumnMetaData;
import org.apache.calcite.avatica.ColumnMetaData.AvaticaType;

/** What the raw values of a column, of an array's element or of a row's field are. */
sealed interface ValueType {
  /** Digits of a fraction of a second, where nothing is known of them. */
  int UNKNOWN = -1;

  /** The name of the SQL type, as {@link java.sql.ResultSetMetaData} tells it. */
  String name();

  /** A constant of {@link Types}. */
  int jdbcType();

  /** The class of objects that JDBC returns for values of this type, in arrays too. */
  Class<?> javaClass();

  /** How raw values of a scalar type look, and what JDBC makes of them. */
  enum Kind {
    BOOLEAN(Boolean.class),
    TINYINT(Byte.class),
    SMALLINT(Short.class),
    INTEGER(Integer.class),
    BIGINT(Long.class),
    REAL(Float.class),
    DOUBLE(Double.class),
    DECIMAL(BigDecimal.class),
    /** Text padded with blanks to its length. */
    CHAR(String.class),
    VARCHAR(String.class),
    /** Raw: {@link org.apache.calcite.avatica.util.ByteString}. */
    BINARY(byte[].class),
    /** Raw: days since 1970-01-01. */
    DATE(Date.class),
    /** Raw: milliseconds of the day. */
    TIME(Time.class),
    /** Raw: milliseconds since 1970-01-01 00:00, without zone. */
    TIMESTAMP(Timestamp.class),
    /** Raw: milliseconds since 1970-01-01 00:00 UTC. */
    INSTANT(Timestamp.class),
    /** Raw: months. */
    INTERVAL_MONTHS(String.class),
    /** Raw: milliseconds. */
    INTERVAL_MILLIS(String.class),
    OTHER(Object.class);

    private final Class<?> javaClass;

    Kind(Class<?> javaClass) {
      this.javaClass = javaClass;
    }
  }

  /**
   * A type without parts.
   *
   * @param precision characters of a CHAR, digits of a fraction of a second, or {@link #UNKNOWN}
   */
  record Scalar(Kind kind, String name, int jdbcType, int precision) implements ValueType {
    @Override
    public Class<?> javaClass() {
      return kind.javaClass;
    }
  }

  /** An array or a multiset; raw values are lists. */
  record ArrayOf(ValueType element, AvaticaType elementType, String name) implements ValueType {
    @Override
    public int jdbcType() {
      return Types.ARRAY;
    }

    @Override
    public Class<?> javaClass() {
      return element.javaClass().arrayType();
    }
  }

  /** A row; raw values are arrays or lists. */
  record RowOf(List<ValueType> fields, String name) implements ValueType {
    @Override
    public int jdbcType() {
      return Types.STRUCT;
    }

    @Override
    public Class<?> javaClass() {
      return Struct.class;
    }
  }

  /** The type of a column. */
  static ValueType of(ColumnMetaData column) {
    return of(column.type, column.precision);
  }

  private static ValueType of(AvaticaType type, int precision) {
    return switch (type) {
      case ColumnMetaData.ArrayType array -> arrayOf(of(array.getComponent(), UNKNOWN), array);
      case ColumnMetaData.StructType row ->
          new RowOf(row.columns.stream().map(ValueType::of).toList(), "ROW");
      default -> new Scalar(kind(type), type.getName(), type.id, precision);
    };
  }

  /** Calcite names a row by all of its fields, in a notation of its own. */
  private static ArrayOf arrayOf(ValueType element, ColumnMetaData.ArrayType array) {
    boolean scalar = element instanceof Scalar;
    String collection = array.getName().endsWith(" MULTISET") ? " MULTISET" : " ARRAY";
    return new ArrayOf(
        element, array.getComponent(), scalar ? array.getName() : element.name() + collection);
  }

  private static Kind kind(AvaticaType type) {
    return switch (type.id) {
      case Types.BOOLEAN, Types.BIT -> Kind.BOOLEAN;
      case Types.TINYINT -> Kind.TINYINT;
      case Types.SMALLINT -> Kind.SMALLINT;
      case Types.INTEGER -> Kind.INTEGER;
      case Types.BIGINT -> Kind.BIGINT;
      case Types.REAL -> Kind.REAL;
      case Types.DOUBLE, Types.FLOAT -> Kind.DOUBLE;
      case Types.DECIMAL, Types.NUMERIC -> Kind.DECIMAL;
      case Types.CHAR, Types.NCHAR -> Kind.CHAR;
      case Types.VARCHAR, Types.NVARCHAR, Types.LONGVARCHAR -> Kind.VARCHAR;
      case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY -> Kind.BINARY;
      case Types.DATE -> Kind.DATE;
      case Types.TIME, Types.TIME_WITH_TIMEZONE -> Kind.TIME;
      case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE ->
          type.getName().contains("ZONE") ? Kind.INSTANT : Kind.TIMESTAMP;
      default -> IntervalText.kind(type.getName());
    };
  }
}
