package io.calcitewasm.adapter.plan;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Names that a person may have meant. */
public final class Similar {
  private static final int MOST = 3;

  private Similar() {}

  /**
   * The known names nearest to a wrong one, nearest first, at most three; a name is near when at
   * most a third of its letters, and at least one, would have to change, or when one contains the
   * other.
   */
  public static List<String> to(String wrong, Collection<String> known) {
    String lower = wrong.toLowerCase(Locale.ROOT);
    return known.stream()
        .filter(name -> isNear(lower, name.toLowerCase(Locale.ROOT)))
        .sorted(
            Comparator.<String>comparingInt(name -> distance(lower, name.toLowerCase(Locale.ROOT)))
                .thenComparing(Comparator.naturalOrder()))
        .limit(MOST)
        .toList();
  }

  private static boolean isNear(String wrong, String name) {
    int most = Math.max(1, Math.max(wrong.length(), name.length()) / 3);
    boolean contained = wrong.length() > 2 && (name.contains(wrong) || wrong.contains(name));
    return contained || distance(wrong, name) <= most;
  }

  /** Levenshtein distance in UTF-16 units. */
  private static int distance(String a, String b) {
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
