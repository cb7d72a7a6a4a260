package io.calcitewasm.benchmarks;

import java.text.Normalizer;
import java.util.Locale;

/** The peers: static Java functions that do what the modules' functions of the same name do. */
public final class JavaFunctions {
  private JavaFunctions() {}

  /** {@code a + b}, wrapping. */
  public static long add(long a, long b) {
    return a + b;
  }

  /** {@code text.slugify} for Latin text: accents removed, lower case, hyphens between words. */
  public static String slugify(String s) {
    String folded = Normalizer.normalize(s, Normalizer.Form.NFD).toLowerCase(Locale.ROOT);
    StringBuilder slug = new StringBuilder(folded.length());
    boolean gap = false;
    for (int i = 0; i < folded.length(); i++) {
      char c = folded.charAt(i);
      if (Character.isLetterOrDigit(c)) {
        if (gap && !slug.isEmpty()) {
          slug.append('-');
        }
        gap = false;
        slug.append(c);
      } else if (c != '\'' && Character.getType(c) != Character.NON_SPACING_MARK) {
        gap = true;
      }
    }
    return slug.toString();
  }
}
