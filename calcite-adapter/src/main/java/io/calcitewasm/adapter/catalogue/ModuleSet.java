package io.calcitewasm.adapter.catalogue;

import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.module.ModuleVersion;
import io.calcitewasm.udf.module.Snapshot;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The modules of a catalogue at one moment. Immutable.
 *
 * @param definitions by name, in any letter case
 * @param broken those that cannot be installed, by name, in any letter case
 * @param versions those that are kept, by module and number
 * @param snapshot what of them works
 */
record ModuleSet(
    NavigableMap<String, ModuleDefinition> definitions,
    NavigableMap<String, BrokenModule> broken,
    List<VersionDefinition> versions,
    Snapshot snapshot) {
  /** No modules. */
  static final ModuleSet EMPTY =
      new ModuleSet(
          Collections.emptyNavigableMap(),
          Collections.emptyNavigableMap(),
          List.of(),
          Snapshot.empty());

  ModuleSet {
    definitions = Collections.unmodifiableNavigableMap(definitions);
    broken = Collections.unmodifiableNavigableMap(broken);
    versions = List.copyOf(versions);
  }

  /** With a module that works, in place of the one of its name. */
  ModuleSet with(ModuleDefinition definition, ModuleVersion version) {
    return new ModuleSet(
        put(definitions, definition.name(), definition),
        without(broken, definition.name()),
        versions,
        snapshot.with(version));
  }

  /** With a module that cannot be installed, in place of the one of its name. */
  ModuleSet withBroken(ModuleDefinition definition, SqlError reason) {
    String name = definition.name();
    return new ModuleSet(
        put(definitions, name, definition),
        put(broken, name, new BrokenModule(definition, reason)),
        versions,
        snapshot.module(name).isPresent() ? snapshot.without(name) : snapshot);
  }

  /** With other versions kept. */
  ModuleSet withVersions(List<VersionDefinition> kept) {
    return new ModuleSet(definitions, broken, kept, snapshot);
  }

  /** Without a module and its versions. */
  ModuleSet without(String name) {
    return new ModuleSet(
        without(definitions, name),
        without(broken, name),
        versions.stream().filter(v -> !v.module().equalsIgnoreCase(name)).toList(),
        snapshot.module(name).isPresent() ? snapshot.without(name) : snapshot);
  }

  private static <T> NavigableMap<String, T> without(NavigableMap<String, T> map, String name) {
    TreeMap<String, T> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    copy.putAll(map);
    copy.remove(name);
    return copy;
  }

  /** A sorted map keeps the old key where only the letter case differs. */
  private static <T> NavigableMap<String, T> put(
      NavigableMap<String, T> map, String name, T value) {
    NavigableMap<String, T> copy = without(map, name);
    copy.put(name, value);
    return copy;
  }
}
