package io.calcitewasm.adapter.sql;

import io.calcitewasm.adapter.catalogue.Privileges;
import io.calcitewasm.policy.Grant;
import io.calcitewasm.policy.Limits;
import io.calcitewasm.policy.audit.AuditEvent;
import io.calcitewasm.policy.rules.LivePolicy;
import io.calcitewasm.policy.rules.ModuleMatch;
import io.calcitewasm.policy.rules.ModuleRule;
import io.calcitewasm.policy.rules.Policy;
import io.calcitewasm.policy.rules.Principal;
import io.calcitewasm.policy.rules.Role;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.StringJoiner;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** What holds, what was granted and what has happened, as rows. */
final class PolicyRows {
  /** The columns of {@code SHOW POLICY} and {@code wasm.policy}. */
  static final Columns POLICY =
      Columns.NONE
          .with("item", SqlTypeName.VARCHAR)
          .with("name", SqlTypeName.VARCHAR)
          .with("says", SqlTypeName.VARCHAR)
          .withNullable("line", SqlTypeName.INTEGER);

  /** The columns of {@code SHOW GRANTS} and {@code wasm.grants}. */
  static final Columns GRANTS =
      Columns.NONE
          .with("module", SqlTypeName.VARCHAR)
          .withNullable("function_name", SqlTypeName.VARCHAR)
          .with("privilege", SqlTypeName.VARCHAR)
          .withNullable("role_name", SqlTypeName.VARCHAR)
          .with("granted_by", SqlTypeName.VARCHAR)
          .with("granted_at", SqlTypeName.TIMESTAMP);

  /** The columns of {@code wasm.audit}. */
  static final Columns AUDIT =
      Columns.NONE
          .with("happened_at", SqlTypeName.TIMESTAMP)
          .with("kind", SqlTypeName.VARCHAR)
          .with("user_name", SqlTypeName.VARCHAR)
          .withNullable("module", SqlTypeName.VARCHAR)
          .withNullable("digest", SqlTypeName.VARCHAR)
          .withNullable("sql_state", SqlTypeName.VARCHAR)
          .with("detail", SqlTypeName.VARCHAR);

  private PolicyRows() {}

  static List<@Nullable Object[]> policy(LivePolicy.Loaded loaded, Principal principal) {
    Policy policy = loaded.policy();
    List<@Nullable Object[]> rows = new ArrayList<>();
    rows.add(row("policy", "source", policy.origin(), 0));
    rows.add(row("policy", "digest", policy.digest(), 0));
    rows.add(row("policy", "read at", loaded.at().toString(), 0));
    rows.add(row("you", principal.user(), String.join(", ", principal.roles()), 0));
    rows.add(row("default", "limits", limits(policy.defaults()), 0));
    policy
        .keys()
        .values()
        .forEach(
            key ->
                rows.add(
                    row(
                        "key",
                        key.name(),
                        "ed25519 "
                            + key.key()
                            + (key.organisations().isEmpty()
                                ? ""
                                : " for " + String.join(", ", key.organisations())),
                        key.line())));
    policy.rules().forEach(r -> rows.add(row("module", r.name(), rule(r), r.line())));
    policy.roles().values().forEach(r -> rows.add(row("role", r.name(), role(r), r.line())));
    policy
        .users()
        .forEach((user, roles) -> rows.add(row("user", user, String.join(", ", roles), 0)));
    return rows;
  }

  private static @Nullable Object[] row(String item, String name, String says, int line) {
    return new @Nullable Object[] {item, name, says, line == 0 ? null : line};
  }

  private static String limits(Limits limits) {
    return Limits.KEYS.stream()
        .map(key -> key + " " + limits.text(key))
        .collect(Collectors.joining(", "));
  }

  private static String rule(ModuleRule rule) {
    ModuleMatch match = rule.match();
    StringJoiner says = new StringJoiner("; ");
    says.add(
        "for "
            + part("organisation", match.organisations())
            + part("name", match.names())
            + (match.versions().text().equals("*")
                ? ""
                : "version " + match.versions().text() + " ")
            + part("digest", match.digests())
            + part("signer", match.signers()));
    rule.refusal().ifPresent(reason -> says.add("refused: " + reason));
    if (rule.refusal().isEmpty()) {
      says.add("grants " + (rule.grants().isEmpty() ? "nothing" : grants(rule.grants())));
      says.add("at most " + limits(rule.limits()));
      says.add("isolation " + String.join(", ", new TreeSet<>(rule.isolations())));
      if (!rule.environment().isEmpty()) {
        // Their values are nobody's business.
        says.add("environment " + String.join(", ", new TreeSet<>(rule.environment().keySet())));
      }
    }
    return says.toString().replace("for ;", "for all;");
  }

  private static String part(String name, List<String> values) {
    return values.isEmpty() ? "" : name + " " + String.join(" or ", values) + " ";
  }

  private static String role(Role role) {
    StringJoiner says = new StringJoiner("; ");
    role.actions()
        .forEach(
            (action, patterns) -> {
              if (!patterns.isEmpty()) {
                says.add(action.field() + " " + list(patterns));
              }
            });
    if (!role.grants().isEmpty()) {
      says.add("grant " + grants(role.grants()));
    }
    if (!role.calls().isEmpty()) {
      says.add("call " + list(role.calls()));
    }
    if (role.administers()) {
      says.add("administer");
    }
    return says.toString();
  }

  private static String grants(List<Grant> grants) {
    return list(grants);
  }

  private static String list(Collection<?> values) {
    return values.stream().map(Object::toString).collect(Collectors.joining(", "));
  }

  static List<@Nullable Object[]> grants(Privileges privileges) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (Privileges.CapabilityGrant grant : privileges.capabilities()) {
      rows.add(
          new @Nullable Object[] {
            grant.module(),
            null,
            grant.capability(),
            null,
            grant.grantedBy(),
            grant.grantedAt().toEpochMilli()
          });
    }
    for (Privileges.Execute grant : privileges.executes()) {
      rows.add(
          new @Nullable Object[] {
            grant.module(),
            grant.function().isEmpty() ? null : grant.function(),
            "execute",
            grant.role(),
            grant.grantedBy(),
            grant.grantedAt().toEpochMilli()
          });
    }
    return rows;
  }

  static List<@Nullable Object[]> audit(List<AuditEvent> events) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (AuditEvent event : events) {
      rows.add(
          new @Nullable Object[] {
            event.at().toEpochMilli(),
            event.kind().name(),
            event.user(),
            said(event.module()),
            said(event.digest()),
            said(event.sqlState()),
            event.detail()
          });
    }
    return rows;
  }

  private static @Nullable String said(String text) {
    return text.isEmpty() ? null : text;
  }
}
