package io.calcitewasm.policy.rules;

import io.calcitewasm.policy.Grant;
import io.calcitewasm.policy.QualifiedPattern;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the users of a role may do.
 *
 * @param name the role's name
 * @param line of the policy file
 * @param actions the modules, by name, that it may do something to
 * @param grants what it may grant to modules
 * @param calls the modules and functions that it may call
 * @param administers whether it may say who calls what, reload the policy and read the audit
 */
public record Role(
    String name,
    int line,
    Map<Action, List<QualifiedPattern>> actions,
    List<Grant> grants,
    List<QualifiedPattern> calls,
    boolean administers) {
  /** The role that everybody has. */
  public static final String PUBLIC = "public";

  public Role {
    Map<Action, List<QualifiedPattern>> copy = new EnumMap<>(Action.class);
    actions.forEach((action, patterns) -> copy.put(action, List.copyOf(patterns)));
    actions = Collections.unmodifiableMap(copy);
    grants = List.copyOf(grants);
    calls = List.copyOf(calls);
  }

  /** Whether it may do something to the module of that name. */
  boolean may(Action action, String module) {
    return actions.getOrDefault(action, List.of()).stream().anyMatch(p -> p.matches(module));
  }

  /** The pattern by which it may call a function. */
  Optional<QualifiedPattern> mayCall(String module, String function) {
    return calls.stream().filter(p -> p.matches(module, function)).findFirst();
  }
}
