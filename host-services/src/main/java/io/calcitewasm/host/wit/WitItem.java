package io.calcitewasm.host.wit;

import io.calcitewasm.component.model.PrimitiveType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One item of an interface as it stands in the text: names are not resolved yet. */
sealed interface WitItem {

  /** A type expression. */
  sealed interface Type {
    record Primitive(PrimitiveType type) implements Type {}

    record Named(String name) implements Type {}

    record Borrow(String resource) implements Type {}

    record ListOf(Type element) implements Type {}

    record OptionOf(Type some) implements Type {}

    record ResultOf(Optional<Type> ok, Optional<Type> err) implements Type {}

    record TupleOf(List<Type> elements) implements Type {}

    record RecordOf(List<Field> fields) implements Type {}

    record VariantOf(List<Case> cases) implements Type {}

    record EnumOf(List<String> labels) implements Type {}

    record FlagsOf(List<String> labels) implements Type {}
  }

  record Field(String name, Type type) {}

  record Case(String name, Optional<Type> payload) {}

  /** {@code use}: local name to the name in {@code from}, an interface's name without version. */
  record Use(String from, Map<String, String> names) implements WitItem {}

  record TypeDefinition(String name, Type type) implements WitItem {}

  record ResourceDefinition(String name) implements WitItem {}

  /** A function by its name in the binary format, e.g. {@code [method]pollable.ready}. */
  record Function(String name, List<Field> parameters, Optional<Type> result) implements WitItem {}
}
