package io.calcitewasm.policy;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A capability with its scope.
 *
 * @param capability the power
 * @param scope what it is narrowed to, by key; a key that is absent narrows nothing
 */
public record Grant(Capability capability, Map<ScopeKey, List<String>> scope) {
  public Grant {
    Map<ScopeKey, List<String>> copy = new EnumMap<>(ScopeKey.class);
    scope.forEach((key, values) -> copy.put(key, List.copyOf(values)));
    scope = Collections.unmodifiableMap(copy);
  }

  /** The whole capability. */
  public static Grant of(Capability capability) {
    return new Grant(capability, Map.of());
  }

  /**
   * A grant as DDL or a manifest writes it.
   *
   * @param name the capability's name
   * @param scope literals by key: a text or a collection of texts each
   * @throws PolicyException 22023 for a capability, key or value that does not exist
   */
  public static Grant parse(String name, Map<String, ?> scope) {
    Capability capability =
        Capability.named(name)
            .orElseThrow(
                () ->
                    new PolicyException(
                        "22023",
                        Text.quote(name)
                            + " is not a capability; capabilities are "
                            + Capability.names()));
    Map<ScopeKey, List<String>> keys = new EnumMap<>(ScopeKey.class);
    scope.forEach((key, value) -> keys.put(key(capability, key), values(key, value)));
    return new Grant(capability, keys);
  }

  private static ScopeKey key(Capability capability, String name) {
    return ScopeKey.named(name)
        .filter(capability.scopeKeys()::contains)
        .orElseThrow(
            () ->
                new PolicyException(
                    "22023",
                    "capability "
                        + capability.sqlName()
                        + " has no scope "
                        + Text.quote(name)
                        + known(capability)));
  }

  private static String known(Capability capability) {
    return capability.scopeKeys().isEmpty()
        ? "; it takes none"
        : capability.scopeKeys().stream()
            .sorted()
            .map(ScopeKey::sqlName)
            .collect(Collectors.joining(", ", "; it takes ", ""));
  }

  private static List<String> values(String key, Object value) {
    if (value instanceof String text) {
      return List.of(text);
    }
    if (value instanceof Collection<?> many && many.stream().allMatch(String.class::isInstance)) {
      return many.stream().map(String.class::cast).toList();
    }
    throw new PolicyException("22023", "scope " + Text.quote(key) + " takes a text");
  }
}
