package io.calcitewasm.jdbc.shell;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The word somebody probably meant. */
final class Nearest {
  private Nearest() {}

  /** The nearest candidate by insertions, deletions and replacements; none if all are far away. */
  static Optional<String> to(String word, Collection<String> candidates) {
    int far = Math.max(1, word.length() / 2);
    return candidates.stream()
        .filter(c -> c.startsWith(word) || distance(word, c) <= far)
        .min(
            Comparator.comparing((String c) -> !c.startsWith(word))
                .thenComparing(c -> distance(word, c)));
  }

  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
