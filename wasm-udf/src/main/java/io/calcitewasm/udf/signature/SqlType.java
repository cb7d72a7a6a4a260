package io.calcitewasm.udf.signature;

import java.util.List;
import java.util.stream.Collectors;

/** The SQL type of a parameter or a result (docs/sql.md, "Types"). */
public sealed interface SqlType {

  /**
   * The type as SQL writes it: {@code DECIMAL(38, 18)}, {@code INTEGER ARRAY}, {@code ROW(lat
   * DOUBLE, lon DOUBLE)}. Field names stand unquoted, for people to read.
   */
  String toSql();

  /**
   * A scalar type. Precision and scale are 0 where the kind has none.
   *
   * @param kind the type's name
   * @param precision digits of a DECIMAL, characters of a CHAR
   * @param scale digits of a DECIMAL behind the point
   */
  record Scalar(Kind kind, int precision, int scale) implements SqlType {
    @Override
    public String toSql() {
      return switch (kind) {
        case DECIMAL -> "DECIMAL(" + precision + ", " + scale + ")";
        case CHAR -> "CHAR(" + precision + ")";
        default -> kind.sql();
      };
    }

    @Override
    public String toString() {
      return toSql();
    }
  }

  /** {@code element ARRAY}. */
  record ArrayOf(SqlType element, boolean elementNullable) implements SqlType {
    @Override
    public String toSql() {
      return element.toSql() + " ARRAY";
    }

    @Override
    public String toString() {
      return toSql();
    }
  }

  /** {@code ROW(field type, …)}; field names are unique, whatever their letter case. */
  record RowOf(List<RowField> fields) implements SqlType {
    public RowOf {
      fields = List.copyOf(fields);
    }

    @Override
    public String toSql() {
      return fields.stream()
          .map(f -> f.name() + " " + f.type().toSql())
          .collect(Collectors.joining(", ", "ROW(", ")"));
    }

    @Override
    public String toString() {
      return toSql();
    }
  }

  /**
   * A handle of a guest's resource, which only the host passes on: no SQL expression has this type.
   *
   * @param resource the resource's name
   */
  record Handle(String resource) implements SqlType {
    @Override
    public String toSql() {
      return "handle of " + resource;
    }

    @Override
    public String toString() {
      return toSql();
    }
  }

  /** A field of a ROW. */
  record RowField(String name, SqlType type, boolean nullable) {}

  /** Names of scalar types. */
  enum Kind {
    BOOLEAN("BOOLEAN"),
    TINYINT("TINYINT"),
    SMALLINT("SMALLINT"),
    INTEGER("INTEGER"),
    BIGINT("BIGINT"),
    DECIMAL("DECIMAL"),
    REAL("REAL"),
    DOUBLE("DOUBLE"),
    CHAR("CHAR"),
    VARCHAR("VARCHAR"),
    VARBINARY("VARBINARY"),
    DATE("DATE"),
    TIME("TIME"),
    TIMESTAMP("TIMESTAMP"),
    TIMESTAMP_LTZ("TIMESTAMP WITH LOCAL TIME ZONE"),
    INTERVAL_YEAR_MONTH("INTERVAL YEAR TO MONTH"),
    INTERVAL_DAY_SECOND("INTERVAL DAY TO SECOND(3)"),
    UUID("UUID");

    private final String sql;

    Kind(String sql) {
      this.sql = sql;
    }

    /** The type's name in SQL. */
    public String sql() {
      return sql;
    }

    /** Whether values are numbers. */
    public boolean isNumeric() {
      return compareTo(TINYINT) >= 0 && compareTo(DOUBLE) <= 0;
    }

    /** Whether values are exact numbers. */
    public boolean isExact() {
      return compareTo(TINYINT) >= 0 && compareTo(DECIMAL) <= 0;
    }
  }

  /** A scalar type without precision and scale. */
  static Scalar of(Kind kind) {
    return new Scalar(kind, 0, 0);
  }

  /** {@code DECIMAL(precision, scale)}. */
  static Scalar decimal(int precision, int scale) {
    return new Scalar(Kind.DECIMAL, precision, scale);
  }

  /** {@code CHAR(length)}. */
  static Scalar character(int length) {
    return new Scalar(Kind.CHAR, length, 0);
  }
}
