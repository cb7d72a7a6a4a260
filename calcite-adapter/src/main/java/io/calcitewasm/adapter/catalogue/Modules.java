package io.calcitewasm.adapter.catalogue;

import io.calcitewasm.adapter.parser.CreateModule;
import io.calcitewasm.adapter.parser.SqlLanguage;
import io.calcitewasm.adapter.parser.SyntaxError;
import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.module.ModuleVersion;
import io.calcitewasm.udf.module.Registry;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * The modules of a database: those of the registry, and their definitions and versions in the
 * catalogue, which install them again when the database is opened. Changed by {@link Namespace}
 * alone.
 */
public final class Modules {
  private final Catalogue catalogue;
  private final Registry registry;
  private final ConcurrentSkipListMap<String, ModuleDefinition> definitions =
      new ConcurrentSkipListMap<>(String.CASE_INSENSITIVE_ORDER);
  private final ConcurrentSkipListMap<String, BrokenModule> broken =
      new ConcurrentSkipListMap<>(String.CASE_INSENSITIVE_ORDER);
  private volatile List<VersionDefinition> versions = List.of();

  /**
   * Installs the modules of a catalogue in an empty registry. A module that cannot be installed
   * becomes a broken one.
   */
  public Modules(Catalogue catalogue, Registry registry) {
    this.catalogue = catalogue;
    this.registry = registry;
    reload();
  }

  /** Takes over what the catalogue says where that has changed. */
  void reload() {
    List<ModuleDefinition> now = catalogue.modules();
    versions = catalogue.versions();
    Set<String> gone = names();
    for (ModuleDefinition definition : now) {
      gone.remove(definition.name());
      if (!definition.equals(definitions.get(definition.name()))) {
        restore(definition);
      }
    }
    gone.forEach(this::forget);
  }

  private void restore(ModuleDefinition definition) {
    try {
      CreateModule statement = statement(definition.sql());
      byte[] content = catalogue.content(definition.digest());
      ModuleVersion version =
          registry.prepare(
              ModuleStatement.request(statement, content, Optional.of(definition.digest())));
      registry.publish(version, true);
      put(definition);
    } catch (SqlError e) {
      breakDown(definition, e);
    } catch (SyntaxError e) {
      breakDown(definition, new SqlError(e.sqlState(), String.valueOf(e.getMessage()), e));
    }
  }

  private void breakDown(ModuleDefinition definition, SqlError reason) {
    if (registry.snapshot().module(definition.name()).isPresent()) {
      registry.drop(definition.name());
    }
    put(definition);
    broken.put(definition.name(), new BrokenModule(definition, reason));
  }

  private void put(ModuleDefinition definition) {
    broken.remove(definition.name());
    // A sorted map keeps the old key where only the letter case differs.
    definitions.remove(definition.name());
    definitions.put(definition.name(), definition);
  }

  static CreateModule statement(String sql) {
    return (CreateModule) SqlLanguage.parse(sql);
  }

  /**
   * Judges all modules by the policy that holds now: those it does not allow become broken, and
   * broken ones that it allows work again.
   */
  void judgeAgain() {
    for (ModuleDefinition definition : definitions().values()) {
      Optional<ModuleVersion> version = registry.snapshot().module(definition.name());
      if (version.isEmpty()) {
        restore(definition);
        continue;
      }
      try {
        registry.judgeAgain(version.get());
      } catch (SqlError e) {
        breakDown(definition, e);
      }
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

  /** The module of that name, in any letter case, broken or not, or null. */
  public @Nullable ModuleDefinition definition(String name) {
    return definitions.get(name);
  }

  /** The statement that installs a module. */
  public CreateModule statement(ModuleDefinition definition) {
    return statement(definition.sql());
  }

  /** The versions that are kept of all modules, by module and number. */
  public List<VersionDefinition> versions() {
    return versions;
  }

  /** The versions that are kept of a module, by number. */
  public List<VersionDefinition> versions(String module) {
    return versions.stream().filter(v -> v.module().equalsIgnoreCase(module)).toList();
  }

  /** The broken module of that name, in any letter case, or null. */
  public @Nullable BrokenModule broken(String name) {
    return broken.get(name);
  }

  /** Whether there is a module of that name, in any letter case, broken or not. */
  public boolean contains(String name) {
    return definitions.containsKey(name);
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

  /**
   * Judges a component; nothing is changed.
   *
   * @param statement as it is to be kept
   * @param source where the bytes came from, for people
   * @param content the component
   * @throws SqlError for a component that is refused
   */
  public Candidate judge(CreateModule statement, String source, byte[] content) {
    ModuleVersion version =
        registry.prepare(ModuleStatement.request(statement, content, statement.digest()));
    return new Candidate(version, statement, source, content, OptionalInt.empty());
  }

  /**
   * Judges a content that the catalogue has.
   *
   * @param statement as it is to be kept
   * @param source where the bytes came from, for people
   * @param digest the content's
   * @param number the kept version that this is; empty for a new one
   * @throws SqlError WM003 for a content that was changed in the store, and what {@link #judge}
   *     throws
   */
  public Candidate judgeKept(
      CreateModule statement, String source, String digest, OptionalInt number) {
    byte[] content = catalogue.content(digest);
    ModuleVersion version =
        registry.prepare(ModuleStatement.request(statement, content, Optional.of(digest)));
    return new Candidate(version, statement, source, content, number);
  }

  /** What is to be written into the catalogue for a candidate; the caller publishes it then. */
  Installation installation(Candidate candidate, String changes) {
    String name = candidate.version().name();
    ModuleDefinition active = definitions.get(name);
    List<VersionDefinition> kept = versions(name);
    int number = candidate.number().orElse(kept.isEmpty() ? 1 : kept.getLast().number() + 1);
    Instant now = Instant.now();
    String sql = SqlLanguage.write(candidate.statement());
    ModuleDefinition definition =
        new ModuleDefinition(
            name, candidate.source(), candidate.version().digest(), sql, number, now);
    VersionDefinition added =
        candidate.number().isPresent()
            ? null
            : new VersionDefinition(
                name,
                number,
                active == null ? OptionalInt.empty() : OptionalInt.of(active.version()),
                candidate.source(),
                candidate.version().digest(),
                sql,
                candidate.version().version(),
                changes,
                now);
    return new Installation(candidate, definition, added);
  }

  /**
   * A candidate as the catalogue keeps it.
   *
   * @param candidate the version
   * @param definition the module with it
   * @param added the version, where it is new
   */
  record Installation(
      Candidate candidate, ModuleDefinition definition, @Nullable VersionDefinition added) {
    /** Writes it into the catalogue. */
    void write(CatalogueChanges changes) {
      if (added != null) {
        changes.putVersion(added, candidate.content());
      }
      changes.putModule(definition);
    }
  }

  /** Publishes what has been written into the catalogue. */
  void installed(Installation installation) {
    registry.publish(installation.candidate().version(), true);
    put(installation.definition());
    if (installation.added() != null) {
      versions = catalogue.versions();
    }
  }

  /** Lets go of a module that is no longer in the catalogue. */
  void forget(String name) {
    if (registry.snapshot().module(name).isPresent()) {
      registry.drop(name);
    }
    broken.remove(name);
    definitions.remove(name);
    versions = versions.stream().filter(v -> !v.module().equalsIgnoreCase(name)).toList();
  }
}
