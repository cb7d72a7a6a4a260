package io.calcitewasm.adapter.catalogue;

import io.calcitewasm.adapter.parser.CreateModule;
import io.calcitewasm.udf.module.ModuleVersion;
import io.calcitewasm.udf.module.Snapshot;
import java.util.List;
import java.util.NavigableMap;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The modules of a database as a {@link Namespace} has them: what is committed, or a draft. */
public final class Modules {
  private final Supplier<ModuleSet> now;
  private final ModuleJudge judge;

  Modules(Supplier<ModuleSet> now, ModuleJudge judge) {
    this.now = now;
    this.judge = judge;
  }

  /** Those that work. */
  public Snapshot snapshot() {
    return now.get().snapshot();
  }

  /** Versions that were replaced or dropped and that statements still use, the oldest first. */
  public List<ModuleVersion> draining() {
    return judge.registry().draining();
  }

  /** What judges, links and loads. */
  public ModuleJudge judge() {
    return judge;
  }

  /** All names, those of broken modules too. */
  public Set<String> names() {
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    names.addAll(now.get().definitions().keySet());
    return names;
  }

  /** All definitions by name, in any letter case. */
  public NavigableMap<String, ModuleDefinition> definitions() {
    return now.get().definitions();
  }

  /** The module of that name, in any letter case, broken or not, or null. */
  public @Nullable ModuleDefinition definition(String name) {
    return now.get().definitions().get(name);
  }

  /** The statement that installs a module. */
  public CreateModule statement(ModuleDefinition definition) {
    return ModuleJudge.statement(definition.sql());
  }

  /** The versions that are kept of all modules, by module and number. */
  public List<VersionDefinition> versions() {
    return now.get().versions();
  }

  /** The versions that are kept of a module, by number. */
  public List<VersionDefinition> versions(String module) {
    return versions().stream().filter(v -> v.module().equalsIgnoreCase(module)).toList();
  }

  /** The broken module of that name, in any letter case, or null. */
  public @Nullable BrokenModule broken(String name) {
    return now.get().broken().get(name);
  }

  /** Whether there is a module of that name, in any letter case, broken or not. */
  public boolean contains(String name) {
    return now.get().definitions().containsKey(name);
  }

  /**
   * A version of a module that has been read, judged and linked, and is nobody's yet.
   *
   * @param version what the registry has made of it
   * @param statement the statement that installs it
   * @param source where it came from
   * @param content its bytes
   * @param number the kept version that it is; empty for a new one
   */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares candidates.
  public record Candidate(
      ModuleVersion version,
      CreateModule statement,
      String source,
      byte[] content,
      OptionalInt number) {}
}
