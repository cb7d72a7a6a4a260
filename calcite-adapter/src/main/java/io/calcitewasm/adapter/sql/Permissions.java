package io.calcitewasm.adapter.sql;

import io.calcitewasm.adapter.access.Authority;
import io.calcitewasm.adapter.catalogue.ModuleStatement;
import io.calcitewasm.adapter.catalogue.Modules;
import io.calcitewasm.adapter.parser.AlterModule;
import io.calcitewasm.adapter.parser.CreateBucket;
import io.calcitewasm.adapter.parser.CreateModule;
import io.calcitewasm.adapter.parser.DropBucket;
import io.calcitewasm.adapter.parser.DropModule;
import io.calcitewasm.policy.Grant;
import io.calcitewasm.policy.audit.AuditEvent.Kind;
import io.calcitewasm.policy.rules.Action;
import io.calcitewasm.policy.rules.Policy;
import io.calcitewasm.policy.rules.Principal;
import io.calcitewasm.udf.module.ModuleVersion;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.ddl.SqlCreateForeignSchema;
import org.apache.calcite.sql.ddl.SqlDropSchema;

/** Who may execute which statement about the catalogue, and what of it goes on record. */
final class Permissions {
  private final Authority authority;
  private final Modules modules;

  Permissions(Authority authority, Modules modules) {
    this.authority = authority;
    this.modules = modules;
  }

  /**
   * Agrees or refuses; nothing has been done yet.
   *
   * @return to be run once the statement has been executed
   * @throws io.calcitewasm.policy.PolicyException 42501 if the user may not
   */
  Runnable check(SqlNode statement, String user) {
    Principal principal = authority.principal(user);
    return switch (statement) {
      case CreateModule create -> create(create, principal);
      case AlterModule alter -> alter(alter, principal);
      case DropModule drop -> drop(drop, principal);
      case CreateBucket _, DropBucket _ ->
          administers(principal, "say where modules may come from");
      case SqlCreateForeignSchema _, SqlDropSchema _ ->
          administers(principal, "attach other databases");
      default -> () -> {};
    };
  }

  private Runnable administers(Principal principal, String doing) {
    authority.policy().checkAdministers(principal, doing);
    return () -> {};
  }

  private Runnable create(CreateModule statement, Principal principal) {
    String name = statement.name().getSimple();
    boolean replaces = statement.getReplace() && modules.contains(name);
    Policy policy = authority.policy();
    policy.check(principal, replaces ? Action.REPLACE : Action.CREATE, name);
    policy.checkGrants(principal, ModuleStatement.grants(statement.grants()));
    Optional<ModuleVersion> before = version(name);
    return () -> changed(name, before, principal, replaces ? Kind.REPLACE : Kind.LOAD, "CREATE");
  }

  private Runnable alter(AlterModule statement, Principal principal) {
    String name = statement.name().getSimple();
    Policy policy = authority.policy();
    Action action =
        switch (statement.action()) {
          case AlterModule.Settings _, AlterModule.Revocation _ -> Action.ALTER;
          case AlterModule.Grants grants -> {
            policy.checkGrants(principal, ModuleStatement.grants(grants.items()));
            yield Action.ALTER;
          }
          case AlterModule.Rollback _,
              AlterModule.Canary _,
              AlterModule.Promote _,
              AlterModule.Discard _ ->
              Action.REPLACE;
        };
    policy.check(principal, action, name);
    Optional<ModuleVersion> before = version(name);
    Kind kind = action == Action.REPLACE ? Kind.REPLACE : Kind.ALTER;
    return () ->
        changed(name, before, principal, kind, statement.action().getClass().getSimpleName());
  }

  private Runnable drop(DropModule statement, Principal principal) {
    String name = statement.name().getSimple();
    authority.policy().check(principal, Action.DROP, name);
    Optional<ModuleVersion> before = version(name);
    boolean known = modules.contains(name);
    return () -> {
      if (known) {
        authority.record(
            Kind.DROP,
            principal.user(),
            name,
            before.map(ModuleVersion::digest).orElse(""),
            "",
            "the module was dropped");
      }
    };
  }

  private void changed(
      String name,
      Optional<ModuleVersion> before,
      Principal principal,
      Kind kind,
      String statement) {
    Optional<ModuleVersion> after = version(name);
    if (after.isEmpty()
        || after.map(ModuleVersion::runtime).equals(before.map(ModuleVersion::runtime))) {
      return;
    }
    ModuleVersion version = after.get();
    List<Grant> grants = version.grants();
    authority.privileges().setCapabilities(version.name(), grants, principal.user(), Instant.now());
    authority.record(
        kind,
        principal.user(),
        version.name(),
        version.digest(),
        "",
        statement.toUpperCase(Locale.ROOT)
            + ": version "
            + version.version()
            + " from "
            + version.source()
            + ", allowed by "
            + version.rule()
            + before.map(b -> ", in place of " + b.digest()).orElse(""));
    before.ifPresent(b -> recordGrants(version, b.grants(), principal));
    if (before.isEmpty()) {
      recordGrants(version, List.of(), principal);
    }
  }

  private void recordGrants(ModuleVersion version, List<Grant> before, Principal principal) {
    for (Grant grant : version.grants()) {
      if (!before.contains(grant)) {
        record(Kind.GRANT, version, grant, principal);
      }
    }
    for (Grant grant : before) {
      if (!version.grants().contains(grant)) {
        record(Kind.REVOKE, version, grant, principal);
      }
    }
  }

  private void record(Kind kind, ModuleVersion version, Grant grant, Principal principal) {
    authority.record(
        kind, principal.user(), version.name(), version.digest(), "", grant.toString());
  }

  private Optional<ModuleVersion> version(String name) {
    return modules.snapshot().module(name);
  }
}
