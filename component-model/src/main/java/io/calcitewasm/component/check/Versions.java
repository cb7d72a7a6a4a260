package io.calcitewasm.component.check;

/** Versions in the names of interfaces (Explainer.md, {@code interfaceversion}; semver.org). */
final class Versions {
  private Versions() {}

  /** Whether {@code text} is a semantic version: {@code 1.2.3-rc.1+build.5}. */
  static boolean isSemantic(String text) {
    int plus = text.indexOf('+');
    String precedence = plus < 0 ? text : text.substring(0, plus);
    int dash = precedence.indexOf('-');
    String[] core = (dash < 0 ? precedence : precedence.substring(0, dash)).split("\\.", -1);
    return core.length == 3
        && isNumber(core[0])
        && isNumber(core[1])
        && isNumber(core[2])
        && (dash < 0 || areIdentifiers(precedence.substring(dash + 1), true))
        && (plus < 0 || areIdentifiers(text.substring(plus + 1), false));
  }

  /**
   * Whether {@code text} is a version cut off where compatible versions differ (Explainer.md,
   * {@code canonversion}): {@code 1}, {@code 0.2}, {@code 0.0.7}.
   */
  static boolean isCanonical(String text) {
    String[] parts = text.split("\\.", -1);
    for (int i = 0; i < parts.length; i++) {
      boolean last = i == parts.length - 1;
      if (!isNumber(parts[i]) || (!last && !parts[i].equals("0"))) {
        return false;
      }
    }
    return parts.length == 3 || (parts.length < 3 && !parts[parts.length - 1].equals("0"));
  }

  private static boolean isNumber(String text) {
    return isDigits(text) && (text.length() == 1 || text.charAt(0) != '0');
  }

  private static boolean isDigits(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static boolean areIdentifiers(String text, boolean preRelease) {
    for (String identifier : text.split("\\.", -1)) {
      if (identifier.isEmpty()
          || !identifier.chars().allMatch(Versions::isIdentifierChar)
          || (preRelease && isDigits(identifier) && !isNumber(identifier))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isIdentifierChar(int c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
  }
}
