package io.calcitewasm.adapter.sql;

import io.calcitewasm.adapter.catalogue.ModuleDefinition;
import io.calcitewasm.adapter.catalogue.Modules;
import io.calcitewasm.adapter.catalogue.Namespace;
import io.calcitewasm.adapter.catalogue.VersionDefinition;
import io.calcitewasm.adapter.parser.AlterModule;
import io.calcitewasm.adapter.parser.CreateModule;
import io.calcitewasm.adapter.parser.GrantItem;
import io.calcitewasm.adapter.parser.SqlLanguage;
import io.calcitewasm.policy.Capability;
import io.calcitewasm.udf.SqlError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** {@code ALTER MODULE}. */
final class AlterModuleCommands {
  private final Namespace namespace;
  private final Modules modules;
  private final CanaryCommands canaries;

  AlterModuleCommands(Namespace namespace) {
    this.namespace = namespace;
    this.modules = namespace.modules();
    this.canaries = new CanaryCommands(namespace);
  }

  void alter(AlterModule statement, QuerySource session) {
    String name = statement.name().getSimple();
    switch (statement.action()) {
      case AlterModule.Rollback rollback ->
          namespace.change(() -> rollBack(definition(name), rollback));
      case AlterModule.Settings settings -> namespace.change(() -> set(definition(name), settings));
      case AlterModule.Grants grants -> namespace.change(() -> grant(definition(name), grants));
      case AlterModule.Revocation revocation -> revoke(name, revocation);
      case AlterModule.Canary canary ->
          namespace.change(() -> canaries.begin(definition(name), canary, session));
      case AlterModule.Promote promote ->
          namespace.change(() -> canaries.promote(definition(name), promote));
      case AlterModule.Discard ignored ->
          namespace.change(() -> canaries.discard(definition(name)));
    }
  }

  private ModuleDefinition definition(String name) {
    ModuleDefinition definition = modules.definition(name);
    if (definition == null) {
      throw ModuleCommands.unknown(modules, name);
    }
    return definition;
  }

  /** Contents and settings are those of the version; grants stay the module's. */
  private void rollBack(ModuleDefinition active, AlterModule.Rollback rollback) {
    List<VersionDefinition> kept = modules.versions(active.name());
    VersionDefinition wanted =
        rollback.version().isPresent()
            ? version(active, kept, rollback.version().get())
            : predecessor(active, kept);
    if (wanted.number() == active.version()) {
      return;
    }
    CreateModule statement =
        ((CreateModule) SqlLanguage.parse(wanted.sql())).withGrantsOf(modules.statement(active));
    new ModuleSwitch(namespace)
        .to(
            modules
                .judge()
                .judgeKept(
                    statement, wanted.source(), wanted.digest(), OptionalInt.of(wanted.number())),
            rollback.cascade());
  }

  /** By number, or the newest by its own name or the beginning of its digest. */
  private static VersionDefinition version(
      ModuleDefinition active, List<VersionDefinition> kept, Object wanted) {
    for (VersionDefinition version : kept.reversed()) {
      boolean matches =
          switch (wanted) {
            case Number number -> number.toString().equals(Integer.toString(version.number()));
            default -> {
              String text = wanted.toString().toLowerCase(Locale.ROOT);
              yield version.label().equalsIgnoreCase(text)
                  || (text.startsWith("sha256:") && version.digest().startsWith(text));
            }
          };
      if (matches) {
        return version;
      }
    }
    throw new SqlError(
        "42704",
        "module "
            + active.name()
            + " has no version "
            + (wanted instanceof Number ? wanted : "'" + wanted + "'")
            + "; kept are "
            + list(kept));
  }

  private static VersionDefinition predecessor(
      ModuleDefinition active, List<VersionDefinition> kept) {
    OptionalInt replaced =
        kept.stream()
            .filter(version -> version.number() == active.version())
            .findFirst()
            .map(VersionDefinition::replaced)
            .orElse(OptionalInt.empty());
    return kept.stream()
        .filter(version -> replaced.isPresent() && version.number() == replaced.getAsInt())
        .findFirst()
        .orElseThrow(
            () ->
                new SqlError(
                    "42704",
                    "there is no version to go back to: version "
                        + active.version()
                        + " of module "
                        + active.name()
                        + (replaced.isEmpty()
                            ? " replaced none"
                            : " replaced version " + replaced.getAsInt() + ", which is not kept")
                        + "; kept are "
                        + list(kept)));
  }

  private static String list(List<VersionDefinition> kept) {
    return kept.stream()
        .map(v -> v.number() + (v.label().isEmpty() ? "" : " (" + v.label() + ")"))
        .collect(Collectors.joining(", "));
  }

  /**
   * What is granted adds to what the module has; a capability as a whole takes its scopes' place.
   */
  private void grant(ModuleDefinition active, AlterModule.Grants grants) {
    CreateModule statement = modules.statement(active);
    List<GrantItem> items = new ArrayList<>(statement.grants());
    for (GrantItem item : grants.items()) {
      items.removeIf(
          old ->
              isSame(old.capability(), item.capability())
                  && (item.scope().isEmpty() || old.scope().isEmpty()));
      items.add(item);
    }
    switchTo(active, statement.withGrants(items));
  }

  private void revoke(String name, AlterModule.Revocation revocation) {
    List<Capability> gone =
        revocation.capabilities().stream().map(AlterModuleCommands::capability).toList();
    namespace.change(
        () -> {
          ModuleDefinition active = definition(name);
          CreateModule statement = modules.statement(active);
          List<GrantItem> items = new ArrayList<>(statement.grants());
          for (String capability : revocation.capabilities()) {
            if (!items.removeIf(item -> isSame(item.capability(), capability))) {
              throw new SqlError("42704", "module " + name + " has no grant of " + capability);
            }
          }
          if (revocation.immediate()) {
            namespace.changes().revokeFromRunning(active.name(), gone);
          }
          switchTo(active, statement.withGrants(items));
        });
  }

  private static Capability capability(String name) {
    return Capability.named(name)
        .orElseThrow(
            () ->
                new SqlError(
                    "22023",
                    "'" + name + "' is not a capability; SHOW GRANTS lists what modules have"));
  }

  private static boolean isSame(String one, String other) {
    return Capability.named(one).equals(Capability.named(other));
  }

  private void switchTo(ModuleDefinition active, CreateModule statement) {
    new ModuleSwitch(namespace)
        .to(
            modules
                .judge()
                .judgeKept(statement, active.source(), active.digest(), OptionalInt.empty()),
            false);
  }

  private void set(ModuleDefinition active, AlterModule.Settings settings) {
    CreateModule statement =
        modules.statement(active).with(settings.isolation(), settings.limits());
    new ModuleSwitch(namespace)
        .to(
            modules
                .judge()
                .judgeKept(statement, active.source(), active.digest(), OptionalInt.empty()),
            false);
  }
}
