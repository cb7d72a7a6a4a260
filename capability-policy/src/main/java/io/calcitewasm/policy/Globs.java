package io.calcitewasm.policy;

/** Patterns in which {@code *} stands for any characters, none included. */
public final class Globs {
  private Globs() {}

  /**
   * Whether a pattern matches all that another one matches. A {@code *} of the other is taken as a
   * character that only a {@code *} of this one matches, which never says yes wrongly.
   */
  public static boolean covers(String pattern, String other) {
    int p = 0;
    int o = 0;
    int star = -1;
    int resume = 0;
    while (o < other.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        resume = o;
      } else if (p < pattern.length() && pattern.charAt(p) == other.charAt(o)) {
        p++;
        o++;
      } else if (star >= 0) {
        p = star + 1;
        o = ++resume;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }

  /** Whether a name, in which {@code *} is nothing special, matches. */
  public static boolean matches(String pattern, String name) {
    return covers(pattern, name.replace('*', '\0'));
  }
}
