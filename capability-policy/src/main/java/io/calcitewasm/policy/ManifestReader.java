package io.calcitewasm.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.calcitewasm.policy.Manifest.DecimalShape;
import io.calcitewasm.policy.Manifest.FunctionNotes;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** JSON to {@link Manifest}: unknown fields are passed over, nonsense is refused. */
final class ManifestReader {
  private static final int LARGEST = 1 << 20;
  private static final int NAME_LENGTH = 128;
  private static final int TEXT_LENGTH = 64 << 10;

  private static final ObjectReader JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(JsonNode.class);

  private final Set<String> required = new LinkedHashSet<>();
  private final Set<String> optional = new LinkedHashSet<>();

  Manifest read(byte[] json) {
    JsonNode root = tree(json);
    capabilities(root.get("capabilities"));
    JsonNode licence = root.has("licence") ? root.get("licence") : root.get("license");
    return new Manifest(
        line(root.get("name"), "name"),
        line(root.get("version"), "version"),
        line(root.get("organisation"), "organisation"),
        line(root.get("contract"), "contract"),
        text(root.get("documentation"), "documentation"),
        line(licence, "licence"),
        functions(root.get("functions")),
        required,
        optional,
        limits(root.get("limits")));
  }

  private static JsonNode tree(byte[] json) {
    if (json.length > LARGEST) {
      throw refuse("it has " + json.length + " bytes, more than " + LARGEST);
    }
    JsonNode root;
    try {
      root = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw refuse("it is not JSON: " + Text.quote(e.getOriginalMessage()) + place(e));
    } catch (IOException e) {
      throw refuse("it is not JSON in UTF-8");
    }
    if (root == null || !root.isObject()) {
      throw refuse("it is not a JSON object");
    }
    return root;
  }

  private static String place(JsonProcessingException e) {
    return e.getLocation() == null
        ? ""
        : " (line "
            + e.getLocation().getLineNr()
            + ", column "
            + e.getLocation().getColumnNr()
            + ")";
  }

  private static Map<String, FunctionNotes> functions(@Nullable JsonNode node) {
    Map<String, FunctionNotes> notes = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> function : object(node, "functions").properties()) {
      String path = "functions." + Text.quote(function.getKey());
      JsonNode body = function.getValue();
      object(body, path);
      notes.put(
          function.getKey(),
          new FunctionNotes(
              text(body.get("documentation"), path + ".documentation"),
              shape(body.get("result"), path + ".result")));
    }
    return notes;
  }

  private static Optional<DecimalShape> shape(@Nullable JsonNode node, String path) {
    JsonNode shape = object(node, path);
    if (!shape.has("precision")) {
      return Optional.empty();
    }
    JsonNode precision = shape.path("precision");
    JsonNode scale = shape.path("scale");
    int digits = precision.isInt() ? precision.intValue() : 0;
    int behind = scale.isInt() ? scale.intValue() : scale.isMissingNode() ? 0 : -1;
    if (digits < 1 || digits > 38 || behind < 0 || behind > digits) {
      throw refuse(path + " needs a precision from 1 to 38 and a scale from 0 to that");
    }
    return Optional.of(new DecimalShape(digits, behind));
  }

  /** Either {@code {"required": […], "optional": […]}} or a list of required ones. */
  private void capabilities(@Nullable JsonNode node) {
    if (node != null && node.isArray()) {
      names(node, "capabilities", required);
      return;
    }
    JsonNode both = object(node, "capabilities");
    names(both.get("required"), "capabilities.required", required);
    names(both.get("optional"), "capabilities.optional", optional);
  }

  /** Each one a name, or an object that has one and may say more. */
  private static void names(@Nullable JsonNode list, String path, Set<String> names) {
    if (list == null || list.isNull()) {
      return;
    }
    if (!list.isArray()) {
      throw refuse(path + " is not a list");
    }
    for (JsonNode entry : list) {
      String name = line(entry.isObject() ? entry.get("name") : entry, path);
      if (name.isEmpty()) {
        throw refuse(path + " holds something that names no capability");
      }
      names.add(name);
    }
  }

  private static Map<String, Object> limits(@Nullable JsonNode node) {
    Map<String, Object> limits = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> limit : object(node, "limits").properties()) {
      String key = limit.getKey().replace('-', '_');
      if (!Limits.KEYS.contains(key)) {
        continue;
      }
      JsonNode value = limit.getValue();
      if (!value.isTextual() && !value.isNumber()) {
        throw refuse("limits." + key + " is neither a text nor a number");
      }
      Object literal = value.isNumber() ? value.numberValue() : value.textValue();
      try {
        Limits.DEFAULT.with(key, literal);
      } catch (PolicyException e) {
        throw refuse("limits: " + e.getMessage());
      }
      limits.put(key, literal);
    }
    return limits;
  }

  private static JsonNode object(@Nullable JsonNode node, String path) {
    if (node == null || node.isNull()) {
      return JSON.createObjectNode();
    }
    if (!node.isObject()) {
      throw refuse(path + " is not an object");
    }
    return node;
  }

  private static String line(@Nullable JsonNode node, String path) {
    String line = text(node, path);
    if (line.length() > NAME_LENGTH) {
      throw refuse(path + " is longer than " + NAME_LENGTH + " characters");
    }
    if (line.codePoints().anyMatch(Text::isControl)) {
      throw refuse(path + " has control characters");
    }
    return line.strip();
  }

  private static String text(@Nullable JsonNode node, String path) {
    if (node == null || node.isNull()) {
      return "";
    }
    if (!node.isTextual()) {
      throw refuse(path + " is not a text");
    }
    if (node.textValue().length() > TEXT_LENGTH) {
      throw refuse(path + " is longer than " + TEXT_LENGTH + " characters");
    }
    return node.textValue();
  }

  private static PolicyException refuse(String problem) {
    return new PolicyException("WM001", "section " + Manifest.SECTION + ": " + problem);
  }
}
