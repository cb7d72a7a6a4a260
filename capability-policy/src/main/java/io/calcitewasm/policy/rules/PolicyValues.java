package io.calcitewasm.policy.rules;

import io.calcitewasm.policy.Capability;
import io.calcitewasm.policy.Grant;
import io.calcitewasm.policy.Limits;
import io.calcitewasm.policy.PolicyException;
import io.calcitewasm.policy.document.DocumentException;
import io.calcitewasm.policy.document.Fields;
import io.calcitewasm.policy.document.Value;
import io.calcitewasm.policy.document.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Values that several parts of a policy have. */
final class PolicyValues {
  private static final Pattern GLOB = Pattern.compile("[a-z0-9._*-]{1,128}");

  private PolicyValues() {}

  /** Patterns of names as manifests have them. */
  static List<String> globs(List<Value> values) {
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
  static List<Grant> grants(Value value) {
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

  /** Limits over others. */
  static Limits limits(Fields limits, Limits base) {
    Limits result = base;
    for (Map.Entry<String, Value> limit : limits.values().entrySet()) {
      limits.only(Limits.KEYS);
      Limits before = result;
      result = sensible(limit.getValue(), text -> before.with(limit.getKey(), text));
    }
    return result;
  }

  /** What a reader makes of a text; what it refuses is told with its place. */
  static <T> T sensible(Value value, Function<String, T> reader) {
    try {
      return reader.apply(value.text());
    } catch (PolicyException e) {
      throw value.wrong("makes no sense: " + e.getMessage());
    }
  }
}
