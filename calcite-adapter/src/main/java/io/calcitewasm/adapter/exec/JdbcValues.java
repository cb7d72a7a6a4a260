package io.calcitewasm.adapter.exec;

import java.sql.Blob;
import java.sql.Clob;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.sql.type.SqlTypeName;
import org.h2.api.Interval;
import org.jspecify.annotations.Nullable;

/** Values of JDBC drivers and of Calcite's runtime, each in the other's representation. */
public final class JdbcValues {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private JdbcValues() {}

  /**
   * A driver's object as Calcite carries it: large objects as String or ByteString, bytes as
   * ByteString, a time with zone as milliseconds since the epoch, an interval as months or
   * milliseconds. Everything else is the same in both.
   */
  public static @Nullable Object fromJdbc(@Nullable Object value) throws SQLException {
    return switch (value) {
      case byte[] bytes -> new ByteString(bytes);
      case Clob clob -> clob.getSubString(1, Math.toIntExact(clob.length()));
      case Blob blob -> new ByteString(blob.getBytes(1, Math.toIntExact(blob.length())));
      case SQLXML xml -> xml.getString();
      case OffsetDateTime time -> time.toInstant().toEpochMilli();
      case Timestamp timestamp -> timestamp.getTime();
      case Interval interval -> interval(interval);
      case null, default -> value;
    };
  }

  private static long interval(Interval interval) {
    return switch (interval.getQualifier()) {
      case YEAR, MONTH, YEAR_TO_MONTH -> interval.getYears() * 12 + interval.getMonths();
      default ->
          ((interval.getDays() * 24 + interval.getHours()) * 60 + interval.getMinutes()) * 60_000
              + interval.getSecondsAndNanos() / NANOS_PER_MILLI;
    };
  }

  /**
   * A value of Calcite's runtime as drivers take it.
   *
   * @param value not null
   * @param type the SQL type it has
   */
  public static Object toJdbc(Object value, SqlTypeName type) {
    return switch (value) {
      case ByteString bytes -> bytes.getBytes();
      case Character character -> character.toString();
      case List<?> list -> list.toArray();
      case Number number -> toJdbc(number, type);
      default -> value;
    };
  }

  private static Object toJdbc(Number value, SqlTypeName type) {
    long n = value.longValue();
    if (SqlTypeName.YEAR_INTERVAL_TYPES.contains(type)) {
      return Interval.ofMonths(n);
    }
    if (SqlTypeName.DAY_INTERVAL_TYPES.contains(type)) {
      return Interval.ofSeconds(n / 1000, (int) (n % 1000 * NANOS_PER_MILLI));
    }
    return switch (type) {
      case DATE -> LocalDate.ofEpochDay(n);
      case TIME -> LocalTime.ofNanoOfDay(n * NANOS_PER_MILLI);
      case TIMESTAMP -> LocalDateTime.ofInstant(Instant.ofEpochMilli(n), ZoneOffset.UTC);
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> Instant.ofEpochMilli(n).atOffset(ZoneOffset.UTC);
      default -> value;
    };
  }
}
