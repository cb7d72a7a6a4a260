package io.calcitewasm.policy.rules;

import io.calcitewasm.policy.Grant;
import io.calcitewasm.policy.Limits;
import java.util.List;

/**
 * What an admitted module gets.
 *
 * @param grants the capabilities with their scopes
 * @param limits what it may use
 * @param rule the rule of the policy that allows it
 */
public record Verdict(List<Grant> grants, Limits limits, ModuleRule rule) {
  public Verdict {
    grants = List.copyOf(grants);
  }
}
