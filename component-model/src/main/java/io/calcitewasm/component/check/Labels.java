package io.calcitewasm.component.check;

import io.calcitewasm.component.InvalidComponentException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Kebab-case labels (Explainer.md, {@code label}) and their uniqueness. */
final class Labels {
  private Labels() {}

  /** Whether {@code text} is a label: {@code is-XML}, {@code a1-2}. */
  static boolean isLabel(String text) {
    return isKebab(text, true);
  }

  /** Whether {@code text} is a label without acronyms, as in namespaces and packages. */
  static boolean isWords(String text) {
    return isKebab(text, false);
  }

  private static boolean isKebab(String text, boolean acronyms) {
    String[] fragments = text.split("-", -1);
    for (int i = 0; i < fragments.length; i++) {
      if (!isFragment(fragments[i], i == 0, acronyms)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isFragment(String fragment, boolean first, boolean acronyms) {
    boolean lower = false;
    boolean upper = false;
    for (int i = 0; i < fragment.length(); i++) {
      char c = fragment.charAt(i);
      if (c >= 'a' && c <= 'z') {
        lower = true;
      } else if (c >= 'A' && c <= 'Z') {
        upper = true;
      } else if (c < '0' || c > '9' || (first && i == 0)) {
        return false;
      }
    }
    return !fragment.isEmpty() && !(lower && upper) && (acronyms || !upper);
  }

  /**
   * Requires labels to be in kebab-case and unique even when letter case is ignored (Explainer.md,
   * "Name Uniqueness").
   */
  static void check(List<String> labels, String what, Progress progress)
      throws InvalidComponentException {
    progress.spend(labels.size());
    Set<String> seen = new HashSet<>();
    for (String label : labels) {
      if (!isLabel(label)) {
        throw progress.invalid("the " + what + " \"" + label + "\" is not in kebab-case");
      }
      if (!seen.add(label.toLowerCase(Locale.ROOT))) {
        throw progress.invalid("the " + what + " \"" + label + "\" stands twice");
      }
    }
  }
}
