package io.calcitewasm.jdbc.value;

import io.calcitewasm.jdbc.value.ValueType.ArrayOf;
import io.calcitewasm.jdbc.value.ValueType.RowOf;
import io.calcitewasm.jdbc.value.ValueType.Scalar;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.sql.Struct;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.apache.calcite.avatica.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * One value of a result that is not NULL.
 *
 * @param raw Calcite's representation of it
 * @param context what its representation in JDBC depends on
 */
record Value(ValueType type, Object raw, ResultContext context) {
  private static final String PLACEHOLDER = "null";

  /** The value of a raw one, or null for NULL. */
  static @Nullable Value of(ValueType type, @Nullable Object raw, ResultContext context) {
    // Calcite wraps a collection's only column into rows.
    boolean wrapped = type instanceof Scalar && raw instanceof Object[] row && row.length == 1;
    Object plain = wrapped && raw instanceof Object[] row ? row[0] : raw;
    return plain == null ? null : new Value(type, plain, context);
  }

  /** What {@link java.sql.ResultSet#getObject(int)} returns. */
  Object object() throws SQLException {
    return switch (type) {
      case ArrayOf array -> new ArrayValue(array, elements(), context);
      case RowOf row -> new RowValue(row, elements(), context);
      case Scalar scalar -> object(scalar);
    };
  }

  private Object object(Scalar scalar) throws SQLException {
    return switch (scalar.kind()) {
      case BOOLEAN, OTHER -> raw;
      case TINYINT -> (byte) Numbers.integer(this, Byte.MIN_VALUE, Byte.MAX_VALUE);
      case SMALLINT -> (short) Numbers.integer(this, Short.MIN_VALUE, Short.MAX_VALUE);
      case INTEGER -> (int) Numbers.integer(this, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case BIGINT -> Numbers.integer(this, Long.MIN_VALUE, Long.MAX_VALUE);
      case REAL -> (float) Numbers.approximate(this);
      case DOUBLE -> Numbers.approximate(this);
      case DECIMAL -> Numbers.exact(this);
      case BINARY -> bytes();
      case DATE -> new java.sql.Date(millis(scalar));
      case TIME -> new java.sql.Time(millis(scalar));
      case TIMESTAMP -> new Timestamp(millis(scalar));
      case INSTANT -> Timestamp.from(Moment.instant(raw));
      case CHAR, VARCHAR, INTERVAL_MONTHS, INTERVAL_MILLIS -> text();
    };
  }

  private long millis(Scalar scalar) {
    LocalDateTime local = Moment.local(scalar.kind(), raw, context.calendar());
    if (local == null) {
      throw new IllegalStateException(scalar.name() + " has no time");
    }
    return Moment.millis(local, context.calendar());
  }

  /** A binary string's bytes. */
  byte[] bytes() throws SQLException {
    return switch (raw) {
      case ByteString bytes -> bytes.getBytes();
      case byte[] bytes -> bytes;
      default -> throw cannot("bytes");
    };
  }

  /** The raw elements of an array, or fields of a row. */
  private List<@Nullable Object> elements() throws SQLException {
    return switch (raw) {
      case List<?> list -> new ArrayList<>(list);
      case Object[] items -> Arrays.asList(items);
      case Struct row -> Arrays.asList(row.getAttributes());
      case java.sql.Array array -> new Value(type, array.getArray(), context).elements();
      default -> {
        if (!raw.getClass().isArray()) {
          throw cannot("a list");
        }
        List<@Nullable Object> items = new ArrayList<>();
        for (int i = 0; i < java.lang.reflect.Array.getLength(raw); i++) {
          items.add(java.lang.reflect.Array.get(raw, i));
        }
        yield items;
      }
    };
  }

  /** What {@link java.sql.ResultSet#getString(int)} returns. */
  String text() throws SQLException {
    return switch (type) {
      case ArrayOf array -> texts(elements(), i -> array.element(), "[", "]");
      case RowOf row -> texts(elements(), i -> row.fields().get(i), "{", "}");
      case Scalar scalar -> text(scalar);
    };
  }

  private interface Types {
    ValueType at(int index);
  }

  private String texts(List<@Nullable Object> items, Types types, String open, String close)
      throws SQLException {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      Value item = of(types.at(i), items.get(i), context);
      texts.add(item == null ? PLACEHOLDER : item.text());
    }
    return open + String.join(", ", texts) + close;
  }

  private String text(Scalar scalar) throws SQLException {
    return switch (scalar.kind()) {
      case DECIMAL ->
          raw instanceof BigDecimal decimal ? decimal.toPlainString() : String.valueOf(raw);
      case CHAR -> padded(String.valueOf(raw), scalar.precision());
      case BINARY -> HexFormat.of().formatHex(bytes());
      case DATE -> Moment.date(raw).toString();
      case TIME -> Moment.text(Moment.time(raw), scalar.precision());
      case TIMESTAMP, INSTANT -> {
        LocalDateTime local = Moment.local(scalar.kind(), raw, context.calendar());
        yield local == null
            ? String.valueOf(raw)
            : local.toLocalDate() + " " + Moment.text(local.toLocalTime(), scalar.precision());
      }
      case INTERVAL_MONTHS -> IntervalText.months(scalar.name(), ((Number) raw).longValue());
      case INTERVAL_MILLIS -> IntervalText.millis(scalar.name(), ((Number) raw).longValue());
      default -> String.valueOf(raw);
    };
  }

  private static String padded(String text, int length) {
    int missing = length - text.codePointCount(0, text.length());
    return missing > 0 ? text + " ".repeat(missing) : text;
  }

  /** {@link #text()} for a {@link Object#toString()}, which declares no exception. */
  String describe() {
    try {
      return text();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The kind of a scalar, or null. */
  ValueType.@Nullable Kind kind() {
    return type instanceof Scalar scalar ? scalar.kind() : null;
  }

  /** 07006, the standard's state for a value that has no form in the type asked for. */
  SQLException cannot(String wanted) {
    return new SQLException(
        "a value of type " + type.name() + " cannot be read as " + wanted, "07006");
  }
}
