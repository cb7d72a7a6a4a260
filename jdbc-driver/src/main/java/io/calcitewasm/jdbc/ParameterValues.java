package io.calcitewasm.jdbc;

import io.calcitewasm.jdbc.value.ArrayValue;
import io.calcitewasm.jdbc.value.RowValue;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Date;
import java.sql.SQLException;
import java.sql.Struct;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.apache.calcite.avatica.AvaticaParameter;
import org.apache.calcite.avatica.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Values of {@code ?} in Calcite's internal representation of the parameter's type. Generated code
 * takes them as they are, so what does not fit is refused here.
 */
final class ParameterValues {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private ParameterValues() {}

  /**
   * Converts a value.
   *
   * @param number the parameter's number, from 1
   * @param parameter its type
   * @param value what the application has set, null for NULL
   * @throws SQLException 22003 for a number out of range or with a fraction where an integer is
   *     wanted, 22018 for a text that is no number or UUID, 22023 for a class that does not fit
   */
  static @Nullable Object convert(int number, AvaticaParameter parameter, @Nullable Object value)
      throws SQLException {
    if (value == null) {
      return null;
    }
    try {
      Object converted = convert(parameter.parameterType, parameter.typeName, value);
      if (converted != null) {
        return converted;
      }
    } catch (ArithmeticException e) {
      throw refuse(number, parameter, value, "is out of range or has a fraction", "22003");
    } catch (IllegalArgumentException e) {
      throw refuse(number, parameter, value, "cannot be read as one", "22018");
    }
    throw refuse(
        number, parameter, value, "does not fit (" + value.getClass().getName() + ")", "22023");
  }

  private static SQLException refuse(
      int number, AvaticaParameter parameter, Object value, String why, String sqlState) {
    String text = String.valueOf(value);
    return new SQLException(
        "parameter "
            + number
            + " is of type "
            + parameter.typeName
            + "; "
            + (text.length() > 100 ? text.substring(0, 100) + "…" : text)
            + " "
            + why,
        sqlState);
  }

  /** Null for a class of values that the type does not take. */
  private static @Nullable Object convert(int type, String typeName, Object value)
      throws SQLException {
    return switch (type) {
      case Types.TINYINT -> exact(value) instanceof BigDecimal n ? n.byteValueExact() : null;
      case Types.SMALLINT -> exact(value) instanceof BigDecimal n ? n.shortValueExact() : null;
      case Types.INTEGER -> exact(value) instanceof BigDecimal n ? n.intValueExact() : null;
      case Types.BIGINT -> exact(value) instanceof BigDecimal n ? n.longValueExact() : null;
      case Types.DECIMAL, Types.NUMERIC -> exact(value);
      case Types.REAL ->
          value instanceof Number n
              ? Float.valueOf(n.floatValue())
              : value instanceof String s ? Float.valueOf(s.strip()) : null;
      case Types.DOUBLE, Types.FLOAT ->
          value instanceof Number n
              ? Double.valueOf(n.doubleValue())
              : value instanceof String s ? Double.valueOf(s.strip()) : null;
      case Types.BOOLEAN, Types.BIT -> value instanceof Boolean ? value : null;
      case Types.CHAR, Types.VARCHAR ->
          value instanceof String || value instanceof Character ? value.toString() : null;
      case Types.BINARY, Types.VARBINARY ->
          value instanceof byte[] bytes
              ? new ByteString(bytes)
              : value instanceof ByteString ? value : null;
      case Types.DATE -> date(value);
      case Types.TIME, Types.TIME_WITH_TIMEZONE -> time(value);
      case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE -> timestamp(value);
      case Types.ARRAY -> array(value);
      case Types.STRUCT -> row(value);
      default -> "UUID".equals(typeName) && value instanceof String s ? UUID.fromString(s) : value;
    };
  }

  private static @Nullable BigDecimal exact(Object value) {
    return switch (value) {
      case BigDecimal decimal -> decimal;
      case Double d -> finite(d);
      case Float f -> finite(f);
      case Number n -> new BigDecimal(n.toString());
      case String s -> new BigDecimal(s.strip());
      default -> null;
    };
  }

  private static BigDecimal finite(double value) {
    if (!Double.isFinite(value)) {
      throw new ArithmeticException("not finite");
    }
    return BigDecimal.valueOf(value);
  }

  /** Days since 1970-01-01. */
  private static @Nullable Object date(Object value) {
    return switch (value) {
      case Integer days -> days;
      case LocalDate day -> Math.toIntExact(day.toEpochDay());
      default -> null;
    };
  }

  /** Milliseconds of the day. */
  private static @Nullable Object time(Object value) {
    return switch (value) {
      case Integer millis -> millis;
      case LocalTime time -> (int) (time.toNanoOfDay() / NANOS_PER_MILLI);
      default -> null;
    };
  }

  /** Milliseconds since 1970-01-01 00:00, local or UTC as the type says. */
  private static @Nullable Object timestamp(Object value) {
    return switch (value) {
      case Long millis -> millis;
      case LocalDateTime time -> time.toInstant(ZoneOffset.UTC).toEpochMilli();
      case Instant instant -> instant.toEpochMilli();
      case OffsetDateTime time -> time.toInstant().toEpochMilli();
      case ZonedDateTime time -> time.toInstant().toEpochMilli();
      default -> null;
    };
  }

  private static @Nullable Object @Nullable [] row(Object value) throws SQLException {
    return switch (value) {
      case Object[] fields -> parts(Arrays.asList(fields)).toArray();
      default -> part(value) instanceof Object[] fields ? fields : null;
    };
  }

  private static @Nullable List<@Nullable Object> array(Object value) throws SQLException {
    return part(value) instanceof List<?> elements ? new ArrayList<>(elements) : null;
  }

  /** An element or a field, whose type only the function knows that takes it. */
  private static @Nullable Object part(@Nullable Object value) throws SQLException {
    return switch (value) {
      case null -> null;
      case ArrayValue array -> parts(array.raw());
      case RowValue row -> parts(row.raw()).toArray();
      case Array array -> part(array.getArray());
      case Struct row -> parts(Arrays.asList(row.getAttributes())).toArray();
      case byte[] bytes -> new ByteString(bytes);
      case Collection<?> elements -> parts(elements);
      case Object[] elements -> parts(Arrays.asList(elements));
      case Date day -> date(day.toLocalDate());
      case Time time -> time(new Timestamp(time.getTime()).toLocalDateTime().toLocalTime());
      case Timestamp moment -> timestamp(moment.toLocalDateTime());
      case LocalDate day -> date(day);
      case LocalTime time -> time(time);
      case LocalDateTime moment -> timestamp(moment);
      case Instant moment -> timestamp(moment);
      case OffsetDateTime moment -> timestamp(moment);
      case ZonedDateTime moment -> timestamp(moment);
      default -> value.getClass().isArray() ? primitives(value) : value;
    };
  }

  private static List<@Nullable Object> parts(Collection<?> values) throws SQLException {
    List<@Nullable Object> parts = new ArrayList<>(values.size());
    for (Object value : values) {
      parts.add(part(value));
    }
    return parts;
  }

  private static List<@Nullable Object> primitives(Object array) {
    List<@Nullable Object> parts = new ArrayList<>();
    for (int i = 0; i < java.lang.reflect.Array.getLength(array); i++) {
      parts.add(java.lang.reflect.Array.get(array, i));
    }
    return parts;
  }
}
