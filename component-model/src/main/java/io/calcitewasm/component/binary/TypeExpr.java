package io.calcitewasm.component.binary;

import io.calcitewasm.component.model.PrimitiveType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The right-hand side of a type definition (Binary.md, {@code deftype}). Streams, futures, error
 * contexts, maps, fixed-length lists and async functions are refused by the reader.
 */
public sealed interface TypeExpr {

  /** A defined value type (Binary.md, {@code defvaltype}). */
  sealed interface Value extends TypeExpr {}

  /** A name for a primitive type. */
  record Primitive(PrimitiveType type) implements Value {}

  /** {@code (record (field "label" type)+)}. */
  record RecordOf(List<Labelled> fields) implements Value {
    public RecordOf {
      fields = List.copyOf(fields);
    }
  }

  /** {@code (variant (case "label" type?)+)}. */
  record VariantOf(List<CaseOf> cases) implements Value {
    public VariantOf {
      cases = List.copyOf(cases);
    }
  }

  /** {@code (list type)}. */
  record ListOf(TypeUse element) implements Value {}

  /** {@code (tuple type+)}. */
  record TupleOf(List<TypeUse> elements) implements Value {
    public TupleOf {
      elements = List.copyOf(elements);
    }
  }

  /** {@code (flags "label"+)}, at most 32 labels. */
  record FlagsOf(List<String> labels) implements Value {
    public FlagsOf {
      labels = List.copyOf(labels);
    }
  }

  /** {@code (enum "label"+)}. */
  record EnumOf(List<String> labels) implements Value {
    public EnumOf {
      labels = List.copyOf(labels);
    }
  }

  /** {@code (option type)}. */
  record OptionOf(TypeUse some) implements Value {}

  /** {@code (result type? (error type)?)}. */
  record ResultOf(Optional<TypeUse> ok, Optional<TypeUse> err) implements Value {}

  /** {@code (own resource)}; the index is that of a type. */
  record OwnOf(int resource) implements Value {}

  /** {@code (borrow resource)}; the index is that of a type. */
  record BorrowOf(int resource) implements Value {}

  /** {@code (func (param "label" type)* (result type)?)}. */
  record Func(List<Labelled> parameters, Optional<TypeUse> result) implements TypeExpr {
    public Func {
      parameters = List.copyOf(parameters);
    }
  }

  /** {@code (resource (rep i32) (dtor coreFunc)?)}. */
  record Resource(OptionalInt destructor) implements TypeExpr {}

  /** {@code (component declaration*)}. */
  record ComponentOf(List<Declaration> declarations) implements TypeExpr {
    public ComponentOf {
      declarations = List.copyOf(declarations);
    }
  }

  /** {@code (instance declaration*)}. */
  record InstanceOf(List<Declaration> declarations) implements TypeExpr {
    public InstanceOf {
      declarations = List.copyOf(declarations);
    }
  }

  /** A labelled type: a record field, a function parameter. */
  record Labelled(String label, TypeUse type) {}

  /** One case of a variant. */
  record CaseOf(String label, Optional<TypeUse> payload) {}
}
