package io.calcitewasm.policy.rules;

import io.calcitewasm.policy.Admission;
import io.calcitewasm.policy.Grant;
import io.calcitewasm.policy.Limits;
import io.calcitewasm.policy.Manifest;
import io.calcitewasm.policy.PolicyException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * On what terms a module is wanted.
 *
 * @param signature the text of its signature file; empty if there is none
 * @param grants what is to be granted
 * @param limits the literals of {@code WITH (…)}
 * @param isolations the names of the levels of its functions
 */
public record ModuleWish(
    Optional<String> signature,
    List<Grant> grants,
    Map<String, Object> limits,
    List<String> isolations) {
  public ModuleWish {
    grants = List.copyOf(grants);
    limits = Map.copyOf(limits);
    isolations = List.copyOf(isolations);
  }

  /**
   * What a policy makes of the wish: grants ⊆ what its rule for the module allows, limits and
   * isolation within it.
   *
   * @throws PolicyException as {@link Policy#rule}; 42501 for a grant, a limit or an isolation
   *     beyond the rule; 22023 for limits that make no sense
   */
  public Verdict judge(Policy policy, Manifest manifest, String digest) {
    ModuleRule rule = policy.rule(manifest, digest, signature);
    List<Grant> given = Admission.asAsked(manifest, grants);
    for (Grant grant : given) {
      Optional<Grant> excess = Grant.excess(grant, rule.grants());
      if (excess.isPresent()) {
        throw beyond(policy, rule, "does not allow the grant " + excess.get());
      }
    }
    for (String isolation : isolations) {
      String level = isolation.toLowerCase(Locale.ROOT);
      if (!rule.isolations().contains(level)) {
        throw beyond(policy, rule, "does not allow isolation " + level);
      }
    }
    Limits own = policy.defaults().within(rule.limits()).tightenedBy(manifest.limits());
    Limits wanted = own;
    for (Map.Entry<String, Object> limit : limits.entrySet()) {
      wanted = wanted.with(limit.getKey(), limit.getValue());
    }
    Limits judged = wanted;
    judged
        .beyond(rule.limits())
        .ifPresent(
            key -> {
              throw beyond(
                  policy,
                  rule,
                  "allows at most "
                      + key
                      + " "
                      + rule.limits().text(key)
                      + ", not "
                      + judged.text(key));
            });
    return new Verdict(given, judged, rule);
  }

  private static PolicyException beyond(Policy policy, ModuleRule rule, String what) {
    return new PolicyException("42501", rule + " of the " + policy.origin() + " " + what);
  }
}
