package io.calcitewasm.jdbc.cli.output;

import java.util.Locale;

/** Time since a statement was started. */
public final class Stopwatch {
  private static final double NANOS_PER_MILLI = 1e6;
  private final long start = System.nanoTime();

  private Stopwatch() {}

  /** A stopwatch that runs from now. */
  public static Stopwatch start() {
    return new Stopwatch();
  }

  /** Milliseconds since the start, to a tenth. */
  public double millis() {
    return Math.round((System.nanoTime() - start) / NANOS_PER_MILLI * 10) / 10.0;
  }

  /** The time since the start for people: {@code 0.4 ms}, {@code 12 ms}, {@code 3.21 s}. */
  public String text() {
    return text(millis());
  }

  static String text(double millis) {
    if (millis < 10) {
      return String.format(Locale.ROOT, "%.1f ms", millis);
    }
    if (millis < 1_000) {
      return String.format(Locale.ROOT, "%.0f ms", millis);
    }
    if (millis < 60_000) {
      return String.format(Locale.ROOT, "%.2f s", millis / 1_000);
    }
    long seconds = Math.round(millis / 1_000);
    return seconds / 60 + " min " + seconds % 60 + " s";
  }
}
