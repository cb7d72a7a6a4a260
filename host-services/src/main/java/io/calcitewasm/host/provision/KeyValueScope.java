package io.calcitewasm.host.provision;

import io.calcitewasm.policy.Capability;
import io.calcitewasm.policy.Grant;
import io.calcitewasm.policy.ScopeKey;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What a module may do with its part of the key-value store: the grants of {@code kv} as they are
 * asked at each call. Several add up; of several quotas the largest holds.
 *
 * @param areas one per grant
 */
public record KeyValueScope(List<Area> areas) {
  public KeyValueScope {
    areas = List.copyOf(areas);
  }

  /**
   * How much may be kept.
   *
   * @param bytes of all keys and values
   * @param entries keys
   * @param valueBytes of one value
   */
  public record Quota(long bytes, long entries, long valueBytes) {
    /** What a grant that names no quota gives: 16 MB in 10,000 entries of at most 1 MB. */
    public static final Quota DEFAULT = new Quota(16L << 20, 10_000, 1L << 20);

    /** The most bytes of one value, whatever is granted. */
    public static final long MOST_VALUE_BYTES = 1L << 20;

    private Quota or(Quota other) {
      return new Quota(
          Math.max(bytes, other.bytes),
          Math.max(entries, other.entries),
          Math.max(valueBytes, other.valueBytes));
    }
  }

  /**
   * What one grant lets through.
   *
   * @param verbs {@code get}, {@code set}, {@code delete}, {@code list}, or {@code *}
   * @param prefixes beginnings of keys, {@code *} for any
   * @param quota how much may be kept
   */
  public record Area(List<String> verbs, List<String> prefixes, Quota quota) {
    private boolean lets(String verb, String key) {
      return (verbs.contains("*") || verbs.contains(verb))
          && prefixes.stream().anyMatch(p -> p.equals("*") || key.startsWith(p));
    }
  }

  /** That of some grants; those of other capabilities are passed over. */
  static KeyValueScope of(Collection<Grant> grants) {
    return new KeyValueScope(
        grants.stream()
            .filter(grant -> grant.capability() == Capability.KV)
            .map(
                grant ->
                    new Area(
                        grant.values(ScopeKey.VERBS), grant.values(ScopeKey.PREFIX), quota(grant)))
            .toList());
  }

  private static Quota quota(Grant grant) {
    return new Quota(
        most(grant, ScopeKey.QUOTA, Quota.DEFAULT.bytes()),
        most(grant, ScopeKey.ENTRIES, Quota.DEFAULT.entries()),
        Math.min(
            most(grant, ScopeKey.VALUE_SIZE, Quota.DEFAULT.valueBytes()), Quota.MOST_VALUE_BYTES));
  }

  private static long most(Grant grant, ScopeKey key, long otherwise) {
    return grant.values(key).stream()
        .mapToLong(text -> text.equals("*") ? otherwise : Long.parseLong(text))
        .max()
        .orElse(otherwise);
  }

  /**
   * What may be kept by who does something with a key; empty if it may not be done.
   *
   * @param verb {@code get}, {@code set}, {@code delete} or {@code list}
   * @param key the key, or what listed keys begin with
   */
  public Optional<Quota> quota(String verb, String key) {
    return areas.stream().filter(a -> a.lets(verb, key)).map(Area::quota).reduce(Quota::or);
  }

  /** The largest quota of all; empty if nothing may be kept. */
  public Optional<Quota> largest() {
    return areas.stream().map(Area::quota).reduce(Quota::or);
  }
}
