package io.calcitewasm.policy.rules;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who does something.
 *
 * @param user the name that the connection was opened with; letter case counts
 * @param roles what the policy makes of that name; {@link Role#PUBLIC} is always among them
 */
public record Principal(String user, Set<String> roles) {
  public Principal {
    Set<String> all = new TreeSet<>(roles);
    all.add(Role.PUBLIC);
    roles = Collections.unmodifiableSet(all);
  }
}
