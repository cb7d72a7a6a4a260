package io.calcitewasm.component.model;

import java.util.List;
import java.util.Optional;

/**
 * A component-level value type (Explainer.md, "Type Definitions"; Binary.md, {@code defvaltype}).
 *
 * <p>Equality is structural, except that {@link NamedType} keeps the name under which an interface
 * exported the type; {@link #structure()} removes it. How a value of each type looks in Java is
 * told at each type and is the same in both directions of a call.
 */
public sealed interface ValType
    permits PrimitiveType,
        ValType.ListType,
        ValType.RecordType,
        ValType.TupleType,
        ValType.VariantType,
        ValType.EnumType,
        ValType.FlagsType,
        ValType.OptionType,
        ValType.ResultType,
        ValType.OwnType,
        ValType.BorrowType,
        ValType.NamedType {

  /** The type without the name an interface gave it; nested types keep theirs. */
  default ValType structure() {
    return this;
  }

  /** {@code list<T>}. Java: {@code byte[]} for {@code list<u8>}, else {@code List<Object>}. */
  record ListType(ValType element) implements ValType {
    /** Whether values are carried as {@code byte[]}. */
    public boolean isBytes() {
      return element.structure() == PrimitiveType.U8;
    }
  }

  /** A labelled type: a record field, a function parameter. */
  record Field(String name, ValType type) {}

  /** {@code record}. Java: {@code Object[]}, one element per field, in order. */
  record RecordType(List<Field> fields) implements ValType {
    public RecordType {
      fields = List.copyOf(fields);
    }
  }

  /** {@code tuple}. Java: {@code Object[]}, one element per position. */
  record TupleType(List<ValType> elements) implements ValType {
    public TupleType {
      elements = List.copyOf(elements);
    }
  }

  /** One case of a variant, with or without a payload. */
  record Case(String name, Optional<ValType> payload) {}

  /** {@code variant}. Java: {@link VariantValue}. */
  record VariantType(List<Case> cases) implements ValType {
    public VariantType {
      cases = List.copyOf(cases);
    }
  }

  /** {@code enum}. Java: {@code Integer}, the index of the label. */
  record EnumType(List<String> labels) implements ValType {
    public EnumType {
      labels = List.copyOf(labels);
    }
  }

  /** {@code flags}, at most 32 labels. Java: {@code Integer}, bit i set when label i is. */
  record FlagsType(List<String> labels) implements ValType {
    public FlagsType {
      labels = List.copyOf(labels);
    }
  }

  /** {@code option<T>}. Java: {@code Optional<Object>}. */
  record OptionType(ValType some) implements ValType {}

  /** {@code result<T, E>}. Java: {@link ResultValue}. */
  record ResultType(Optional<ValType> ok, Optional<ValType> err) implements ValType {}

  /** {@code own<R>}. Java: the resource's representation or a handle made by the runtime. */
  record OwnType(ResourceType resource) implements ValType {}

  /** {@code borrow<R>}. Java: as {@link OwnType}, for the length of the call. */
  record BorrowType(ResourceType resource) implements ValType {}

  /**
   * A type under the name by which an interface exported it first, e.g. {@code
   * calcite:extension/types@0.1.0#date}. The specification compares such types structurally; the
   * name is kept for those who give meaning to it. {@code type} is never itself a NamedType.
   */
  record NamedType(TypeName name, ValType type) implements ValType {
    public NamedType {
      if (type instanceof NamedType) {
        throw new IllegalArgumentException("a named type's structure is not a named type: " + name);
      }
    }

    @Override
    public ValType structure() {
      return type;
    }
  }
}
