package io.calcitewasm.jdbc.value;

import io.calcitewasm.jdbc.value.ValueType.Kind;
import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Calendar;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Dates and times: from raw values to {@code java.time}, from there to {@code java.sql}. */
final class Moment {
  private static final int MOST_DIGITS = 3;
  private static final int NANOS_PER_MILLI = 1_000_000;
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

  private Moment() {}

  /** The day of a raw DATE, which is a number of days or what another adapter has brought. */
  static LocalDate date(Object raw) {
    return raw instanceof Date date
        ? date.toLocalDate()
        : LocalDate.ofEpochDay(((Number) raw).longValue());
  }

  /** The time of a raw TIME. */
  static LocalTime time(Object raw) {
    return raw instanceof Time time
        ? new Timestamp(time.getTime()).toLocalDateTime().toLocalTime()
        : LocalTime.ofNanoOfDay(((Number) raw).longValue() * NANOS_PER_MILLI);
  }

  /** The date and time of a raw TIMESTAMP. */
  static LocalDateTime timestamp(Object raw) {
    return raw instanceof java.util.Date date
        ? new Timestamp(date.getTime()).toLocalDateTime()
        : LocalDateTime.ofInstant(Instant.ofEpochMilli(((Number) raw).longValue()), ZoneOffset.UTC);
  }

  /** The instant of a raw TIMESTAMP WITH LOCAL TIME ZONE. */
  static Instant instant(Object raw) {
    return Instant.ofEpochMilli(
        raw instanceof java.util.Date date ? date.getTime() : ((Number) raw).longValue());
  }

  /**
   * A value's date and time in a zone, or null if its type has none; a DATE is its first instant, a
   * TIME is on 1970-01-01.
   */
  static @Nullable LocalDateTime local(Kind kind, Object raw, Calendar zone) {
    return switch (kind) {
      case DATE -> date(raw).atStartOfDay();
      case TIME -> time(raw).atDate(LocalDate.EPOCH);
      case TIMESTAMP -> timestamp(raw);
      case INSTANT -> instant(raw).atZone(zone.getTimeZone().toZoneId()).toLocalDateTime();
      default -> null;
    };
  }

  /** Milliseconds of what the calendar's zone shows as a date and time. */
  static long millis(LocalDateTime local, Calendar calendar) {
    Calendar fields = (Calendar) calendar.clone();
    fields.clear();
    fields.set(
        local.getYear(),
        local.getMonthValue() - 1,
        local.getDayOfMonth(),
        local.getHour(),
        local.getMinute(),
        local.getSecond());
    fields.set(Calendar.MILLISECOND, local.getNano() / NANOS_PER_MILLI);
    return fields.getTimeInMillis();
  }

  /**
   * The text of a time.
   *
   * @param digits of the fraction of a second; {@link ValueType#UNKNOWN} for as many as it takes
   */
  static String text(LocalTime time, int digits) {
    int millis = time.getNano() / NANOS_PER_MILLI;
    String fraction =
        digits < 0
            ? IntervalText.fraction(millis)
            : digits == 0
                ? ""
                : String.format(Locale.ROOT, ".%03d", millis)
                    .substring(0, 1 + Math.min(digits, MOST_DIGITS));
    return SECONDS.format(time) + fraction;
  }
}
