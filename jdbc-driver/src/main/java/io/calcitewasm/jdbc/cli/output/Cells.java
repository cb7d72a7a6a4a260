package io.calcitewasm.jdbc.cli.output;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Struct;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The columns of a result set, and its current row's values as objects or text. */
final class Cells {
  /** A column: its label and the name of its SQL type. */
  record Column(String name, String type, int jdbcType) {
    boolean isNumber() {
      return switch (jdbcType) {
        case Types.TINYINT,
            Types.SMALLINT,
            Types.INTEGER,
            Types.BIGINT,
            Types.DECIMAL,
            Types.NUMERIC,
            Types.REAL,
            Types.FLOAT,
            Types.DOUBLE ->
            true;
        default -> false;
      };
    }

    /** Objects of these types would show a time in the JVM's zone; the driver's text does not. */
    private boolean isTemporal() {
      return switch (jdbcType) {
        case Types.DATE,
            Types.TIME,
            Types.TIME_WITH_TIMEZONE,
            Types.TIMESTAMP,
            Types.TIMESTAMP_WITH_TIMEZONE ->
            true;
        default -> false;
      };
    }
  }

  private final ResultSet rows;
  private final List<Column> columns = new ArrayList<>();

  Cells(ResultSet rows) throws SQLException {
    this.rows = rows;
    ResultSetMetaData meta = rows.getMetaData();
    for (int i = 1; i <= meta.getColumnCount(); i++) {
      columns.add(
          new Column(meta.getColumnLabel(i), meta.getColumnTypeName(i), meta.getColumnType(i)));
    }
  }

  List<Column> columns() {
    return columns;
  }

  /** A value of the current row as {@link JsonValues} takes it; columns count from 0. */
  @Nullable Object value(int column) throws SQLException {
    if (columns.get(column).isTemporal()) {
      return rows.getString(column + 1);
    }
    Object value = rows.getObject(column + 1);
    return value instanceof Number n && isDecimal(column) ? text(n) : value;
  }

  /** A value of the current row as text, or null for NULL; columns count from 0. */
  @Nullable String text(int column) throws SQLException {
    Object value = value(column);
    return switch (value) {
      case null -> null;
      case String s -> s;
      case Number n -> text(n);
      case byte[] bytes -> HexFormat.of().formatHex(bytes);
      case Array _, Struct _, Object[] _, List<?> _, Map<?, ?> _ -> JsonValues.text(value);
      default -> value.getClass().isArray() ? JsonValues.text(value) : value.toString();
    };
  }

  private boolean isDecimal(int column) {
    int type = columns.get(column).jdbcType();
    return type == Types.DECIMAL || type == Types.NUMERIC;
  }

  private static String text(Number n) {
    return n instanceof BigDecimal decimal ? decimal.toPlainString() : n.toString();
  }
}
