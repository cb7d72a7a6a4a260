package io.calcitewasm.benchmarks;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import java.util.List;
import java.util.Locale;

/**
 * A picture that is legible on light and on dark pages: it has no background, and colours by class
 * that follow the reader's colour scheme.
 */
final class Svg {
  /** How many series have a colour and a mark of their own. */
  static final int SERIES = 4;

  private static final String STYLE =
      """
        text { font: 13px system-ui, sans-serif; fill: #24292f }
        .title { font-weight: 600; font-size: 15px }
        .end { text-anchor: end }
        .middle { text-anchor: middle }
        .grid { stroke: #8c959f; stroke-opacity: .35 }
        .one { stroke: #57606a; stroke-dasharray: 4 3 }
        .s0 { fill: #0969da; stroke: #0969da }
        .s1 { fill: #bc4c00; stroke: #bc4c00 }
        .s2 { fill: #1a7f37; stroke: #1a7f37 }
        .s3 { fill: #8250df; stroke: #8250df }
        .line { fill: none; stroke-width: 2 }
        @media (prefers-color-scheme: dark) {
          text { fill: #e6edf3 }
          .one { stroke: #9198a1 }
          .s0 { fill: #4493f8; stroke: #4493f8 }
          .s1 { fill: #f0883e; stroke: #f0883e }
          .s2 { fill: #3fb950; stroke: #3fb950 }
          .s3 { fill: #ab7df8; stroke: #ab7df8 }
          .line { fill: none }
        }
      """;

  private final StringBuilder body = new StringBuilder();
  private final int width;
  private final int height;

  Svg(int width, int height, String title) {
    this.width = width;
    this.height = height;
    text("title", 16, 24, title);
  }

  void text(String classes, double x, double y, String text) {
    String safe = text.replace("&", "&amp;").replace("<", "&lt;");
    add("<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>", classes, x, y, safe);
  }

  void line(String classes, double x1, double y1, double x2, double y2) {
    add(
        "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>",
        classes, x1, y1, x2, y2);
  }

  /** A series' mark: its form tells it apart where colours do not. */
  void mark(int series, double x, double y) {
    String form =
        switch (series % SERIES) {
          case 0 -> "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0 -10 0";
          case 1 -> "M-4.5 -4.5h9v9h-9z";
          case 2 -> "M0 -6L6 5H-6z";
          default -> "M0 -6.5L6.5 0L0 6.5L-6.5 0z";
        };
    add(
        "<path class=\"s%d\" transform=\"translate(%.1f %.1f)\" d=\"%s\"/>",
        series % SERIES, x, y, form);
  }

  void path(int series, List<double[]> points) {
    StringBuilder d = new StringBuilder();
    for (double[] point : points) {
      d.append(
          String.format(Locale.ROOT, "%s%.1f %.1f", d.isEmpty() ? "M" : "L", point[0], point[1]));
    }
    add("<path class=\"s%d line\" d=\"%s\"/>", series % SERIES, d);
  }

  /** Marks and names of the series in one line. */
  void legend(List<String> series, double x, double y) {
    double at = x;
    for (int i = 0; i < series.size(); i++) {
      mark(i, at + 6, y - 4);
      text("", at + 18, y, series.get(i));
      at += 38 + 7.2 * series.get(i).length();
    }
  }

  @FormatMethod
  private void add(@FormatString String format, Object... arguments) {
    body.append("  ").append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }

  @Override
  public String toString() {
    return """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img">
          <style>
        %s  </style>
        %s</svg>
        """
        .formatted(width, height, width, height, STYLE, body);
  }
}
