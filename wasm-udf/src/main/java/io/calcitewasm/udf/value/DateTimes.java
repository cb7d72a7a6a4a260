package io.calcitewasm.udf.value;

import java.time.LocalDate;

/** Ranges and units of dates and times: SQL carries milliseconds, the contract finer units. */
final class DateTimes {
  private static final long FIRST_DAY = LocalDate.of(1, 1, 1).toEpochDay();
  private static final long LAST_DAY = LocalDate.of(9999, 12, 31).toEpochDay();
  private static final long DAY_MILLIS = 86_400_000L;
  private static final long NANOS = 1_000_000L;
  private static final long MICROS = 1_000L;

  private DateTimes() {}

  static int date(long days) throws MisfitException {
    if (days < FIRST_DAY || days > LAST_DAY) {
      throw new MisfitException(
          "22008", "day " + days + " since 1970-01-01 is not from year 1 to year 9999");
    }
    return (int) days;
  }

  static long nanosOfDay(long millis) throws MisfitException {
    return timeOfDay(millis, DAY_MILLIS, "milliseconds") * NANOS;
  }

  /** Cut toward the earlier millisecond. */
  static int millisOfDay(long nanos) throws MisfitException {
    return (int) (timeOfDay(nanos, DAY_MILLIS * NANOS, "nanoseconds") / NANOS);
  }

  static long micros(long millis) throws MisfitException {
    return timestamp(millis) * MICROS;
  }

  /** Cut toward the earlier millisecond. */
  static long millis(long micros) throws MisfitException {
    return timestamp(Math.floorDiv(micros, MICROS));
  }

  static long intervalMicros(long millis) throws MisfitException {
    try {
      return Math.multiplyExact(millis, MICROS);
    } catch (ArithmeticException e) {
      throw new MisfitException("22015", "an interval of " + millis + " ms is too long");
    }
  }

  /** Cut toward −∞. */
  static long intervalMillis(long micros) {
    return Math.floorDiv(micros, MICROS);
  }

  private static long timeOfDay(long value, long day, String unit) throws MisfitException {
    if (value < 0 || value >= day) {
      throw new MisfitException("22008", value + " " + unit + " are not a time of the day");
    }
    return value;
  }

  private static long timestamp(long millis) throws MisfitException {
    if (millis < FIRST_DAY * DAY_MILLIS || millis >= (LAST_DAY + 1) * DAY_MILLIS) {
      throw new MisfitException(
          "22008", millis + " ms since 1970-01-01 are not from year 1 to year 9999");
    }
    return millis;
  }
}
