package io.calcitewasm.policy;

/** Foreign words inside messages. */
final class Text {
  private static final int LONGEST = 100;

  private Text() {}

  /** The text in quotes, without control characters and not longer than a line. */
  static String quote(String text) {
    StringBuilder out = new StringBuilder("'");
    int count = 0;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      if (++count > LONGEST) {
        out.append('…');
        break;
      }
      int c = text.codePointAt(i);
      out.appendCodePoint(isControl(c) ? '\uFFFD' : c);
    }
    return out.append('\'').toString();
  }

  /** Whether the character would do more than show itself. */
  static boolean isControl(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }
}
