package io.calcitewasm.component.link;

import io.calcitewasm.component.binary.Sort;
import io.calcitewasm.component.binary.TypeExpr;
import io.calcitewasm.component.binary.TypeUse;
import io.calcitewasm.component.model.FuncType;
import io.calcitewasm.component.model.ResourceType;
import io.calcitewasm.component.model.ValType;
import java.util.List;
import java.util.Optional;

/**
 * Evaluates types of one component instance, where every resource type is a definite one. Type
 * definitions are evaluated on demand and once each, so shared types stay shared.
 */
final class TypeEvaluation {
  private final LinkScope scope;

  TypeEvaluation(LinkScope scope) {
    this.scope = scope;
  }

  Def.Type evaluate(TypeExpr type) {
    return switch (type) {
      case TypeExpr.Value value -> new Def.Value(value(value));
      case TypeExpr.Func func ->
          new Def.Function(
              new FuncType(
                  func.parameters().stream().map(this::field).toList(),
                  func.result().map(this::use)));
      case TypeExpr.Resource resource ->
          throw new IllegalStateException("resource definitions are not evaluated on demand");
      case TypeExpr.ComponentOf component -> new Def.Shape();
      case TypeExpr.InstanceOf instance -> new Def.Shape();
    };
  }

  FuncType function(int index) {
    return type(index) instanceof Def.Function function
        ? function.type()
        : fail("a function", index);
  }

  ResourceType resource(int index) {
    return type(index) instanceof Def.Resource resource
        ? resource.type()
        : fail("a resource", index);
  }

  private Def.Type type(int index) {
    return scope.get(Sort.TYPE, index, Def.LazyType.class).get();
  }

  private ValType value(TypeExpr.Value type) {
    return switch (type) {
      case TypeExpr.Primitive primitive -> primitive.type();
      case TypeExpr.RecordOf record ->
          new ValType.RecordType(record.fields().stream().map(this::field).toList());
      case TypeExpr.VariantOf variant ->
          new ValType.VariantType(
              variant.cases().stream()
                  .map(c -> new ValType.Case(c.label(), c.payload().map(this::use)))
                  .toList());
      case TypeExpr.ListOf list -> new ValType.ListType(use(list.element()));
      case TypeExpr.TupleOf tuple -> new ValType.TupleType(uses(tuple.elements()));
      case TypeExpr.FlagsOf flags -> new ValType.FlagsType(flags.labels());
      case TypeExpr.EnumOf labels -> new ValType.EnumType(labels.labels());
      case TypeExpr.OptionOf option -> new ValType.OptionType(use(option.some()));
      case TypeExpr.ResultOf result ->
          new ValType.ResultType(optional(result.ok()), optional(result.err()));
      case TypeExpr.OwnOf own -> new ValType.OwnType(resource(own.resource()));
      case TypeExpr.BorrowOf borrow -> new ValType.BorrowType(resource(borrow.resource()));
    };
  }

  private Optional<ValType> optional(Optional<TypeUse> use) {
    return use.map(this::use);
  }

  private List<ValType> uses(List<TypeUse> uses) {
    return uses.stream().map(this::use).toList();
  }

  private ValType.Field field(TypeExpr.Labelled field) {
    return new ValType.Field(field.label(), use(field.type()));
  }

  private ValType use(TypeUse use) {
    return switch (use) {
      case TypeUse.Primitive primitive -> primitive.type();
      case TypeUse.Index index ->
          type(index.type()) instanceof Def.Value value
              ? value.type()
              : fail("a value type", index.type());
    };
  }

  private static <T> T fail(String what, int index) {
    throw new IllegalStateException("validation let pass that type " + index + " is not " + what);
  }
}
