package io.calcitewasm.host.provision;

import io.calcitewasm.policy.Capability;
import io.calcitewasm.policy.FileMount;
import io.calcitewasm.policy.Globs;
import io.calcitewasm.policy.Grant;
import io.calcitewasm.policy.LiveGrants;
import io.calcitewasm.policy.ScopeKey;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the instances of a module version are given, all of them the same. Immutable but for what is
 * revoked.
 *
 * @param grants what was granted, and what of it is revoked meanwhile
 * @param environment the variables that a guest sees, by name
 * @param files the files that a guest sees
 * @param keyValues its part of the key-value store
 */
public record Provision(
    LiveGrants grants,
    SortedMap<String, String> environment,
    FileTree files,
    KeyValueScope keyValues) {

  /** Nothing. */
  public static final Provision NONE = of(List.of(), Map.of(), PackedFiles.NONE);

  /**
   * What grants make of what there is.
   *
   * @param granted what was granted
   * @param settings environment variables that are set for the module; they win over the process's
   * @param packed the files that are packed with the module
   */
  public static Provision of(
      Collection<Grant> granted, Map<String, String> settings, PackedFiles packed) {
    return new Provision(
        new LiveGrants(List.copyOf(granted)),
        environment(granted, settings),
        FileTree.of(packed, FileMount.of(granted)),
        KeyValueScope.of(granted));
  }

  private static SortedMap<String, String> environment(
      Collection<Grant> granted, Map<String, String> settings) {
    List<String> patterns =
        granted.stream()
            .filter(grant -> grant.capability() == Capability.ENVIRONMENT)
            .flatMap(grant -> grant.values(ScopeKey.NAMES).stream())
            .toList();
    SortedMap<String, String> variables = new TreeMap<>();
    if (!patterns.isEmpty()) {
      variables.putAll(System.getenv());
      variables.putAll(settings);
      variables.keySet().removeIf(name -> patterns.stream().noneMatch(p -> Globs.matches(p, name)));
    }
    return variables;
  }
}
