package io.calcitewasm.adapter.catalogue;

import io.calcitewasm.udf.module.Snapshot;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Everything of a catalogue that has a name, at one moment and for those who see it: what is
 * committed, or a transaction's own picture. Immutable.
 *
 * @param generation differs from that of all other pictures in the process
 * @param layout differs where anything but the contents of modules differs
 * @param foreignSchemas by name, in any letter case
 * @param views by name, in any letter case
 * @param modules the modules
 * @param buckets where modules may come from
 * @param canaries the versions that are tried, by module, in any letter case
 */
record Picture(
    long generation,
    long layout,
    NavigableMap<String, ForeignSchema> foreignSchemas,
    NavigableMap<String, View> views,
    ModuleSet modules,
    Buckets buckets,
    NavigableMap<String, CanaryDefinition> canaries) {
  Picture {
    foreignSchemas = Collections.unmodifiableNavigableMap(foreignSchemas);
    views = Collections.unmodifiableNavigableMap(views);
    canaries = Collections.unmodifiableNavigableMap(canaries);
  }

  /** The modules that work. */
  Snapshot snapshot() {
    return modules.snapshot();
  }

  /**
   * With other modules; all else stays.
   *
   * @param stamp the generation of the new picture
   */
  Picture withModules(ModuleSet other, long stamp) {
    return new Picture(stamp, layout, foreignSchemas, views, other, buckets, canaries);
  }

  /** With other foreign schemas. */
  Picture withForeignSchemas(
      UnaryOperator<NavigableMap<String, ForeignSchema>> change, long stamp) {
    return new Picture(
        stamp, stamp, change.apply(copy(foreignSchemas)), views, modules, buckets, canaries);
  }

  /** With other views. */
  Picture withViews(UnaryOperator<NavigableMap<String, View>> change, long stamp) {
    return new Picture(
        stamp, stamp, foreignSchemas, change.apply(copy(views)), modules, buckets, canaries);
  }

  /** With other buckets. */
  Picture withBuckets(Buckets other, long stamp) {
    return new Picture(stamp, layout, foreignSchemas, views, modules, other, canaries);
  }

  /** With other canaries. */
  Picture withCanaries(UnaryOperator<NavigableMap<String, CanaryDefinition>> change, long stamp) {
    return new Picture(
        stamp, layout, foreignSchemas, views, modules, buckets, change.apply(copy(canaries)));
  }

  /** The same, where something has changed that nobody sees. */
  Picture withStamp(long stamp) {
    return new Picture(stamp, layout, foreignSchemas, views, modules, buckets, canaries);
  }

  /** The same, where tables have changed, which this does not hold. */
  Picture withTables(long stamp) {
    return new Picture(stamp, stamp, foreignSchemas, views, modules, buckets, canaries);
  }

  /** An empty map by names in any letter case. */
  static <T> NavigableMap<String, T> map() {
    return new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  }

  private static <T> NavigableMap<String, T> copy(NavigableMap<String, T> map) {
    NavigableMap<String, T> copy = map();
    copy.putAll(map);
    return copy;
  }

  /** Puts something in; a sorted map keeps the old key where only the letter case differs. */
  static <T> UnaryOperator<NavigableMap<String, T>> put(String name, T value) {
    return map -> {
      map.remove(name);
      map.put(name, value);
      return map;
    };
  }

  /** Takes something out. */
  static <T> UnaryOperator<NavigableMap<String, T>> remove(String name) {
    return map -> {
      map.remove(name);
      return map;
    };
  }
}
