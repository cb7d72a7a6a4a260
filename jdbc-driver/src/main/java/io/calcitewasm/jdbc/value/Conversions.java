package io.calcitewasm.jdbc.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.Date;
import java.sql.SQLException;
import java.sql.Struct;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.util.Calendar;
import java.util.Map;
import java.util.UUID;

/** Values as objects of the classes that applications ask for. */
final class Conversions {
  private Conversions() {}

  private interface Conversion {
    Object of(Value value) throws SQLException;
  }

  private static final Map<Class<?>, Conversion> CONVERSIONS =
      Map.ofEntries(
          Map.entry(Object.class, Value::object),
          Map.entry(String.class, Value::text),
          Map.entry(Boolean.class, Conversions::truth),
          Map.entry(Byte.class, v -> (byte) Numbers.integer(v, Byte.MIN_VALUE, Byte.MAX_VALUE)),
          Map.entry(Short.class, v -> (short) Numbers.integer(v, Short.MIN_VALUE, Short.MAX_VALUE)),
          Map.entry(
              Integer.class, v -> (int) Numbers.integer(v, Integer.MIN_VALUE, Integer.MAX_VALUE)),
          Map.entry(Long.class, v -> Numbers.integer(v, Long.MIN_VALUE, Long.MAX_VALUE)),
          Map.entry(Float.class, v -> (float) Numbers.approximate(v)),
          Map.entry(Double.class, Numbers::approximate),
          Map.entry(BigDecimal.class, Numbers::exact),
          Map.entry(BigInteger.class, v -> Numbers.exact(v).toBigInteger()),
          Map.entry(byte[].class, Value::bytes),
          Map.entry(Date.class, v -> date(v, v.context().calendar())),
          Map.entry(Time.class, v -> time(v, v.context().calendar())),
          Map.entry(Timestamp.class, v -> timestamp(v, v.context().calendar())),
          Map.entry(LocalDate.class, v -> local(v, "a date").toLocalDate()),
          Map.entry(LocalTime.class, v -> local(v, "a time").toLocalTime()),
          Map.entry(LocalDateTime.class, v -> local(v, "a timestamp")),
          Map.entry(Instant.class, v -> zoned(v).toInstant()),
          Map.entry(OffsetDateTime.class, v -> zoned(v).toOffsetDateTime()),
          Map.entry(ZonedDateTime.class, Conversions::zoned),
          Map.entry(Period.class, Conversions::period),
          Map.entry(Duration.class, Conversions::duration),
          Map.entry(UUID.class, Conversions::uuid),
          Map.entry(Array.class, v -> instance(Array.class, v, "an array")),
          Map.entry(Struct.class, v -> instance(Struct.class, v, "a row")));

  /**
   * A value as an object of a class.
   *
   * @throws SQLException 07006 if the type has no form in that class; 22003, 22018 or 22007 if this
   *     value has none
   */
  static Object to(Class<?> wanted, Value value) throws SQLException {
    Conversion conversion = CONVERSIONS.get(wanted);
    if (conversion != null) {
      return conversion.of(value);
    }
    Object object = value.object();
    if (!wanted.isInstance(object)) {
      throw value.cannot(wanted.getName());
    }
    return object;
  }

  private static <T> T instance(Class<T> wanted, Value value, String name) throws SQLException {
    Object object = value.object();
    if (!wanted.isInstance(object)) {
      throw value.cannot(name);
    }
    return wanted.cast(object);
  }

  /** TRUE, and any number but 0; the texts are those of {@code getBoolean} in JDBC. */
  static boolean truth(Value value) throws SQLException {
    if (value.raw() instanceof String text) {
      return switch (text.strip().toLowerCase(java.util.Locale.ROOT)) {
        case "true", "1" -> true;
        case "false", "0" -> false;
        default -> throw new SQLException("'" + text + "' is neither true nor false", "22018");
      };
    }
    return value.raw() instanceof Boolean b ? b : Numbers.approximate(value) != 0;
  }

  /** A value with a date or a time; a text is read as {@code java.time} writes it, or as SQL. */
  private static LocalDateTime local(Value value, String wanted) throws SQLException {
    ValueType.Kind kind = value.kind();
    if (kind == null) {
      throw value.cannot(wanted);
    }
    if (value.raw() instanceof String text) {
      return parse(text.strip(), wanted);
    }
    LocalDateTime local = Moment.local(kind, value.raw(), value.context().calendar());
    boolean missing =
        kind == ValueType.Kind.TIME
            ? !wanted.equals("a time")
            : kind == ValueType.Kind.DATE && wanted.equals("a time");
    if (local == null || missing) {
      throw value.cannot(wanted);
    }
    return local;
  }

  private static LocalDateTime parse(String text, String wanted) throws SQLException {
    try {
      return switch (wanted) {
        case "a date" -> LocalDate.parse(text).atStartOfDay();
        case "a time" -> LocalTime.parse(text).atDate(LocalDate.EPOCH);
        default ->
            text.length() <= "2000-01-01".length()
                ? LocalDate.parse(text).atStartOfDay()
                : LocalDateTime.parse(text.replace(' ', 'T'));
      };
    } catch (DateTimeParseException e) {
      throw new SQLException("'" + text + "' is not " + wanted, "22007", e);
    }
  }

  private static ZonedDateTime zoned(Value value) throws SQLException {
    return local(value, "a timestamp").atZone(value.context().calendar().getTimeZone().toZoneId());
  }

  static Date date(Value value, Calendar calendar) throws SQLException {
    LocalDate day = local(value, "a date").toLocalDate();
    return new Date(Moment.millis(day.atStartOfDay(), calendar));
  }

  static Time time(Value value, Calendar calendar) throws SQLException {
    LocalTime time = local(value, "a time").toLocalTime();
    return new Time(Moment.millis(time.atDate(LocalDate.EPOCH), calendar));
  }

  static Timestamp timestamp(Value value, Calendar calendar) throws SQLException {
    return value.kind() == ValueType.Kind.INSTANT
        ? Timestamp.from(Moment.instant(value.raw()))
        : new Timestamp(Moment.millis(local(value, "a timestamp"), calendar));
  }

  private static Period period(Value value) throws SQLException {
    if (value.kind() != ValueType.Kind.INTERVAL_MONTHS) {
      throw value.cannot("a period");
    }
    return Period.ofMonths(((Number) value.raw()).intValue()).normalized();
  }

  private static Duration duration(Value value) throws SQLException {
    if (value.kind() != ValueType.Kind.INTERVAL_MILLIS) {
      throw value.cannot("a duration");
    }
    return Duration.ofMillis(((Number) value.raw()).longValue());
  }

  private static UUID uuid(Value value) throws SQLException {
    return switch (value.raw()) {
      case UUID uuid -> uuid;
      case String text -> {
        try {
          yield UUID.fromString(text.strip());
        } catch (IllegalArgumentException e) {
          throw new SQLException("'" + text + "' is not a UUID", "22018", e);
        }
      }
      default -> throw value.cannot("a UUID");
    };
  }
}
