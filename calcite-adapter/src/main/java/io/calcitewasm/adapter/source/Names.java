package io.calcitewasm.adapter.source;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** How names match: exactly if one does, else in any letter case. */
public final class Names {
  private Names() {}

  /** The one of the names that is meant, or null; the first in order where several match. */
  public static @Nullable String match(Collection<String> names, String wanted) {
    return names.contains(wanted)
        ? wanted
        : names.stream().filter(wanted::equalsIgnoreCase).sorted().findFirst().orElse(null);
  }
}
