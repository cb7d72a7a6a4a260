package io.calcitewasm.policy.rules;

import io.calcitewasm.policy.Limits;
import io.calcitewasm.policy.PolicyException;
import io.calcitewasm.policy.QualifiedPattern;
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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

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

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.@-]{0,127}");
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
        PolicyValues.limits(defaults.object("limits"), Limits.DEFAULT),
        keys,
        modules(keys.keySet()),
        roles,
        users(roles.keySet()));
  }

  /** Refuses fields that an object of this kind has not. */
  static void only(Fields fields, String kind) {
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
          PolicyValues.globs(key.list("organisations")));
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
      rules.add(ModuleRuleReader.read(value.fields(), keys, rules.size() + 1));
    }
    return rules;
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
        role.get("grant").map(PolicyValues::grants).orElse(List.of()),
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
