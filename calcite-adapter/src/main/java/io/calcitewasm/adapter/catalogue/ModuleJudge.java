package io.calcitewasm.adapter.catalogue;

import io.calcitewasm.adapter.catalogue.Modules.Candidate;
import io.calcitewasm.adapter.parser.CreateModule;
import io.calcitewasm.adapter.parser.SqlLanguage;
import io.calcitewasm.adapter.parser.SyntaxError;
import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.module.ModuleVersion;
import io.calcitewasm.udf.module.Registry;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Makes of components and of the catalogue's definitions what statements can call: judges by the
 * policy, links, and loads. It publishes nothing.
 */
public final class ModuleJudge {
  private final Catalogue catalogue;
  private final Registry registry;

  /**
   * A judge.
   *
   * @param catalogue where the contents of kept versions are
   * @param registry what reads, links and runs modules
   */
  ModuleJudge(Catalogue catalogue, Registry registry) {
    this.catalogue = catalogue;
    this.registry = registry;
  }

  /** What runs the modules. */
  public Registry registry() {
    return registry;
  }

  static CreateModule statement(String sql) {
    return (CreateModule) SqlLanguage.parse(sql);
  }

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

  /**
   * The modules of the catalogue; those that have not changed stay as they are. One that cannot be
   * installed is a broken one.
   */
  ModuleSet read(ModuleSet before) {
    ModuleSet now = before;
    List<ModuleDefinition> definitions = catalogue.modules();
    for (String name : before.definitions().keySet()) {
      if (definitions.stream().noneMatch(d -> d.name().equalsIgnoreCase(name))) {
        now = now.without(name);
      }
    }
    for (ModuleDefinition definition : definitions) {
      if (!definition.equals(before.definitions().get(definition.name()))) {
        now = restored(now, definition);
      }
    }
    return now.withVersions(catalogue.versions());
  }

  private ModuleSet restored(ModuleSet before, ModuleDefinition definition) {
    try {
      Candidate candidate =
          judgeKept(
              statement(definition.sql()),
              definition.source(),
              definition.digest(),
              OptionalInt.empty());
      return before.with(definition, candidate.version());
    } catch (SqlError e) {
      return before.withBroken(definition, e);
    } catch (SyntaxError e) {
      return before.withBroken(
          definition, new SqlError(e.sqlState(), String.valueOf(e.getMessage()), e));
    }
  }

  /**
   * The modules by the policy that holds now: those it does not allow become broken, and broken
   * ones that it allows work again.
   */
  ModuleSet judgedAgain(ModuleSet before) {
    ModuleSet now = before;
    for (ModuleDefinition definition : before.definitions().values()) {
      Optional<ModuleVersion> version = before.snapshot().module(definition.name());
      if (version.isEmpty()) {
        now = restored(now, definition);
        continue;
      }
      try {
        registry.judgeAgain(version.get());
      } catch (SqlError e) {
        now = now.withBroken(definition, e);
      }
    }
    return now;
  }
}
