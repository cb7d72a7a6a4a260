package io.calcitewasm.policy.rules;

import io.calcitewasm.policy.Grant;
import io.calcitewasm.policy.Limits;
import io.calcitewasm.policy.Manifest;
import io.calcitewasm.policy.PolicyException;
import io.calcitewasm.policy.sign.SignatureFile;
import io.calcitewasm.policy.sign.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an operator allows. What it does not allow is denied; of its rules about modules the first
 * that is for a module decides.
 *
 * @param origin where it was read, for people
 * @param digest {@code sha256:…} of its text
 * @param defaults the limits of modules of which nobody says anything
 * @param keys trusted keys by name
 * @param rules about modules, in their order
 * @param roles by name
 * @param users roles by user; those of {@code *} are everybody's
 */
public record Policy(
    String origin,
    String digest,
    Limits defaults,
    Map<String, TrustedKey> keys,
    List<ModuleRule> rules,
    Map<String, Role> roles,
    Map<String, Set<String>> users) {
  /** Stands for every user. */
  static final String EVERYBODY = "*";

  public Policy {
    keys = Map.copyOf(keys);
    rules = List.copyOf(rules);
    roles = new LinkedHashMap<>(roles);
    users = new LinkedHashMap<>(users);
  }

  /** What holds for an embedded database without a policy: everybody may do everything. */
  public static Policy embedded() {
    return BuiltIn.EMBEDDED;
  }

  /** What holds for a server without a policy: nobody may do anything. */
  public static Policy denying() {
    return BuiltIn.DENYING;
  }

  /** The policies of which the texts come with the program. */
  private static final class BuiltIn {
    static final Policy EMBEDDED = PolicyReader.builtIn("embedded-policy.yaml", "embedded default");
    static final Policy DENYING = PolicyReader.builtIn("denying-policy.yaml", "server default");
  }

  /** Who a user is. */
  public Principal principal(String user) {
    Set<String> names = new TreeSet<>(users.getOrDefault(EVERYBODY, Set.of()));
    if (!user.equals(EVERYBODY)) {
      names.addAll(users.getOrDefault(user, Set.of()));
    }
    return new Principal(user, names);
  }

  private List<Role> roles(Principal principal) {
    return roles.values().stream().filter(r -> principal.roles().contains(r.name())).toList();
  }

  /**
   * Agrees silently or refuses.
   *
   * @throws PolicyException 42501 if none of the principal's roles may
   */
  public void check(Principal principal, Action action, String module) {
    if (roles(principal).stream().noneMatch(role -> role.may(action, module))) {
      throw new PolicyException(
          "42501",
          who(principal)
              + " may not "
              + action.field()
              + " module "
              + module
              + ": no such role has it in its '"
              + action.field()
              + "'");
    }
  }

  /**
   * Agrees silently or refuses.
   *
   * @param doing what only administrators may, as in {@code reload the policy}
   * @throws PolicyException 42501 if none of the principal's roles administers
   */
  public void checkAdministers(Principal principal, String doing) {
    if (!administers(principal)) {
      throw new PolicyException(
          "42501", who(principal) + " may not " + doing + ": no such role has 'administer: true'");
    }
  }

  /** Whether one of the principal's roles administers. */
  public boolean administers(Principal principal) {
    return roles(principal).stream().anyMatch(Role::administers);
  }

  /**
   * Agrees silently or refuses.
   *
   * @throws PolicyException 42501 if the principal's roles together may not grant all of it
   */
  public void checkGrants(Principal principal, List<Grant> grants) {
    List<Grant> may = roles(principal).stream().flatMap(role -> role.grants().stream()).toList();
    for (Grant grant : grants) {
      Optional<Grant> excess = Grant.excess(grant, may);
      if (excess.isPresent()) {
        throw new PolicyException(
            "42501",
            who(principal) + " may not grant " + excess.get() + ": no such role has it in 'grant'");
      }
    }
  }

  /** Who of a principal's roles may call a function, and why: {@code role analyst (line 30)}. */
  public Optional<String> mayCall(Principal principal, String module, String function) {
    return roles(principal).stream()
        .filter(role -> role.mayCall(module, function).isPresent())
        .map(role -> "role " + role.name() + " of the " + origin)
        .findFirst();
  }

  /** {@code user alice (roles analyst, public)}. */
  public static String who(Principal principal) {
    return "user " + principal.user() + " (roles " + String.join(", ", principal.roles()) + ")";
  }

  /**
   * Judges a module.
   *
   * @param manifest what it says of itself
   * @param digest {@code sha256:…} of its bytes
   * @param signature the text of its signature file; empty if there is none
   * @return the rule that is for it
   * @throws PolicyException WM003 for a signature that is wrong or missing; 42501 if no rule is for
   *     it, or the rule refuses it
   */
  public ModuleRule rule(Manifest manifest, String digest, Optional<String> signature) {
    ModuleFacts facts = new ModuleFacts(manifest, digest, signers(manifest, digest, signature));
    for (ModuleRule rule : rules) {
      if (rule.match().matches(facts)) {
        rule.refusal()
            .ifPresent(
                reason -> {
                  throw new PolicyException(
                      "42501", "the " + origin + " refuses it by " + rule + ": " + reason);
                });
        return rule;
      }
    }
    for (ModuleRule rule : rules) {
      if (rule.match().matchesButForSigner(facts)) {
        throw new PolicyException(
            "WM003",
            "it is not signed as "
                + rule
                + " of the "
                + origin
                + " wants it: by "
                + String.join(" or ", rule.match().signers()));
      }
    }
    throw new PolicyException("42501", "no rule of the " + origin + " is for it: " + facts);
  }

  private Set<String> signers(Manifest manifest, String digest, Optional<String> signature) {
    if (signature.isEmpty()) {
      return Set.of();
    }
    Set<String> signed =
        SignatureFile.parse(signature.get()).verify(Statement.of(manifest, digest));
    Set<String> signers = new TreeSet<>();
    for (TrustedKey key : keys.values()) {
      if (signed.contains(key.key())) {
        if (!key.organisations().isEmpty()
            && !key.organisations().contains(manifest.organisation())) {
          throw new PolicyException(
              "WM003",
              "signature: key "
                  + key.name()
                  + " is trusted for organisation "
                  + String.join(", ", key.organisations())
                  + ", not for '"
                  + manifest.organisation()
                  + "'");
        }
        signers.add(key.name());
      }
    }
    return signers;
  }

  @Override
  public String toString() {
    return origin;
  }
}
