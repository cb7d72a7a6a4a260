package io.calcitewasm.adapter.access;

import io.calcitewasm.adapter.catalogue.Privileges;
import io.calcitewasm.adapter.catalogue.Privileges.Execute;
import io.calcitewasm.policy.audit.AuditEvent;
import io.calcitewasm.policy.audit.AuditSink;
import io.calcitewasm.policy.rules.LivePolicy;
import io.calcitewasm.policy.rules.Policy;
import io.calcitewasm.policy.rules.Principal;
import io.calcitewasm.udf.SqlError;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Who may do what in one database now. For any number of sessions. */
public final class Authority {
  private final LivePolicy policy;
  private final Privileges privileges;
  private final AuditSink audit;
  private final AtomicLong changes = new AtomicLong();

  /**
   * The authority of one database.
   *
   * @param policy what the operator says
   * @param privileges what statements have granted
   * @param audit where events go
   */
  public Authority(LivePolicy policy, Privileges privileges, AuditSink audit) {
    this.policy = policy;
    this.privileges = privileges;
    this.audit = audit;
  }

  /** The policy that holds now, and since when. */
  public LivePolicy.Loaded loaded() {
    return policy.loaded();
  }

  /** What holds now. */
  public Policy policy() {
    return policy.now();
  }

  /** Where the policy comes from, and how it is read again. */
  public LivePolicy livePolicy() {
    return policy;
  }

  /** What statements have granted. */
  public Privileges privileges() {
    return privileges;
  }

  /** Who a user is now. */
  public Principal principal(String user) {
    return policy().principal(user);
  }

  /** Grows with every change of who may call what in this process. */
  public long generation() {
    return changes.get() + policy.loaded().generation();
  }

  /** Grants EXECUTE. */
  public void grantExecute(Execute grant) {
    privileges.grantExecute(grant);
    changes.incrementAndGet();
  }

  /**
   * Takes EXECUTE back.
   *
   * @throws SqlError 42704 if it was not granted
   */
  public void revokeExecute(String module, String function, String role) {
    privileges.revokeExecute(module, function, role);
    changes.incrementAndGet();
  }

  /**
   * By what a user may call a function.
   *
   * @throws SqlError 42501 if the user may not
   */
  String mayCall(String user, String module, String function) {
    Principal principal = principal(user);
    Optional<String> byPolicy = policy().mayCall(principal, module, function);
    if (byPolicy.isPresent()) {
      return byPolicy.get();
    }
    List<Execute> granted =
        privileges.executes().stream()
            .filter(grant -> grant.isFor(module, function))
            .filter(grant -> principal.roles().contains(grant.role()))
            .toList();
    if (granted.isEmpty()) {
      throw new SqlError(
          "42501", Policy.who(principal) + " may not call " + module + "." + function);
    }
    Execute grant = granted.getFirst();
    return "role "
        + grant.role()
        + ", granted by "
        + grant.grantedBy()
        + " at "
        + grant.grantedAt();
  }

  /** Puts something that has happened now on record. */
  public void record(
      AuditEvent.Kind kind,
      String user,
      String module,
      String digest,
      String sqlState,
      String detail) {
    audit.record(new AuditEvent(Instant.now(), kind, user, module, digest, sqlState, detail));
  }
}
