package io.calcitewasm.adapter.plan;

import io.calcitewasm.policy.document.Words;
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
            Comparator.<String>comparingInt(
                    name -> Words.distance(lower, name.toLowerCase(Locale.ROOT)))
                .thenComparing(Comparator.naturalOrder()))
        .limit(MOST)
        .toList();
  }

  private static boolean isNear(String wrong, String name) {
    int most = Math.max(1, Math.max(wrong.length(), name.length()) / 3);
    boolean contained = wrong.length() > 2 && (name.contains(wrong) || wrong.contains(name));
    return contained || Words.distance(wrong, name) <= most;
  }
}
