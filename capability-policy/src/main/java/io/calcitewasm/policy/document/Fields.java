package io.calcitewasm.policy.document;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An object: values by name, in their order. */
public final class Fields implements Value {
  private final String path;
  private final Place place;
  private final Map<String, Value> values;
  private final Map<String, Place> keys;

  Fields(String path, Place place, Map<String, Value> values, Map<String, Place> keys) {
    this.path = path;
    this.place = place;
    this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    this.keys = Map.copyOf(keys);
  }

  /** An object without fields, standing nowhere. */
  public static Fields none(String path) {
    return new Fields(path, Place.NOWHERE, Map.of(), Map.of());
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public Place place() {
    return place;
  }

  /** All fields. */
  public Map<String, Value> values() {
    return values;
  }

  /** Where a field's name stands. */
  public Place key(String name) {
    return keys.getOrDefault(name, place);
  }

  /** The field of that name; empty where it is missing or says nothing. */
  public Optional<Value> get(String name) {
    return Optional.ofNullable(values.get(name)).filter(value -> !value.isNothing());
  }

  /** The text of that name, {@code ""} where it is missing. */
  public String text(String name) {
    return get(name).map(Value::text).orElse("");
  }

  /** The object of that name, one without fields where it is missing. */
  public Fields object(String name) {
    return get(name).map(Value::fields).orElseGet(() -> none(child(name)));
  }

  /** The list of that name, or the one value that stands in its place; empty where missing. */
  public List<Value> list(String name) {
    return get(name).map(Value::itemsOrOne).orElse(List.of());
  }

  /** How messages call a field. */
  public String child(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  /**
   * Refuses fields that nobody reads.
   *
   * @throws DocumentException for one whose name is not known, with the nearest that is
   */
  public void only(Collection<String> known) {
    for (String name : values.keySet()) {
      if (!known.contains(name)) {
        throw new DocumentException(
            "there is no field "
                + Words.quote(child(name))
                + Words.meant(name, known)
                + "; known are "
                + String.join(", ", known),
            key(name));
      }
    }
  }

  @Override
  public String toString() {
    return values.toString();
  }
}
