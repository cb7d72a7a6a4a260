package io.calcitewasm.udf.module;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Versions that were replaced or dropped. They live as long as somebody holds them: a statement, or
 * a prepared one. Of each module the last one replaced is held here too, so that its compiled code
 * is there if it comes back.
 */
final class Replaced {
  private final List<WeakReference<ModuleVersion>> versions = new ArrayList<>();
  private final Map<String, ModuleVersion> last = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  /**
   * Takes note of a version that is no longer current.
   *
   * @param hasSuccessor whether there is another version of its module now
   */
  synchronized void add(ModuleVersion version, boolean hasSuccessor) {
    versions.removeIf(reference -> reference.get() == null);
    versions.add(new WeakReference<>(version));
    if (hasSuccessor) {
      last.put(version.name(), version);
    } else {
      last.remove(version.name());
    }
  }

  /** Those that statements use, or that have instances, the oldest first. */
  List<ModuleVersion> draining() {
    return all()
        .filter(v -> v.runtime().statements() > 0 || v.runtime().liveInstances() > 0)
        .toList();
  }

  /** Those of a module that somebody holds. */
  List<ModuleVersion> of(String module) {
    return all().filter(version -> version.name().equalsIgnoreCase(module)).toList();
  }

  private synchronized Stream<ModuleVersion> all() {
    return versions.stream().map(WeakReference::get).flatMap(Stream::ofNullable).toList().stream();
  }
}
