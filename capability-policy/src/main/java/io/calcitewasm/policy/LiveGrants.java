package io.calcitewasm.policy;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The grants of a module version in use. What is revoked at once is gone for calls that run, too:
 * every service asks when it is called. For any number of threads.
 */
public final class LiveGrants {
  private final List<Grant> grants;
  private volatile Set<Capability> revoked = Set.of();

  /** Grants of which none is revoked. */
  public LiveGrants(List<Grant> grants) {
    this.grants = List.copyOf(grants);
  }

  /** What was granted, revoked or not. */
  public List<Grant> grants() {
    return grants;
  }

  /** Whether a capability was granted, with whatever scope, revoked or not. */
  public boolean has(Capability capability) {
    return grants.stream().anyMatch(grant -> grant.capability() == capability);
  }

  /** Takes a capability back, for good. */
  public synchronized void revoke(Capability capability) {
    EnumSet<Capability> more = EnumSet.of(capability);
    more.addAll(revoked);
    revoked = Set.copyOf(more);
  }

  /** Whether a capability has been taken back. */
  public boolean isRevoked(Capability capability) {
    return revoked.contains(capability);
  }

  /** Whether what is granted and not revoked lets through all that a grant does. */
  public boolean covers(Grant wanted) {
    return !isRevoked(wanted.capability()) && Grant.covers(grants, wanted);
  }
}
