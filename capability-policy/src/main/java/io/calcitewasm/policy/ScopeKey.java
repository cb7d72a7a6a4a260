package io.calcitewasm.policy;

import io.calcitewasm.policy.document.Words;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What a grant can be narrowed by. Every value is one text or several, of the key's own form
 * ({@link ScopeTerm}); {@code *} is all of them.
 */
public enum ScopeKey {
  /** Mounts to read: {@code /srv/data}, {@code /srv/data as /in}, {@code module:/words}. */
  READ(ScopeTerm.Mount::of),
  /** Mounts to read and write. */
  WRITE(ScopeTerm.Mount::of),
  /** Hosts to talk to: {@code api.example.org}, {@code *.example.org}, an address. */
  HOSTS(ScopeTerm.Host::of),
  /** Ports to talk to: {@code 443}, {@code 8000-8099}. */
  PORTS(ScopeTerm.Range::ofPorts),
  /** Methods of HTTP requests. */
  METHODS(ScopeTerm.Word::ofMethod),
  /** Most bytes of one request. */
  REQUEST_SIZE(ScopeTerm.AtMost::ofBytes),
  /** Most bytes of one response. */
  RESPONSE_SIZE(ScopeTerm.AtMost::ofBytes),
  /** What may be done, in words of the capability: {@code select}, {@code get}. */
  VERBS(ScopeTerm.Word::ofVerb),
  /** Schemas, tables and columns: {@code sales}, {@code sales.orders}, {@code sales.*.id}. */
  TABLES(QualifiedPattern::of),
  /** Profiles of the object store. */
  PROFILES(ScopeTerm.Glob::of),
  /** Buckets of the object store. */
  BUCKETS(ScopeTerm.Glob::of),
  /** Names: of environment variables, modules, toolchains. */
  NAMES(ScopeTerm.Glob::of),
  /** Beginnings of keys. */
  PREFIX(ScopeTerm.Prefix::new),
  /** Most bytes kept. */
  QUOTA(ScopeTerm.AtMost::ofBytes),
  /** Most entries kept. */
  ENTRIES(ScopeTerm.AtMost::ofCount),
  /** Most bytes of one value kept. */
  VALUE_SIZE(ScopeTerm.AtMost::ofBytes);

  /** Reads one value. */
  @FunctionalInterface
  interface Reader {
    /** The term of a text; an {@link IllegalArgumentException} says what it would take. */
    ScopeTerm read(String text);
  }

  private final Reader reader;

  ScopeKey(Reader reader) {
    this.reader = reader;
  }

  /** The key in {@code GRANT (capability (key => …))}. */
  public String sqlName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The meaning of one value.
   *
   * @throws PolicyException 22023 for one that is not of the key's form
   */
  ScopeTerm read(String text) {
    if (text.equals("*")) {
      return ScopeTerm.EVERYTHING;
    }
    try {
      return reader.read(text);
    } catch (IllegalArgumentException e) {
      throw new PolicyException(
          "22023",
          "scope "
              + sqlName()
              + " cannot be "
              + Words.quote(text)
              + ": it takes "
              + e.getMessage());
    }
  }

  /** The key of that name, whatever its letter case, with {@code -} or {@code _}. */
  public static Optional<ScopeKey> named(String name) {
    String sqlName = name.toLowerCase(Locale.ROOT).replace('-', '_');
    return Arrays.stream(values()).filter(k -> k.sqlName().equals(sqlName)).findFirst();
  }
}
