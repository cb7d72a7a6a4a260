package io.calcitewasm.udf;

import java.util.Locale;

/**
 * Words of guests and users inside messages: control characters are escaped, long words cut
 * (docs/sql.md, "Errors").
 */
public final class GuestText {
  /** How much of a guest's words a message holds, bytes of UTF-8. */
  public static final int LONGEST = 4 << 10;

  private static final int LONGEST_QUOTE = 80;

  private GuestText() {}

  /** The guest's words, escaped, and cut to {@link #LONGEST} bytes. */
  public static String of(String words) {
    return escape(words, LONGEST);
  }

  /** A value in single quotes, escaped, and cut to the length of a line. */
  public static String quote(String value) {
    return "'" + escape(value, LONGEST_QUOTE) + "'";
  }

  private static String escape(String words, int most) {
    StringBuilder out = new StringBuilder(Math.min(words.length() + 8, most + 8));
    int bytes = 0;
    for (int i = 0; i < words.length(); ) {
      int c = words.codePointAt(i);
      i += Character.charCount(c);
      int before = out.length();
      append(out, c);
      bytes += escaped(out, before) ? out.length() - before : utf8Length(c);
      if (bytes > most) {
        out.setLength(before);
        return out.append('…').toString();
      }
    }
    return out.toString();
  }

  private static boolean escaped(StringBuilder out, int from) {
    return out.length() - from > 1 && out.charAt(from) == '\\';
  }

  private static void append(StringBuilder out, int c) {
    switch (c) {
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> {
        if (isControl(c)) {
          out.append(String.format(Locale.ROOT, "\\u%04X", c));
        } else {
          out.appendCodePoint(c);
        }
      }
    }
  }

  private static int utf8Length(int c) {
    return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
  }

  /** Whether the character would do more than show itself: move, turn or break the text. */
  private static boolean isControl(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      case Character.FORMAT -> !isJoiner(c);
      default -> false;
    };
  }

  /** Zero-width joiners belong to many scripts and to emoji. */
  private static boolean isJoiner(int c) {
    return c == 0x200C || c == 0x200D;
  }
}
