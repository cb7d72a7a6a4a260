package io.calcitewasm.policy.rules;

import io.calcitewasm.policy.Capability;
import io.calcitewasm.policy.Grant;
import io.calcitewasm.policy.Limits;
import io.calcitewasm.policy.PolicyException;
import io.calcitewasm.policy.QualifiedPattern;
import io.calcitewasm.policy.Variables;
import io.calcitewasm.policy.VersionRange;
import io.calcitewasm.policy.document.Bounds;
import io.calcitewasm.policy.document.DocumentException;
import io.calcitewasm.policy.document.Fields;
import io.calcitewasm.policy.document.Value;
import io.calcitewasm.policy.document.Words;
import io.calcitewasm.policy.document.YamlDocument;
import io.calcitewasm.policy.sign.Ed25519;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** YAML to {@link Policy}, as {@code policy.schema.json} has it. Unknown fields are refused. */
final class PolicyReader {
  /** The fields of a policy file, by the object they stand in. */
  static final Map<String, List<String>> FIELDS =
      Map.of(
          "", List.of("version", "defaults", "keys", "modules", "roles", "users"),
          "defaults", List.of("limits"),
          "key", List.of("ed25519", "organisations"),
          "module",
              List.of(
                  "rule",
                  "match",
                  "unverified",
                  "refuse",
                  "grants",
                  "limits",
                  "isolation",
                  "environment"),
          "match", List.of("organisation", "name", "version", "digest", "signer"),
          "role", List.of("create", "replace", "drop", "alter", "grant", "call", "administer"));

  static final List<String> ISOLATIONS = List.of("call", "statement", "session");

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.@-]{0,127}");
  private static final Pattern GLOB = Pattern.compile("[a-z0-9._*-]{1,128}");
  private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");
  private static final Bounds BOUNDS = new Bounds(1 << 20, 16, 20_000);

  private final Fields root;

  private PolicyReader(Fields root) {
    this.root = root;
  }

  /**
   * Reads a policy.
   *
   * @param origin where it comes from, for people
   * @throws PolicyException 22023 with field, line and column
   */
  static Policy read(String origin, byte[] yaml) {
    try {
      return new PolicyReader(YamlDocument.read(yaml, BOUNDS)).policy(origin, digest(yaml));
    } catch (DocumentException e) {
      throw new PolicyException("22023", "the " + origin + ": " + e.getMessage(), e);
    }
  }

  static Policy builtIn(String resource, String origin) {
    try (InputStream in = PolicyReader.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is missing from the program");
      }
      return read(origin, in.readAllBytes());
    } catch (IOException e) {
      throw new IllegalStateException(resource + " cannot be read", e);
    }
  }

  private static String digest(byte[] yaml) {
    try {
      return "sha256:"
          + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(yaml));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private Policy policy(String origin, String digest) {
    only(root, "");
    if (!root.text("version").equals("1")) {
      throw root.get("version").orElse(root).wrong("has to say version: 1");
    }
    Fields defaults = root.object("defaults");
    only(defaults, "defaults");
    Map<String, TrustedKey> keys = named("keys", this::key);
    Map<String, Role> roles = named("roles", this::role);
    return new Policy(
        origin,
        digest,
        limits(defaults.object("limits"), Limits.DEFAULT),
        keys,
        modules(keys.keySet()),
        roles,
        users(roles.keySet()));
  }

  private static void only(Fields fields, String kind) {
    fields.only(FIELDS.getOrDefault(kind, List.of()));
  }

  private <T> Map<String, T> named(String field, Function<Value, T> reader) {
    Map<String, T> all = new LinkedHashMap<>();
    Fields fields = root.object(field);
    fields
        .values()
        .forEach(
            (name, value) -> {
              if (!NAME.matcher(name).matches()) {
                throw new DocumentException(
                    field
                        + " has the name "
                        + Words.quote(name)
                        + ", which is not made of letters, digits, '_', '.', '@' and '-'",
                    fields.key(name));
              }
              all.put(name, reader.apply(value));
            });
    return all;
  }

  private TrustedKey key(Value value) {
    Fields key = value.fields();
    only(key, "key");
    Value text = key.get("ed25519").orElseThrow(() -> key.wrong("lacks ed25519, its public key"));
    try {
      return new TrustedKey(
          last(key.path()),
          key.place().line(),
          Ed25519.text(Ed25519.publicKey(text.text())),
          globs(key.list("organisations")));
    } catch (IllegalArgumentException e) {
      throw text.wrong("is not the Base64 of a public key of Ed25519");
    }
  }

  private static String last(String path) {
    return path.substring(path.indexOf('.') + 1).replaceAll("^'|'$", "");
  }

  private List<ModuleRule> modules(Set<String> keys) {
    List<ModuleRule> rules = new ArrayList<>();
    for (Value value : root.get("modules").map(Value::items).orElse(List.of())) {
      rules.add(rule(value.fields(), keys, rules.size() + 1));
    }
    return rules;
  }

  private ModuleRule rule(Fields rule, Set<String> keys, int number) {
    only(rule, "module");
    Optional<String> refusal = rule.get("refuse").map(Value::text);
    if (refusal.isPresent()) {
      for (String field : List.of("grants", "limits", "isolation", "environment")) {
        rule.get(field)
            .ifPresent(
                value -> {
                  throw value.wrong("has no meaning in a rule that refuses");
                });
      }
    }
    ModuleMatch match = match(rule, keys);
    boolean proven = !match.digests().isEmpty() || !match.signers().isEmpty();
    boolean unverified = rule.get("unverified").map(Value::truth).orElse(false);
    if (!proven && !unverified && refusal.isEmpty()) {
      throw rule.wrong(
          "believes what components say of themselves: add match.signer or match.digest, or say"
              + " unverified: true");
    }
    return new ModuleRule(
        rule.get("rule").map(Value::text).orElse("module rule " + number),
        rule.place().line(),
        match,
        refusal,
        rule.get("grants").map(PolicyReader::grants).orElse(List.of()),
        limits(rule.object("limits"), Limits.MOST),
        isolations(rule),
        environment(rule.object("environment")));
  }

  private static Map<String, String> environment(Fields variables) {
    Map<String, String> environment = new LinkedHashMap<>();
    variables
        .values()
        .forEach(
            (name, value) ->
                environment.put(name, sensible(value, text -> Variables.check(name, text))));
    return environment;
  }

  private static Set<String> isolations(Fields rule) {
    Set<String> isolations = new LinkedHashSet<>();
    for (Value level : rule.list("isolation")) {
      if (!ISOLATIONS.contains(level.text())) {
        throw level.wrong(
            "is no isolation"
                + Words.meant(level.text(), ISOLATIONS)
                + "; there are "
                + ISOLATIONS);
      }
      isolations.add(level.text());
    }
    return isolations.isEmpty() ? Set.copyOf(ISOLATIONS) : isolations;
  }

  private static ModuleMatch match(Fields rule, Set<String> keys) {
    Fields match = rule.object("match");
    only(match, "match");
    List<String> digests = new ArrayList<>();
    for (Value digest : match.list("digest")) {
      if (!DIGEST.matcher(digest.text()).matches()) {
        throw digest.wrong("is not 'sha256:' and 64 hexadecimal digits in lower case");
      }
      digests.add(digest.text());
    }
    List<String> signers = new ArrayList<>();
    for (Value signer : match.list("signer")) {
      if (!keys.contains(signer.text())) {
        throw signer.wrong(
            "is no key of this policy: "
                + Words.quote(signer.text())
                + Words.meant(signer.text(), keys));
      }
      signers.add(signer.text());
    }
    return new ModuleMatch(
        globs(match.list("organisation")),
        globs(match.list("name")),
        match.get("version").map(v -> sensible(v, VersionRange::parse)).orElse(VersionRange.ANY),
        digests,
        signers);
  }

  private static List<String> globs(List<Value> values) {
    List<String> globs = new ArrayList<>();
    for (Value value : values) {
      if (!GLOB.matcher(value.text()).matches()) {
        throw value.wrong(
            "is made of the letters a to z, digits, '.', '_', '-' and '*': "
                + Words.quote(value.text()));
      }
      globs.add(value.text());
    }
    return globs;
  }

  /** {@code "*"}, or a list of names and of objects with one name and its scope. */
  private static List<Grant> grants(Value value) {
    if (value instanceof Value.Scalar scalar && scalar.text().equals("*")) {
      return Stream.of(Capability.values()).map(Grant::of).toList();
    }
    List<Grant> grants = new ArrayList<>();
    for (Value item : value.items()) {
      if (item instanceof Fields named) {
        named.values().forEach((name, scope) -> grants.add(grant(named, name, scope)));
      } else {
        grants.add(sensible(item, name -> Grant.parse(name, Map.of())));
      }
    }
    return grants;
  }

  private static Grant grant(Fields named, String name, Value scope) {
    Map<String, List<String>> texts = new LinkedHashMap<>();
    if (!scope.isNothing()) {
      scope
          .fields()
          .values()
          .forEach(
              (key, values) ->
                  texts.put(key, values.itemsOrOne().stream().map(Value::text).toList()));
    }
    try {
      return Grant.parse(name, texts);
    } catch (PolicyException e) {
      throw new DocumentException(
          named.child(name) + " makes no sense: " + e.getMessage(), named.key(name));
    }
  }

  private static Limits limits(Fields limits, Limits base) {
    Limits result = base;
    for (Map.Entry<String, Value> limit : limits.values().entrySet()) {
      limits.only(Limits.KEYS);
      Limits before = result;
      result = sensible(limit.getValue(), text -> before.with(limit.getKey(), text));
    }
    return result;
  }

  private static <T> T sensible(Value value, Function<String, T> reader) {
    try {
      return reader.apply(value.text());
    } catch (PolicyException e) {
      throw value.wrong("makes no sense: " + e.getMessage());
    }
  }

  private Role role(Value value) {
    Fields role = value.fields();
    only(role, "role");
    Map<Action, List<QualifiedPattern>> actions = new EnumMap<>(Action.class);
    Arrays.stream(Action.values())
        .forEach(action -> actions.put(action, patterns(role.list(action.field()), 1)));
    return new Role(
        last(role.path()),
        role.place().line(),
        actions,
        role.get("grant").map(PolicyReader::grants).orElse(List.of()),
        patterns(role.list("call"), 2),
        role.get("administer").map(Value::truth).orElse(false));
  }

  private static List<QualifiedPattern> patterns(List<Value> values, int names) {
    List<QualifiedPattern> patterns = new ArrayList<>();
    for (Value value : values) {
      QualifiedPattern pattern;
      try {
        pattern = QualifiedPattern.of(value.text());
      } catch (IllegalArgumentException e) {
        throw value.wrong("makes no sense: it takes " + e.getMessage());
      }
      if (pattern.names().size() > names) {
        throw value.wrong(
            names == 1 ? "is the name of a module" : "is a module, or a module and a function");
      }
      patterns.add(pattern);
    }
    return patterns;
  }

  private Map<String, Set<String>> users(Set<String> roles) {
    Map<String, Set<String>> users = new LinkedHashMap<>();
    root.object("users")
        .values()
        .forEach(
            (user, names) -> {
              Set<String> of = new TreeSet<>();
              for (Value role : names.itemsOrOne()) {
                if (!roles.contains(role.text()) && !role.text().equals(Role.PUBLIC)) {
                  throw role.wrong(
                      "is no role of this policy: "
                          + Words.quote(role.text())
                          + Words.meant(role.text(), roles));
                }
                of.add(role.text());
              }
              users.put(user, of);
            });
    return users;
  }
}
