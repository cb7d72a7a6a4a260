package io.calcitewasm.adapter.source;

import io.calcitewasm.adapter.exec.JdbcValues;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * A result set that gives what Calcite carries. Calcite's generated code reads dates and times by
 * their own methods, what Java has as primitives by {@code getInt} and its like, and casts what
 * {@code getObject} gives for all the rest.
 */
final class CalciteRows implements InvocationHandler {
  private final ResultSet rows;
  private final BitSet converted;

  private CalciteRows(ResultSet rows, BitSet converted) {
    this.rows = rows;
    this.converted = converted;
  }

  /** The rows themselves where no column needs a conversion, else a proxy of them. */
  static ResultSet of(ResultSet rows) throws SQLException {
    ResultSetMetaData columns = rows.getMetaData();
    BitSet converted = new BitSet();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      converted.set(i, needsConversion(columns.getColumnType(i)));
    }
    return converted.isEmpty()
        ? rows
        : (ResultSet)
            Proxy.newProxyInstance(
                CalciteRows.class.getClassLoader(),
                new Class<?>[] {ResultSet.class},
                new CalciteRows(rows, converted));
  }

  private static boolean needsConversion(int jdbcType) {
    return switch (jdbcType) {
      case Types.BOOLEAN,
          Types.BIT,
          Types.TINYINT,
          Types.SMALLINT,
          Types.INTEGER,
          Types.BIGINT,
          Types.REAL,
          Types.FLOAT,
          Types.DOUBLE,
          Types.NUMERIC,
          Types.DECIMAL,
          Types.CHAR,
          Types.VARCHAR,
          Types.NCHAR,
          Types.NVARCHAR,
          Types.DATE,
          Types.TIME,
          Types.TIMESTAMP,
          Types.ARRAY ->
          false;
      default -> true;
    };
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    if (arguments != null
        && arguments.length == 1
        && arguments[0] instanceof Integer column
        && converted.get(column)) {
      switch (method.getName()) {
        case "getObject" -> {
          return value(column);
        }
        case "getLong" -> {
          return value(column) instanceof Number number ? number.longValue() : 0L;
        }
        case "getInt" -> {
          return value(column) instanceof Number number ? number.intValue() : 0;
        }
        default -> {
          // Read as the driver reads it.
        }
      }
    }
    try {
      return method.invoke(rows, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  private @Nullable Object value(int column) throws SQLException {
    return JdbcValues.fromJdbc(rows.getObject(column));
  }
}
