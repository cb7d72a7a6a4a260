package io.calcitewasm.benchmarks;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Times and sizes as people write them: three digits that count and a unit that fits. */
final class Amount {
  private static final String[] TIMES = {"ns", "µs", "ms", "s"};
  private static final String[] SIZES = {"B", "KB", "MB", "GB"};

  private Amount() {}

  static String of(@Nullable Double value, @Nullable String unit) {
    if (value == null || unit == null) {
      return "";
    }
    return unit.equals("bytes") ? scaled(value, 1024, SIZES) : nanos(value);
  }

  static String nanos(double nanos) {
    return scaled(nanos, 1000, TIMES);
  }

  /** Three digits that count: 0.75, 12.3, 1,970. */
  static String number(double value) {
    if (Double.isNaN(value)) {
      return "–";
    }
    if (value >= 1000) {
      double unit = Math.pow(10, Math.floor(Math.log10(value)) - 2);
      return String.format(Locale.ROOT, "%,.0f", Math.round(value / unit) * unit);
    }
    return String.format(
        Locale.ROOT, value >= 99.95 ? "%.0f" : value >= 9.995 ? "%.1f" : "%.2f", value);
  }

  private static String scaled(double value, double step, String[] units) {
    double left = value;
    int unit = 0;
    while (left >= step && unit < units.length - 1) {
      left /= step;
      unit++;
    }
    return number(left) + " " + units[unit];
  }
}
