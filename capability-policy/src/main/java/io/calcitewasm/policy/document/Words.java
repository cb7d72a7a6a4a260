package io.calcitewasm.policy.document;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Foreign words inside messages. */
public final class Words {
  private static final int LONGEST = 100;

  private Words() {}

  /** The text in quotes, without control characters and not longer than a line. */
  public static String quote(String text) {
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
  public static boolean isControl(int codePoint) {
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

  /** {@code ; did you mean 'grants'?}, or nothing where no known word is near. */
  public static String meant(String wrong, Collection<String> known) {
    if (wrong.length() > LONGEST) {
      return "";
    }
    String lower = wrong.toLowerCase(Locale.ROOT);
    return known.stream()
        .filter(word -> distance(lower, word) <= Math.max(1, word.length() / 3))
        .min(Comparator.comparingInt(word -> distance(lower, word)))
        .map(word -> "; did you mean " + quote(word) + "?")
        .orElse("");
  }

  /**
   * Insertions, deletions and replacements of UTF-16 units from one word to another (Levenshtein).
   */
  public static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    Arrays.setAll(previous, j -> j);
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substitution = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(substitution, Math.min(previous[j], current[j - 1]) + 1);
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
