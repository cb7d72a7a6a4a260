package io.calcitewasm.policy.document;

import java.util.List;

/** A value of a text: what it is, what it is called from the root on, and where it stands. */
public sealed interface Value permits Fields, Value.Items, Value.Scalar {
  /** How messages call it: {@code modules[2].grants}. */
  String path();

  /** Where it begins. */
  Place place();

  /**
   * A list.
   *
   * @param values in their order
   */
  record Items(String path, Place place, List<Value> values) implements Value {
    public Items {
      values = List.copyOf(values);
    }
  }

  /** What a scalar was written as. */
  enum Kind {
    /** Words, quoted or not. */
    TEXT,
    /** A number. */
    NUMBER,
    /** {@code true} or {@code false}. */
    TRUTH,
    /** {@code null} or nothing at all. */
    NOTHING
  }

  /**
   * A single value.
   *
   * @param text as it was written, quotes and escapes undone
   */
  record Scalar(String path, Place place, Kind kind, String text) implements Value {}

  /** Whether it says nothing. */
  default boolean isNothing() {
    return this instanceof Scalar scalar && scalar.kind() == Kind.NOTHING;
  }

  /**
   * A text; a number counts as the text it was written as, so that versions need no quotes.
   *
   * @throws DocumentException if it is something else
   */
  default String text() {
    if (this instanceof Scalar scalar
        && (scalar.kind() == Kind.TEXT || scalar.kind() == Kind.NUMBER)) {
      return scalar.text();
    }
    throw wrong("is not a text");
  }

  /**
   * A truth.
   *
   * @throws DocumentException if it is something else
   */
  default boolean truth() {
    if (this instanceof Scalar scalar && scalar.kind() == Kind.TRUTH) {
      return scalar.text().equals("true");
    }
    throw wrong("is neither true nor false");
  }

  /**
   * An object.
   *
   * @throws DocumentException if it is something else
   */
  default Fields fields() {
    if (this instanceof Fields fields) {
      return fields;
    }
    throw wrong("is not an object");
  }

  /**
   * The values of a list.
   *
   * @throws DocumentException if it is something else
   */
  default List<Value> items() {
    if (this instanceof Items items) {
      return items.values();
    }
    throw wrong("is not a list");
  }

  /** The values of a list, or the one value where there is no list. */
  default List<Value> itemsOrOne() {
    return this instanceof Items items ? items.values() : List.of(this);
  }

  /**
   * The refusal of this value.
   *
   * @param problem what follows its name
   */
  default DocumentException wrong(String problem) {
    return new DocumentException((path().isEmpty() ? "it" : path()) + " " + problem, place());
  }
}
