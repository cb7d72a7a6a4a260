package io.calcitewasm.adapter.access;

import io.calcitewasm.adapter.function.CallRights;
import io.calcitewasm.udf.SqlError;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The rights of one statement of one user. It remembers what it was asked, so that a prepared
 * statement can be asked again when rights have changed.
 */
public final class StatementRights implements CallRights {
  private final Supplier<Authority> authority;
  private final Function<String, Optional<String>> viewOwners;
  private final String user;
  private final Set<Call> calls;
  private volatile long checkedAt;

  /** A call that was asked for, and whose rights it needs. */
  private record Call(String user, String module, String function) {}

  /**
   * The rights of a user's statement.
   *
   * @param authority who decides at the time, which a transaction may see differently
   * @param viewOwners who made the view of a name
   */
  public StatementRights(
      Supplier<Authority> authority, Function<String, Optional<String>> viewOwners, String user) {
    this(authority, viewOwners, user, new LinkedHashSet<>());
  }

  private StatementRights(
      Supplier<Authority> authority,
      Function<String, Optional<String>> viewOwners,
      String user,
      Set<Call> calls) {
    this.viewOwners = viewOwners;
    this.authority = authority;
    this.user = user;
    this.calls = calls;
    this.checkedAt = authority.get().generation();
  }

  @Override
  public String check(String module, String function) {
    String reason = "user " + user + ", " + authority.get().mayCall(user, module, function);
    calls.add(new Call(user, module, function));
    return reason;
  }

  @Override
  public List<String> capabilities(String module) {
    return authority.get().privileges().capabilities().stream()
        .filter(grant -> grant.module().equalsIgnoreCase(module))
        .map(
            grant ->
                "module "
                    + grant.module()
                    + " has "
                    + grant.capability()
                    + ": granted by "
                    + grant.grantedBy()
                    + " at "
                    + grant.grantedAt())
        .toList();
  }

  /** A view that nobody is known to have made has the rights of who reads it. */
  @Override
  public CallRights ofView(String view) {
    return viewOwners
        .apply(view)
        .map(owner -> new StatementRights(authority, viewOwners, owner, calls))
        .orElse(this);
  }

  /**
   * Asks again where rights have changed since.
   *
   * @throws SqlError 42501 if a call may not be made any more
   */
  public void checkAgain() {
    long now = authority.get().generation();
    if (now != checkedAt) {
      calls.forEach(call -> authority.get().mayCall(call.user(), call.module(), call.function()));
      checkedAt = now;
    }
  }
}
