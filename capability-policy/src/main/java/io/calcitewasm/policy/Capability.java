package io.calcitewasm.policy;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A named power (ARCHITECTURE, "Words"), with the contract's interfaces that need it. */
public enum Capability {
  /** SQL in the caller's transaction. */
  SPI(
      "spi",
      List.of("spi", "schema-info"),
      words("select", "insert", "update", "delete", "define"),
      ScopeKey.VERBS,
      ScopeKey.TABLES),
  /** Installed modules: list, read, install, remove. */
  BUNDLES(
      "bundles",
      List.of("bundles"),
      words("list", "read", "install", "remove"),
      ScopeKey.VERBS,
      ScopeKey.NAMES),
  /** Files of the host, and files packed with the module. Without it a guest sees an empty root. */
  FILESYSTEM("filesystem", List.of(), words(), ScopeKey.READ, ScopeKey.WRITE),
  /** Sockets and HTTP. Without it every call answers access-denied. */
  NETWORK(
      "network",
      List.of(),
      words(),
      ScopeKey.HOSTS,
      ScopeKey.PORTS,
      ScopeKey.METHODS,
      ScopeKey.REQUEST_SIZE,
      ScopeKey.RESPONSE_SIZE),
  /** Object stores, by profiles whose secrets stay in the host. */
  S3(
      "s3",
      List.of("s3"),
      words("get", "put", "delete", "list"),
      ScopeKey.VERBS,
      ScopeKey.PROFILES,
      ScopeKey.BUCKETS,
      ScopeKey.PREFIX),
  /** Builds of components by the host's toolchains. */
  SPAWN_BUILD("spawn_build", List.of("spawn-build"), words(), ScopeKey.NAMES),
  /** Row changes of committed transactions. */
  WAL_FRAMES("wal_frames", List.of("wal-frames"), words(), ScopeKey.TABLES),
  /** A key-value store of the module's own. */
  KV(
      "kv",
      List.of("kv"),
      words("get", "set", "delete", "list"),
      ScopeKey.VERBS,
      ScopeKey.PREFIX,
      ScopeKey.QUOTA,
      ScopeKey.ENTRIES,
      ScopeKey.VALUE_SIZE),
  /** The real time instead of the statement's. */
  CLOCK("clock", List.of(), words()),
  /** Real randomness instead of a fixed seed. */
  RANDOM("random", List.of(), words()),
  /** Environment variables. */
  ENVIRONMENT("environment", List.of(), words(), ScopeKey.NAMES),
  /** The log: everybody has it. */
  LOGGING("logging", List.of("logging"), words());

  private final String sqlName;
  private final List<String> interfaces;
  private final Set<String> verbs;
  private final Set<ScopeKey> scopeKeys;

  Capability(String sqlName, List<String> interfaces, Set<String> verbs, ScopeKey... scopeKeys) {
    this.sqlName = sqlName;
    this.interfaces = interfaces;
    this.verbs = verbs;
    Set<ScopeKey> keys = EnumSet.noneOf(ScopeKey.class);
    keys.addAll(Arrays.asList(scopeKeys));
    this.scopeKeys = Collections.unmodifiableSet(keys);
  }

  private static Set<String> words(String... verbs) {
    return Collections.unmodifiableSet(new LinkedHashSet<>(Arrays.asList(verbs)));
  }

  /** The name in {@code GRANT (…)} and in manifests, e.g. {@code wal_frames}. */
  public String sqlName() {
    return sqlName;
  }

  /** The interfaces of {@code calcite:extension} that need it, without package and version. */
  public List<String> interfaces() {
    return interfaces;
  }

  /** The words of its scope's {@link ScopeKey#VERBS}. */
  public Set<String> verbs() {
    return verbs;
  }

  /** Whether each key of a scope grants by itself instead of narrowing what the others grant. */
  boolean scopesApart() {
    return this == FILESYSTEM;
  }

  /** What a grant's scope may say. */
  public Set<ScopeKey> scopeKeys() {
    return scopeKeys;
  }

  /** Whether every module has it, declared and granted or not. */
  public boolean isFree() {
    return this == LOGGING;
  }

  /**
   * The capability of that name, whatever its letter case, with {@code -} or {@code _}; empty if
   * there is none.
   */
  public static Optional<Capability> named(String name) {
    String sqlName = name.toLowerCase(Locale.ROOT).replace('-', '_');
    return Arrays.stream(values()).filter(c -> c.sqlName.equals(sqlName)).findFirst();
  }

  /** The capability that an interface of {@code calcite:extension} needs; empty if none does. */
  public static Optional<Capability> ofInterface(String name) {
    return Arrays.stream(values()).filter(c -> c.interfaces.contains(name)).findFirst();
  }

  /** All names, for messages. */
  static String names() {
    return Arrays.stream(values()).map(Capability::sqlName).collect(Collectors.joining(", "));
  }
}
