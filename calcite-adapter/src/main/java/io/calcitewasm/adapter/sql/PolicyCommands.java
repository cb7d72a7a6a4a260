package io.calcitewasm.adapter.sql;

import io.calcitewasm.adapter.access.Authority;
import io.calcitewasm.adapter.catalogue.Modules;
import io.calcitewasm.adapter.catalogue.Namespace;
import io.calcitewasm.adapter.catalogue.Privileges.Execute;
import io.calcitewasm.adapter.parser.ExecutePrivilege;
import io.calcitewasm.policy.audit.AuditEvent.Kind;
import io.calcitewasm.policy.rules.LivePolicy;
import io.calcitewasm.policy.rules.Role;
import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.module.ModuleVersion;
import java.time.Instant;

/** {@code GRANT} and {@code REVOKE EXECUTE}, {@code SHOW} and {@code RELOAD POLICY}. */
final class PolicyCommands {
  private final Authority authority;
  private final Namespace namespace;
  private final Modules modules;

  PolicyCommands(Authority authority, Namespace namespace) {
    this.authority = authority;
    this.namespace = namespace;
    this.modules = namespace.modules();
  }

  void change(ExecutePrivilege statement, String user) {
    authority.policy().checkAdministers(authority.principal(user), "say who calls what");
    ModuleVersion module =
        modules
            .snapshot()
            .module(statement.module())
            .orElseThrow(() -> new SqlError("42704", "there is no module " + statement.module()));
    String function = function(module, statement.function());
    for (String role : statement.roles()) {
      checkRole(role);
    }
    for (String role : statement.roles()) {
      change(statement.change(), module, function, role(role), user);
    }
  }

  private static String function(ModuleVersion module, String name) {
    if (name.isEmpty()) {
      return "";
    }
    return module.functions(name).stream()
        .findFirst()
        .orElseThrow(
            () -> new SqlError("42883", "module " + module.name() + " has no function " + name))
        .name();
  }

  /** A misspelt role would be a grant that waits for somebody to take the name. */
  private void checkRole(String role) {
    if (!role.equalsIgnoreCase(Role.PUBLIC) && !authority.policy().roles().containsKey(role)) {
      throw new SqlError(
          "42704",
          "the "
              + authority.policy().origin()
              + " has no role "
              + role
              + "; it has "
              + Role.PUBLIC
              + authority.policy().roles().keySet().stream()
                  .map(known -> ", " + known)
                  .reduce("", String::concat));
    }
  }

  private static String role(String name) {
    return name.equalsIgnoreCase(Role.PUBLIC) ? Role.PUBLIC : name;
  }

  private void change(
      ExecutePrivilege.Change change,
      ModuleVersion module,
      String function,
      String role,
      String user) {
    String what = function.isEmpty() ? "the module" : "function " + function;
    switch (change) {
      case GRANT -> {
        authority.grantExecute(new Execute(module.name(), function, role, user, Instant.now()));
        authority.record(
            Kind.GRANT,
            user,
            module.name(),
            module.digest(),
            "",
            "EXECUTE on " + what + " to " + role);
      }
      case REVOKE -> {
        authority.revokeExecute(module.name(), function, role);
        authority.record(
            Kind.REVOKE,
            user,
            module.name(),
            module.digest(),
            "",
            "EXECUTE on " + what + " from " + role);
      }
    }
  }

  Answer showPolicy(String user) {
    return new Answer.Table(
        PolicyRows.POLICY, PolicyRows.policy(authority.loaded(), authority.principal(user)));
  }

  Answer showGrants() {
    return new Answer.Table(PolicyRows.GRANTS, PolicyRows.grants(authority.privileges()));
  }

  /**
   * What was installed under the policy before and is not allowed by the new one is broken then.
   */
  void reload(String user) {
    authority.policy().checkAdministers(authority.principal(user), "reload the policy");
    LivePolicy.Loaded loaded = authority.livePolicy().reload();
    authority.record(
        Kind.POLICY, user, "", loaded.policy().digest(), "", "read " + loaded.policy().origin());
    namespace.judgeAgain();
  }
}
