package io.calcitewasm.adapter.access;

import io.calcitewasm.adapter.catalogue.AuditTrail;
import io.calcitewasm.adapter.catalogue.Privileges;
import io.calcitewasm.adapter.catalogue.Privileges.Execute;
import io.calcitewasm.adapter.catalogue.Transaction;
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
import org.jspecify.annotations.Nullable;

/** Who may do what in one database now. For any number of sessions. */
public final class Authority {
  private final LivePolicy policy;
  private final Privileges privileges;
  private final AuditTrail trail;
  private final AuditSink audit;
  private final AtomicLong changes;
  private final @Nullable Transaction transaction;

  /**
   * The authority of one database.
   *
   * @param policy what the operator says
   * @param privileges what statements have granted
   * @param audit where events go
   */
  public Authority(LivePolicy policy, Privileges privileges, AuditTrail audit) {
    this(policy, privileges, audit, audit, new AtomicLong(), null);
  }

  private Authority(
      LivePolicy policy,
      Privileges privileges,
      AuditTrail trail,
      AuditSink audit,
      AtomicLong changes,
      @Nullable Transaction transaction) {
    this.policy = policy;
    this.privileges = privileges;
    this.trail = trail;
    this.audit = audit;
    this.changes = changes;
    this.transaction = transaction;
  }

  /** The same authority as a transaction sees it, which grants and records as a part of it. */
  public Authority in(Transaction other) {
    return new Authority(policy, new Privileges(other), trail, trail.in(other), changes, other);
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
    changed();
  }

  /**
   * Takes EXECUTE back.
   *
   * @throws SqlError 42704 if it was not granted
   */
  public void revokeExecute(String module, String function, String role) {
    privileges.revokeExecute(module, function, role);
    changed();
  }

  /** What others may call changes when the transaction ends, what its session may at once. */
  private void changed() {
    changes.incrementAndGet();
    if (transaction != null) {
      transaction.onEnd(changes::incrementAndGet);
    }
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

  /** Puts something that happens now on record. */
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
