package io.calcitewasm.policy;

import io.calcitewasm.policy.document.Words;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A capability with its scope. The keys of a scope narrow together: hosts and ports mean these
 * ports of these hosts. Only {@code filesystem}'s are apart: one says what may be read, the other
 * what may be written.
 *
 * @param capability the power
 * @param scope what it is narrowed to, by key, in its kept form; a key that is absent narrows
 *     nothing
 */
public record Grant(Capability capability, Map<ScopeKey, List<String>> scope) {
  private static final int MOST_VALUES = 64;
  private static final int MOST_CASES = 20_000;

  /**
   * A grant.
   *
   * @throws PolicyException 22023 for a key that the capability does not have and a value that is
   *     not of its form
   */
  public Grant {
    Map<ScopeKey, List<String>> copy = new EnumMap<>(ScopeKey.class);
    for (Map.Entry<ScopeKey, List<String>> entry : scope.entrySet()) {
      ScopeKey key = checked(capability, entry.getKey());
      copy.put(key, values(capability, key, entry.getValue()));
    }
    scope = Collections.unmodifiableMap(copy);
  }

  private static List<String> values(Capability capability, ScopeKey key, List<String> texts) {
    Set<String> values = new LinkedHashSet<>();
    for (String text : texts) {
      ScopeTerm term = key.read(text);
      if (term instanceof ScopeTerm.Word word
          && key == ScopeKey.VERBS
          && !capability.verbs().contains(word.text())) {
        throw new PolicyException(
            "22023",
            "capability "
                + capability.sqlName()
                + " has no verb "
                + Words.quote(text)
                + Words.meant(text, capability.verbs())
                + "; it has "
                + String.join(", ", capability.verbs()));
      }
      values.add(term.text());
    }
    if (values.isEmpty() || values.size() > MOST_VALUES) {
      throw new PolicyException(
          "22023",
          "scope " + key.sqlName() + " takes 1 to " + MOST_VALUES + " texts, not " + texts.size());
    }
    return List.copyOf(values);
  }

  /** The whole capability. */
  public static Grant of(Capability capability) {
    return new Grant(capability, Map.of());
  }

  /**
   * A grant as DDL or a manifest writes it.
   *
   * @param name the capability's name
   * @param scope literals by key: a text, a number or a collection of them each
   * @throws PolicyException 22023 for a capability, key or value that does not exist
   */
  public static Grant parse(String name, Map<String, ?> scope) {
    Capability capability =
        Capability.named(name)
            .orElseThrow(
                () ->
                    new PolicyException(
                        "22023",
                        Words.quote(name)
                            + " is not a capability; capabilities are "
                            + Capability.names()));
    Map<ScopeKey, List<String>> keys = new LinkedHashMap<>();
    for (Map.Entry<String, ?> entry : scope.entrySet()) {
      ScopeKey key =
          ScopeKey.named(entry.getKey())
              .orElseThrow(() -> noScope(capability, Words.quote(entry.getKey())));
      if (keys.put(checked(capability, key), texts(entry.getKey(), entry.getValue())) != null) {
        throw new PolicyException("22023", "scope " + key.sqlName() + " is given twice");
      }
    }
    return new Grant(capability, keys);
  }

  private static ScopeKey checked(Capability capability, ScopeKey key) {
    if (!capability.scopeKeys().contains(key)) {
      throw noScope(capability, Words.quote(key.sqlName()));
    }
    return key;
  }

  private static PolicyException noScope(Capability capability, String key) {
    return new PolicyException(
        "22023",
        "capability "
            + capability.sqlName()
            + " has no scope "
            + key
            + (capability.scopeKeys().isEmpty()
                ? "; it takes none"
                : capability.scopeKeys().stream()
                    .sorted()
                    .map(ScopeKey::sqlName)
                    .collect(Collectors.joining(", ", "; it takes ", ""))));
  }

  private static List<String> texts(String key, Object value) {
    Collection<?> many = value instanceof Collection<?> all ? all : List.of(value);
    List<String> texts = new ArrayList<>();
    for (Object one : many) {
      if (!(one instanceof String) && !(one instanceof Long) && !(one instanceof Integer)) {
        throw new PolicyException("22023", "scope " + Words.quote(key) + " takes a text");
      }
      texts.add(one.toString());
    }
    return texts;
  }

  /** What the scope says of a key, in its kept form; {@code *} alone where it narrows nothing. */
  public List<String> values(ScopeKey key) {
    List<String> values = scope.get(key);
    return values == null || values.contains("*") ? List.of("*") : values;
  }

  /** Whether this lets through all that the other does. */
  public boolean covers(Grant wanted) {
    return excess(wanted, List.of(this)).isEmpty();
  }

  /** Whether the other lets through all that this does. */
  public boolean narrows(Grant wider) {
    return wider.covers(this);
  }

  /** Whether several grants together let through all that one does. */
  public static boolean covers(Collection<Grant> granted, Grant wanted) {
    return excess(wanted, granted).isEmpty();
  }

  /**
   * The first that a grant lets through and several others together do not; empty if there is
   * nothing.
   */
  public static Optional<Grant> excess(Grant wanted, Collection<Grant> granted) {
    List<Grant> candidates =
        granted.stream().filter(g -> g.capability == wanted.capability).toList();
    return wanted.cases().stream()
        .filter(one -> candidates.stream().noneMatch(grant -> grant.lets(one)))
        .findFirst();
  }

  /** The grants that let through one value of each key, and together what this does. */
  private List<Grant> cases() {
    if (scope.isEmpty()) {
      return List.of(this);
    }
    List<Map<ScopeKey, List<String>>> cases = new ArrayList<>();
    if (capability.scopesApart()) {
      scope.forEach((key, values) -> values.forEach(v -> cases.add(Map.of(key, List.of(v)))));
    } else {
      cases.add(Map.of());
      scope.forEach((key, values) -> multiply(cases, key, values));
    }
    return cases.stream().map(one -> new Grant(capability, one)).toList();
  }

  private static void multiply(
      List<Map<ScopeKey, List<String>>> cases, ScopeKey key, List<String> values) {
    if ((long) cases.size() * values.size() > MOST_CASES) {
      throw new PolicyException("22023", "the scope has too many values to compare");
    }
    List<Map<ScopeKey, List<String>>> before = List.copyOf(cases);
    cases.clear();
    for (Map<ScopeKey, List<String>> one : before) {
      for (String value : values) {
        Map<ScopeKey, List<String>> next = new LinkedHashMap<>(one);
        next.put(key, List.of(value));
        cases.add(next);
      }
    }
  }

  /** Whether this lets one case through. */
  private boolean lets(Grant one) {
    if (scope.isEmpty()) {
      return true;
    }
    if (capability.scopesApart()) {
      return one.scope.entrySet().stream().anyMatch(e -> letsApart(e.getKey(), e.getValue()));
    }
    return scope.entrySet().stream()
        .allMatch(entry -> any(entry.getKey(), entry.getValue(), one.scope.get(entry.getKey())));
  }

  /** Who may write may read. */
  private boolean letsApart(ScopeKey key, List<String> wanted) {
    boolean same = scope.containsKey(key) && any(key, scope.get(key), wanted);
    return same
        || (key == ScopeKey.READ
            && scope.containsKey(ScopeKey.WRITE)
            && any(key, scope.get(ScopeKey.WRITE), wanted));
  }

  private static boolean any(
      ScopeKey key, @Nullable List<String> granted, @Nullable List<String> wanted) {
    ScopeTerm term = wanted == null ? ScopeTerm.EVERYTHING : key.read(wanted.getFirst());
    return granted != null && granted.stream().anyMatch(g -> key.read(g).covers(term));
  }

  /** As {@code GRANT (…)} writes it: {@code network (hosts => ('a.org', 'b.org'))}. */
  @Override
  public String toString() {
    if (scope.isEmpty()) {
      return capability.sqlName();
    }
    return capability.sqlName()
        + scope.entrySet().stream()
            .map(e -> e.getKey().sqlName() + " => " + literal(e.getValue()))
            .collect(Collectors.joining(", ", " (", ")"));
  }

  private static String literal(List<String> values) {
    List<String> quoted = values.stream().map(v -> "'" + v.replace("'", "''") + "'").toList();
    return quoted.size() == 1 ? quoted.getFirst() : "(" + String.join(", ", quoted) + ")";
  }
}
