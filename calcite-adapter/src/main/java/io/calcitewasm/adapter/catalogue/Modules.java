package io.calcitewasm.adapter.catalogue;

import io.calcitewasm.adapter.parser.CreateModule;
import io.calcitewasm.adapter.parser.SqlLanguage;
import io.calcitewasm.adapter.parser.SyntaxError;
import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.module.ModuleFile;
import io.calcitewasm.udf.module.ModuleVersion;
import io.calcitewasm.udf.module.Registry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * The modules of a database: those of the registry, and their definitions in the catalogue, which
 * install them again when the database is opened.
 */
public final class Modules {
  private final Catalogue catalogue;
  private final Registry registry;
  private final ConcurrentSkipListMap<String, ModuleDefinition> definitions =
      new ConcurrentSkipListMap<>(String.CASE_INSENSITIVE_ORDER);
  private final ConcurrentSkipListMap<String, BrokenModule> broken =
      new ConcurrentSkipListMap<>(String.CASE_INSENSITIVE_ORDER);

  /**
   * Installs the modules of a catalogue in an empty registry. A module that cannot be installed
   * becomes a broken one.
   */
  public Modules(Catalogue catalogue, Registry registry) {
    this.catalogue = catalogue;
    this.registry = registry;
    catalogue.modules().forEach(this::restore);
  }

  private void restore(ModuleDefinition definition) {
    definitions.put(definition.name(), definition);
    try {
      CreateModule statement = (CreateModule) SqlLanguage.parse(definition.sql());
      byte[] content = catalogue.content(definition.digest());
      registry.publish(
          registry.prepare(
              ModuleStatement.request(statement, content, Optional.of(definition.digest()))),
          false);
    } catch (SqlError e) {
      broken.put(definition.name(), new BrokenModule(definition, e));
    } catch (SyntaxError e) {
      broken.put(
          definition.name(),
          new BrokenModule(
              definition, new SqlError(e.sqlState(), String.valueOf(e.getMessage()), e)));
    }
  }

  /** The registry of the modules that work. */
  public Registry registry() {
    return registry;
  }

  /** All names, those of broken modules too. */
  public Set<String> names() {
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    names.addAll(definitions.keySet());
    return names;
  }

  /** All definitions by name, in any letter case. */
  public NavigableMap<String, ModuleDefinition> definitions() {
    return new TreeMap<>(definitions);
  }

  /** The broken module of that name, in any letter case, or null. */
  public @Nullable BrokenModule broken(String name) {
    return broken.get(name);
  }

  /** Whether there is a module of that name, in any letter case, broken or not. */
  public boolean contains(String name) {
    return definitions.containsKey(name);
  }

  /** A module that has been read, judged and linked, and is nobody's yet. */
  public static final class Candidate {
    private final ModuleDefinition definition;
    private final ModuleVersion version;
    private final byte[] content;

    private Candidate(ModuleDefinition definition, ModuleVersion version, byte[] content) {
      this.definition = definition;
      this.version = version;
      this.content = content;
    }
  }

  /**
   * Reads a component file and judges it; nothing is changed.
   *
   * @throws SqlError for a file that cannot be read or a component that is refused
   */
  public Candidate read(CreateModule statement) {
    byte[] content = ModuleFile.read(statement.source());
    ModuleVersion version =
        registry.prepare(ModuleStatement.request(statement, content, statement.digest()));
    ModuleDefinition definition =
        new ModuleDefinition(
            version.name(),
            absolute(statement.source()),
            version.digest(),
            SqlLanguage.write(statement),
            Instant.now());
    return new Candidate(definition, version, content);
  }

  /** The path for people who look at the catalogue from another directory. */
  private static String absolute(String source) {
    Path path = Path.of(source);
    return Files.exists(path) ? path.toAbsolutePath().normalize().toString() : source;
  }

  /**
   * Installs a module; the caller has checked that its name is free or may be replaced.
   *
   * @throws SqlError when the catalogue cannot be written; nothing has changed then
   */
  void install(Candidate candidate) {
    catalogue.change(changes -> changes.putModule(candidate.definition, candidate.content));
    registry.publish(candidate.version, true);
    String name = candidate.definition.name();
    broken.remove(name);
    definitions.remove(name);
    definitions.put(name, candidate.definition);
  }

  /** Lets go of a module that is no longer in the catalogue. */
  void forget(String name) {
    if (registry.snapshot().module(name).isPresent()) {
      registry.drop(name);
    }
    broken.remove(name);
    definitions.remove(name);
  }
}
