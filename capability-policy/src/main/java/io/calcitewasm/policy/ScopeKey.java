package io.calcitewasm.policy;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a grant can be narrowed by. Every value is one text or several. */
public enum ScopeKey {
  /** Paths to read. */
  READ,
  /** Paths to write. */
  WRITE,
  /** Hosts to talk to. */
  HOSTS,
  /** Tables to see. */
  TABLES,
  /** Profiles of the object store. */
  PROFILES,
  /** Buckets of the object store. */
  BUCKETS,
  /** Names: of environment variables, modules, toolchains. */
  NAMES,
  /** Beginning of the keys of the key-value store. */
  PREFIX;

  /** The key in {@code GRANT (capability (key => …))}. */
  public String sqlName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The key of that name, whatever its letter case; empty if there is none. */
  public static Optional<ScopeKey> named(String name) {
    return Arrays.stream(values()).filter(k -> k.sqlName().equalsIgnoreCase(name)).findFirst();
  }
}
