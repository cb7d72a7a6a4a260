package io.calcitewasm.adapter.session;

import io.calcitewasm.adapter.access.Authority;
import io.calcitewasm.adapter.parser.AlterModule;
import io.calcitewasm.adapter.parser.CreateModule;
import io.calcitewasm.adapter.parser.DropModule;
import io.calcitewasm.policy.PolicyException;
import io.calcitewasm.policy.audit.AuditEvent.Kind;
import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.module.ModuleVersion;
import io.calcitewasm.udf.module.Registry;
import java.util.Set;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/**
 * Puts on record what of a session's statements was refused by the policy and what was stopped at a
 * limit. The SQLSTATEs are those that no guest can raise.
 */
final class FailureAudit {
  private static final Set<String> DENIALS = Set.of("42501", "WM003");
  private static final Set<String> LIMITS = Set.of("57014", "53200", "53000", "53400", "54000");

  /** How messages name the limit that was hit. */
  private static final String LIMIT = "(limit ";

  private final Authority authority;
  private final Registry registry;
  private final String user;
  private @Nullable Throwable last;

  FailureAudit(Authority authority, Registry registry, String user) {
    this.authority = authority;
    this.registry = registry;
    this.user = user;
  }

  /** Looks at the failure of a statement about a module, which is on record with its name. */
  void see(Throwable thrown, SqlNode statement) {
    switch (statement) {
      case CreateModule create -> see(thrown, create.name().getSimple());
      case AlterModule alter -> see(thrown, alter.name().getSimple());
      case DropModule drop -> see(thrown, drop.name().getSimple());
      default -> see(thrown);
    }
  }

  /** Looks at a failure; one that comes by twice is recorded once. */
  void see(Throwable thrown) {
    see(thrown, "");
  }

  private void see(Throwable thrown, String about) {
    Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < 50; depth++, cause = cause.getCause()) {
      switch (cause) {
        case SqlError error -> {
          String module = error.module().isEmpty() ? about : error.module();
          record(error, error.sqlState(), error.getMessage(), module, digest(error.module()));
          return;
        }
        case PolicyException refusal -> {
          record(refusal, refusal.sqlState(), String.valueOf(refusal.getMessage()), about, "");
          return;
        }
        default -> {}
      }
    }
  }

  /** A transaction was rolled back that was left alone for too long. */
  void expired(String sentence) {
    authority.record(Kind.LIMIT, user, "", "", "25P03", sentence);
  }

  /** Of the version that there is; one that was refused is none. */
  private String digest(String module) {
    return registry.snapshot().module(module).map(ModuleVersion::digest).orElse("");
  }

  private void record(
      Throwable cause, String sqlState, String sentence, String module, String digest) {
    boolean denied = DENIALS.contains(sqlState);
    boolean stopped = LIMITS.contains(sqlState) && !module.isEmpty() && sentence.contains(LIMIT);
    if (cause == last || (!denied && !stopped)) {
      return;
    }
    last = cause;
    authority.record(denied ? Kind.DENIAL : Kind.LIMIT, user, module, digest, sqlState, sentence);
  }
}
