package io.calcitewasm.component.check;

import io.calcitewasm.component.model.PrimitiveType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A defined value type (Explainer.md, {@code defvaltype}). Types are compared by structure, but who
 * may refer to one from outside and what it is called depends on where it came from: hence identity
 * equality. Each import and export of a type makes another name of the same {@link #origin}.
 */
final class Defined implements ValueType, TypeItem {

  /** Constructors of value types. */
  enum Kind {
    PRIMITIVE("primitive type"),
    RECORD("record"),
    VARIANT("variant"),
    LIST("list"),
    TUPLE("tuple"),
    FLAGS("flags"),
    ENUM("enum"),
    OPTION("option"),
    RESULT("result"),
    OWN("own"),
    BORROW("borrow");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }

    /** Whether exported functions may use the type only under an exported name. */
    boolean needsName() {
      return this == RECORD || this == VARIANT || this == FLAGS || this == ENUM;
    }
  }

  private final Kind kind;
  private final @Nullable PrimitiveType primitive;
  private final @Nullable ResourceRef resource;
  private final List<String> labels;
  private final List<Optional<ValueType>> parts;
  private final Defined origin;
  private final Layout layout;
  private final int size;
  private final int depth;
  private final boolean usesResources;
  private final boolean borrows;

  private Defined(
      Kind kind,
      @Nullable PrimitiveType primitive,
      @Nullable ResourceRef resource,
      List<String> labels,
      List<Optional<ValueType>> parts) {
    this.kind = kind;
    this.primitive = primitive;
    this.resource = resource;
    this.labels = List.copyOf(labels);
    this.parts = List.copyOf(parts);
    this.origin = this;
    this.layout = computeLayout();
    List<ValueType> present = parts.stream().flatMap(Optional::stream).toList();
    this.size = Sizes.sum(present.stream().mapToInt(ValueType::size), labels.size());
    this.depth = 1 + present.stream().mapToInt(ValueType::depth).max().orElse(0);
    this.usesResources = resource != null || present.stream().anyMatch(ValueType::usesResources);
    this.borrows = kind == Kind.BORROW || present.stream().anyMatch(ValueType::borrows);
  }

  private Defined(Defined structure, Defined origin) {
    this.kind = structure.kind;
    this.primitive = structure.primitive;
    this.resource = structure.resource;
    this.labels = structure.labels;
    this.parts = structure.parts;
    this.origin = origin;
    this.layout = structure.layout;
    this.size = structure.size;
    this.depth = structure.depth;
    this.usesResources = structure.usesResources;
    this.borrows = structure.borrows;
  }

  static Defined primitive(PrimitiveType type) {
    return new Defined(Kind.PRIMITIVE, type, null, List.of(), List.of());
  }

  /** An {@code own} or {@code borrow}. */
  static Defined handle(Kind kind, ResourceRef resource) {
    return new Defined(kind, null, resource, List.of(), List.of());
  }

  /** Any other type; {@code labels} is empty where the kind has none. */
  static Defined of(Kind kind, List<String> labels, List<Optional<ValueType>> parts) {
    return new Defined(kind, null, null, labels, parts);
  }

  /** Another name of this type. */
  Defined renamed() {
    return new Defined(this, origin);
  }

  /** This type with other parts or another resource, still of the same origin. */
  Defined with(List<Optional<ValueType>> newParts, @Nullable ResourceRef newResource) {
    return new Defined(new Defined(kind, primitive, newResource, labels, newParts), origin);
  }

  private Layout computeLayout() {
    return switch (kind) {
      case PRIMITIVE -> Layout.of(requirePrimitive());
      case RECORD, TUPLE ->
          Layout.sequence(parts.stream().flatMap(Optional::stream).map(ValueType::layout).toList());
      case LIST -> Layout.list();
      case FLAGS -> Layout.flags(labels.size());
      case OWN, BORROW -> Layout.handle();
      case ENUM -> Layout.choice(Collections.nCopies(labels.size(), null));
      case OPTION, VARIANT, RESULT -> {
        List<@Nullable Layout> cases = new ArrayList<>();
        if (kind == Kind.OPTION) {
          cases.add(null);
        }
        for (Optional<ValueType> part : parts) {
          cases.add(part.isPresent() ? part.get().layout() : null);
        }
        yield Layout.choice(cases);
      }
    };
  }

  Kind kind() {
    return kind;
  }

  /** The type that a {@link Kind#PRIMITIVE} names. */
  PrimitiveType requirePrimitive() {
    if (primitive == null) {
      throw new IllegalStateException(kind + " is not primitive");
    }
    return primitive;
  }

  /** The resource of an {@code own} or {@code borrow}. */
  ResourceRef requireResource() {
    if (resource == null) {
      throw new IllegalStateException(kind + " has no resource");
    }
    return resource;
  }

  @Nullable ResourceRef resource() {
    return resource;
  }

  /** Labels of fields, cases, flags or enum. */
  List<String> labels() {
    return labels;
  }

  /** Types of fields, cases, elements; empty for a case without payload. */
  List<Optional<ValueType>> parts() {
    return parts;
  }

  /** The definition that this type is a name of; itself, if it is not a name. */
  Defined origin() {
    return origin;
  }

  @Override
  public Layout layout() {
    return layout;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int depth() {
    return depth;
  }

  @Override
  public boolean usesResources() {
    return usesResources;
  }

  @Override
  public boolean borrows() {
    return borrows;
  }

  @Override
  public String words() {
    return kind.words();
  }
}
