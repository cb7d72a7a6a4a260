package io.calcitewasm.policy;

import io.calcitewasm.policy.Manifest.DecimalShape;
import io.calcitewasm.policy.Manifest.FunctionNotes;
import io.calcitewasm.policy.Manifest.Request;
import io.calcitewasm.policy.document.Bounds;
import io.calcitewasm.policy.document.DocumentException;
import io.calcitewasm.policy.document.Fields;
import io.calcitewasm.policy.document.JsonDocument;
import io.calcitewasm.policy.document.Value;
import io.calcitewasm.policy.document.Words;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * JSON to {@link Manifest}, as {@code manifest.schema.json} has it: unknown fields are passed over,
 * so that manifests of later versions are read; nonsense is refused with field and place.
 */
final class ManifestReader {
  private static final int NAME_LENGTH = 128;
  private static final int TEXT_LENGTH = 64 << 10;
  private static final int MOST_REQUESTS = 64;

  /** No letters that look like others, nothing that ends a word in SQL, paths or signatures. */
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9._-]{0,126}[a-z0-9])?");

  private static final Pattern TRAIT = Pattern.compile("[a-z][a-z0-9-]{0,63}");

  private ManifestReader() {}

  static Manifest read(byte[] json) {
    try {
      Fields root = JsonDocument.read(json, Bounds.DEFAULT);
      Map<String, List<Request>> requests = capabilities(root);
      return new Manifest(
          name(root, "name"),
          version(root),
          name(root, "organisation"),
          line(root, "contract"),
          text(root, "documentation"),
          line(root, root.get("licence").isPresent() ? "licence" : "license"),
          traits(root),
          functions(root.object("functions")),
          requests.getOrDefault("required", List.of()),
          requests.getOrDefault("optional", List.of()),
          limits(root.object("limits")));
    } catch (DocumentException e) {
      throw new PolicyException("WM001", "section " + Manifest.SECTION + ": " + e.getMessage(), e);
    }
  }

  /** Of all functions, or of one. */
  private static Set<String> traits(Fields in) {
    Set<String> traits = new LinkedHashSet<>();
    for (Value trait : in.get("traits").map(Value::items).orElse(List.of())) {
      if (!TRAIT.matcher(trait.text()).matches()) {
        throw trait.wrong("is not a trait: lower-case letters, digits and '-'");
      }
      if (!traits.add(trait.text())) {
        throw trait.wrong("is there twice");
      }
    }
    return traits;
  }

  private static Map<String, FunctionNotes> functions(Fields functions) {
    Map<String, FunctionNotes> notes = new LinkedHashMap<>();
    functions
        .values()
        .forEach(
            (name, value) -> {
              Fields body = value.fields();
              notes.put(
                  name,
                  new FunctionNotes(
                      text(body, "documentation"),
                      shape(body.object("result")),
                      text(body, "kind"),
                      traits(body),
                      cost(body)));
            });
    return notes;
  }

  private static OptionalLong cost(Fields body) {
    Optional<Value> cost = body.get("cost");
    if (cost.isEmpty()) {
      return OptionalLong.empty();
    }
    if (cost.get() instanceof Value.Scalar scalar
        && scalar.kind() == Value.Kind.NUMBER
        && scalar.text().matches("[1-9][0-9]{0,8}")) {
      return OptionalLong.of(Long.parseLong(scalar.text()));
    }
    throw cost.get().wrong("is not a whole number from 1 to 999999999");
  }

  private static Optional<DecimalShape> shape(Fields shape) {
    if (shape.get("precision").isEmpty()) {
      return Optional.empty();
    }
    int digits = whole(shape, "precision", -1);
    int behind = whole(shape, "scale", 0);
    if (digits < 1 || digits > 38 || behind < 0 || behind > digits) {
      throw shape.wrong("needs a precision from 1 to 38 and a scale from 0 to that");
    }
    return Optional.of(new DecimalShape(digits, behind));
  }

  private static int whole(Fields in, String field, int otherwise) {
    return in.get(field)
        .map(
            value ->
                value instanceof Value.Scalar scalar
                        && scalar.kind() == Value.Kind.NUMBER
                        && scalar.text().matches("[0-9]{1,3}")
                    ? Integer.parseInt(scalar.text())
                    : -1)
        .orElse(otherwise);
  }

  /** Either {@code {"required": […], "optional": […]}} or a list of required ones. */
  private static Map<String, List<Request>> capabilities(Fields root) {
    Value capabilities = root.get("capabilities").orElse(Fields.none("capabilities"));
    if (capabilities instanceof Value.Items list) {
      return Map.of("required", requests(list));
    }
    Fields both = capabilities.fields();
    Map<String, List<Request>> requests = new LinkedHashMap<>();
    for (String kind : List.of("required", "optional")) {
      both.get(kind).ifPresent(list -> requests.put(kind, requests(list)));
    }
    return requests;
  }

  private static List<Request> requests(Value list) {
    if (list.items().size() > MOST_REQUESTS) {
      throw list.wrong("has more than " + MOST_REQUESTS + " capabilities");
    }
    return list.items().stream().map(ManifestReader::request).toList();
  }

  /** A name, or an object that has one and may say more. */
  private static Request request(Value value) {
    if (!(value instanceof Fields fields)) {
      return request(value, value.text(), Map.of(), "");
    }
    Map<String, List<String>> scope = new LinkedHashMap<>();
    fields
        .object("scope")
        .values()
        .forEach(
            (key, texts) -> scope.put(key, texts.itemsOrOne().stream().map(Value::text).toList()));
    return request(value, fields.text("name"), scope, text(fields, "why"));
  }

  private static Request request(
      Value at, String name, Map<String, List<String>> scope, String reason) {
    if (name.isBlank()) {
      throw at.wrong("names no capability");
    }
    if (name.length() > NAME_LENGTH) {
      throw at.wrong("is longer than " + NAME_LENGTH + " characters");
    }
    if (Capability.named(name).isEmpty()) {
      return new Request(name, Optional.empty(), reason);
    }
    try {
      return new Request(name, Optional.of(Grant.parse(name, scope)), reason);
    } catch (PolicyException e) {
      throw at.wrong("makes no sense: " + e.getMessage());
    }
  }

  private static Map<String, Object> limits(Fields wished) {
    Map<String, Object> limits = new LinkedHashMap<>();
    for (Map.Entry<String, Value> limit : wished.values().entrySet()) {
      String key = limit.getKey().replace('-', '_');
      if (!Limits.KEYS.contains(key)) {
        continue;
      }
      Object literal = literal(limit.getValue());
      try {
        Limits.DEFAULT.with(key, literal);
      } catch (PolicyException e) {
        throw new DocumentException("limits: " + e.getMessage(), limit.getValue().place());
      }
      if (limits.put(key, literal) != null) {
        throw limit.getValue().wrong("is there twice");
      }
    }
    return limits;
  }

  private static Object literal(Value value) {
    return switch (value) {
      case Value.Scalar(var _, var _, Value.Kind kind, String text) when kind == Value.Kind.TEXT ->
          text;
      case Value.Scalar(var _, var _, Value.Kind kind, String text)
          when kind == Value.Kind.NUMBER ->
          number(value, text);
      default -> throw value.wrong("is neither a text nor a number");
    };
  }

  private static Object number(Value value, String text) {
    if (!text.matches("-?[0-9]{1,18}")) {
      throw value.wrong("is not a whole number");
    }
    return Long.parseLong(text);
  }

  private static String version(Fields root) {
    String version = line(root, "version");
    if (!version.isEmpty() && SemVer.parse(version).isEmpty()) {
      throw root.get("version")
          .orElseThrow()
          .wrong(
              "is not a semantic version, as in '1.2.3' or '1.2.3-beta.1': "
                  + Words.quote(version));
    }
    return version;
  }

  private static String name(Fields root, String field) {
    String name = line(root, field);
    if (!name.isEmpty() && !NAME.matcher(name).matches()) {
      throw root.get(field)
          .orElseThrow()
          .wrong(
              "is made of the letters a to z, digits, '.', '_' and '-', and begins and ends with a"
                  + " letter or digit: "
                  + Words.quote(name));
    }
    return name;
  }

  private static String line(Fields in, String field) {
    String line = text(in, field);
    if (line.length() > NAME_LENGTH) {
      throw in.get(field).orElseThrow().wrong("is longer than " + NAME_LENGTH + " characters");
    }
    if (line.codePoints().anyMatch(Words::isControl)) {
      throw in.get(field).orElseThrow().wrong("has control characters");
    }
    return line.strip();
  }

  private static String text(Fields in, String field) {
    Optional<Value> value = in.get(field);
    if (value.isEmpty()) {
      return "";
    }
    if (!(value.get() instanceof Value.Scalar scalar) || scalar.kind() != Value.Kind.TEXT) {
      throw value.get().wrong("is not a text");
    }
    if (scalar.text().length() > TEXT_LENGTH) {
      throw scalar.wrong("is longer than " + TEXT_LENGTH + " characters");
    }
    return scalar.text();
  }
}
