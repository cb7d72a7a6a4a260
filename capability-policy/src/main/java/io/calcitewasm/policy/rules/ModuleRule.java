package io.calcitewasm.policy.rules;

import io.calcitewasm.policy.Grant;
import io.calcitewasm.policy.Limits;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What modules may have.
 *
 * @param name what messages call it
 * @param line of the policy file
 * @param match the modules it is for
 * @param refusal why they are refused; empty if they are not
 * @param grants the most that can be granted
 * @param limits the most of each
 * @param isolations the levels allowed, in lower case: {@code call}, {@code statement}, {@code
 *     session}
 * @param environment environment variables that are set for the modules
 */
public record ModuleRule(
    String name,
    int line,
    ModuleMatch match,
    Optional<String> refusal,
    List<Grant> grants,
    Limits limits,
    Set<String> isolations,
    Map<String, String> environment) {
  public ModuleRule {
    grants = List.copyOf(grants);
    isolations = Set.copyOf(isolations);
    environment = Map.copyOf(environment);
  }

  /** As messages tell it: {@code rule 'acme' (line 12)}. */
  @Override
  public String toString() {
    return "rule '" + name + "'" + (line == 0 ? "" : " (line " + line + ")");
  }
}
