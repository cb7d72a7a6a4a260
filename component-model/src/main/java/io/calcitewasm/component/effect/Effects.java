package io.calcitewasm.component.effect;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a call can change, and which functions of the host's it can reach. Traps are not told: after
 * one there is nothing left to be changed.
 *
 * @param kinds in the order of their declaration
 * @param hostFunctions their names as messages have them, sorted
 */
public record Effects(Set<Effect> kinds, SortedSet<String> hostFunctions) {
  /** Nothing changes. */
  public static final Effects NONE = new Effects(Set.of(), Collections.emptySortedSet());

  /** Everything may change. */
  public static final Effects ALL =
      new Effects(EnumSet.allOf(Effect.class), Collections.emptySortedSet());

  public Effects {
    Set<Effect> ordered = EnumSet.noneOf(Effect.class);
    ordered.addAll(kinds);
    kinds = Collections.unmodifiableSet(ordered);
    hostFunctions = Collections.unmodifiableSortedSet(new TreeSet<>(hostFunctions));
  }

  /** Whether a call leaves everything as it was, so that there is nothing to undo. */
  public boolean none() {
    return kinds.isEmpty();
  }

  /** Whether a call can change one of some. */
  public boolean any(Collection<Effect> some) {
    return !Collections.disjoint(kinds, some);
  }

  /** These and others. */
  public Effects plus(Effects other) {
    Set<Effect> allKinds = EnumSet.noneOf(Effect.class);
    allKinds.addAll(kinds);
    allKinds.addAll(other.kinds);
    SortedSet<String> allFunctions = new TreeSet<>(hostFunctions);
    allFunctions.addAll(other.hostFunctions);
    return new Effects(allKinds, allFunctions);
  }

  /** {@code changes nothing}, or e.g. {@code writes memory, sets globals, calls the host (…)}. */
  public String words() {
    if (none()) {
      return "changes nothing";
    }
    String all = kinds.stream().map(Effect::words).collect(Collectors.joining(", "));
    return hostFunctions.isEmpty() ? all : all + " (" + String.join(", ", hostFunctions) + ")";
  }

  @Override
  public String toString() {
    return words();
  }
}
