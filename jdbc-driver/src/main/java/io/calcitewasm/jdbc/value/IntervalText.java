package io.calcitewasm.jdbc.value;

import io.calcitewasm.jdbc.value.ValueType.Kind;
import java.util.Locale;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.avatica.util.TimeUnitRange;

/**
 * Intervals as the text between the quotes of a SQL interval literal: {@code 1-2} years and months,
 * {@code 3 04:05:06.789} days to seconds, {@code -90} minutes.
 */
final class IntervalText {
  private static final String PREFIX = "INTERVAL_";
  private static final int MONTHS_PER_YEAR = 12;
  private static final long MILLIS_PER_SECOND = 1_000;

  private IntervalText() {}

  static Kind kind(String typeName) {
    if (!typeName.startsWith(PREFIX)) {
      return Kind.OTHER;
    }
    return range(typeName).monthly() ? Kind.INTERVAL_MONTHS : Kind.INTERVAL_MILLIS;
  }

  private static TimeUnitRange range(String typeName) {
    int end = typeName.indexOf('(');
    return TimeUnitRange.valueOf(
        typeName.substring(PREFIX.length(), end < 0 ? typeName.length() : end));
  }

  /** A number of months as an interval of a type such as {@code INTERVAL_YEAR_TO_MONTH}. */
  static String months(String typeName, long months) {
    long size = Math.abs(months);
    String text =
        switch (range(typeName)) {
          case YEAR -> String.valueOf(size / MONTHS_PER_YEAR);
          case YEAR_TO_MONTH -> size / MONTHS_PER_YEAR + "-" + size % MONTHS_PER_YEAR;
          default -> String.valueOf(size);
        };
    return sign(months) + text;
  }

  /** A number of milliseconds as an interval of a type such as {@code INTERVAL_DAY_TO_SECOND}. */
  static String millis(String typeName, long millis) {
    TimeUnitRange range = range(typeName);
    TimeUnit last = range.endUnit == null ? range.startUnit : range.endUnit;
    StringBuilder text = new StringBuilder();
    long rest = Math.abs(millis);
    for (TimeUnit unit : new TimeUnit[] {TimeUnit.DAY, TimeUnit.HOUR, TimeUnit.MINUTE}) {
      if (unit.ordinal() >= range.startUnit.ordinal() && unit.ordinal() <= last.ordinal()) {
        append(text, unit, rest / unit.multiplier.longValueExact());
        rest %= unit.multiplier.longValueExact();
      }
    }
    if (last == TimeUnit.SECOND) {
      append(text, TimeUnit.SECOND, rest / MILLIS_PER_SECOND);
      text.append(fraction(rest % MILLIS_PER_SECOND));
    }
    return sign(millis) + text;
  }

  private static void append(StringBuilder text, TimeUnit unit, long value) {
    if (text.isEmpty()) {
      text.append(value);
    } else {
      text.append(unit == TimeUnit.HOUR ? ' ' : ':').append(pad(value, 2));
    }
  }

  private static String sign(long value) {
    return value < 0 ? "-" : "";
  }

  /** The fraction of a second, if there is one. */
  static String fraction(long millis) {
    return millis == 0 ? "" : "." + pad(millis, 3);
  }

  private static String pad(long value, int digits) {
    return String.format(Locale.ROOT, "%0" + digits + "d", value);
  }
}
