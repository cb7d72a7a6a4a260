package io.calcitewasm.udf.module;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All modules at one moment. Immutable: a statement uses one from its beginning to its end. */
public final class Snapshot {
  private final long generation;
  private final Map<String, ModuleVersion> modules;

  private Snapshot(long generation, TreeMap<String, ModuleVersion> modules) {
    this.generation = generation;
    this.modules = Collections.unmodifiableMap(modules);
  }

  /** No modules, generation 0. */
  public static Snapshot empty() {
    return new Snapshot(0, new TreeMap<>(String.CASE_INSENSITIVE_ORDER));
  }

  /** The next generation, with a module put in. */
  public Snapshot with(ModuleVersion version) {
    TreeMap<String, ModuleVersion> next = copy();
    next.remove(version.name());
    next.put(version.name(), version.published(generation + 1));
    return new Snapshot(generation + 1, next);
  }

  /** The next generation, with a module taken out. */
  public Snapshot without(String name) {
    TreeMap<String, ModuleVersion> next = copy();
    next.remove(name);
    return new Snapshot(generation + 1, next);
  }

  private TreeMap<String, ModuleVersion> copy() {
    TreeMap<String, ModuleVersion> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    copy.putAll(modules);
    return copy;
  }

  /** Counts the steps from no modules to these; drafts of different modules may have the same. */
  public long generation() {
    return generation;
  }

  /** The modules by name, in order of their names; look-up ignores letter case. */
  public Map<String, ModuleVersion> modules() {
    return modules;
  }

  /**
   * Whether plans made with another snapshot hold for this one: the same modules, each with
   * functions of the same names and types, called on the same terms. Results may differ.
   */
  public boolean isInterchangeable(Snapshot other) {
    return modules.keySet().equals(other.modules.keySet())
        && modules.values().stream()
            .allMatch(
                version ->
                    other.module(version.name()).filter(version::isInterchangeable).isPresent());
  }

  /** The module of that name, whatever its letter case. */
  public Optional<ModuleVersion> module(String name) {
    return Optional.ofNullable(modules.get(name));
  }
}
