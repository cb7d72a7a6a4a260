package io.calcitewasm.jdbc.cli.output;

import org.jline.utils.WCWidth;

/**
 * Text from data and guests made fit for a terminal: control characters, which could move the
 * cursor or change the terminal's state, are shown as escapes.
 */
public final class Printable {
  static final String CUT = "…";

  private Printable() {}

  /** One line: line breaks are escaped too. */
  public static String cell(String s) {
    return escape(s, false);
  }

  /** Lines stay lines. */
  public static String text(String s) {
    return escape(s, true);
  }

  private static String escape(String s, boolean lines) {
    int clean = 0;
    while (clean < s.length() && !isControl(s.charAt(clean))) {
      clean++;
    }
    if (clean == s.length()) {
      return s;
    }
    StringBuilder out = new StringBuilder(s.length() + 8);
    for (int i = 0; i < s.length(); i++) {
      char c = s.charAt(i);
      switch (c) {
        case '\n' -> out.append(lines ? "\n" : "\\n");
        case '\r' ->
            out.append(lines && i + 1 < s.length() && s.charAt(i + 1) == '\n' ? "" : "\\r");
        case '\t' -> out.append(lines ? "    " : "\\t");
        default -> {
          if (isControl(c)) {
            out.append(String.format("\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    return out.toString();
  }

  /** C0, DEL, C1, and the marks that turn the direction of writing. */
  private static boolean isControl(char c) {
    return c < 0x20
        || c >= 0x7f && c < 0xa0
        || c >= 0x202a && c <= 0x202e
        || c >= 0x2066 && c <= 0x2069
        || c == 0x2028
        || c == 0x2029;
  }

  /** How many columns of a terminal a text takes. */
  static int columns(String s) {
    int columns = 0;
    for (int i = 0; i < s.length(); ) {
      int c = s.codePointAt(i);
      columns += Math.max(0, WCWidth.wcwidth(c));
      i += Character.charCount(c);
    }
    return columns;
  }

  /** The text if it fits into {@code most} columns, else its beginning and an ellipsis. */
  static String cut(String s, int most) {
    if (columns(s) <= most) {
      return s;
    }
    int columns = 0;
    int i = 0;
    while (i < s.length()) {
      int c = s.codePointAt(i);
      int width = Math.max(0, WCWidth.wcwidth(c));
      if (columns + width > most - 1) {
        break;
      }
      columns += width;
      i += Character.charCount(c);
    }
    return s.substring(0, i) + CUT;
  }
}
