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
        .filter(
            c ->
                c.startsWith(word) || io.calcitewasm.policy.document.Words.distance(word, c) <= far)
        .min(
            Comparator.comparing((String c) -> !c.startsWith(word))
                .thenComparing(c -> io.calcitewasm.policy.document.Words.distance(word, c)));
  }
}
