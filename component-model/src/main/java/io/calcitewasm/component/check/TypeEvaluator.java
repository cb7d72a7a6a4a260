package io.calcitewasm.component.check;

import io.calcitewasm.component.InvalidComponentException;
import io.calcitewasm.component.binary.Declaration;
import io.calcitewasm.component.binary.TypeExpr;
import io.calcitewasm.component.binary.TypeUse;
import io.calcitewasm.component.binary.core.CoreFuncType;
import io.calcitewasm.component.binary.core.CoreValType;
import io.calcitewasm.component.model.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Evaluates type definitions (Explainer.md, "Type Definitions"). */
final class TypeEvaluator {
  /** Sizes of values must stay below (Binary.md, notes on "Type Definitions"). */
  private static final long LARGEST_VALUE = 1L << 28;

  private final Progress progress;
  private final int deepest;
  private final ScopeChecker scopes;

  TypeEvaluator(Progress progress, int deepest, ScopeChecker scopes) {
    this.progress = progress;
    this.deepest = deepest;
    this.scopes = scopes;
  }

  /** The type that an expression means in a scope. */
  TypeItem evaluate(TypeExpr type, Scope scope) throws InvalidComponentException {
    TypeItem item =
        switch (type) {
          case TypeExpr.Value value -> value(value, scope);
          case TypeExpr.Func func -> function(func, scope);
          case TypeExpr.Resource resource -> resource(resource, scope);
          case TypeExpr.InstanceOf instance -> instance(instance.declarations(), scope);
          case TypeExpr.ComponentOf component -> component(component.declarations(), scope);
        };
    checkExtent(item);
    return item;
  }

  /** Refuses types that are too deep or too large when written out. */
  void checkExtent(TypeItem item) throws InvalidComponentException {
    if (item.depth() > deepest) {
      throw progress.invalid("types are nested deeper than " + deepest);
    }
    if (item.size() > Sizes.MOST) {
      throw progress.invalid(
          "the type is larger than " + Sizes.MOST + " nodes when it is written out");
    }
  }

  private Defined value(TypeExpr.Value type, Scope scope) throws InvalidComponentException {
    Defined defined =
        switch (type) {
          case TypeExpr.Primitive primitive -> Defined.primitive(primitive.type());
          case TypeExpr.RecordOf record -> {
            List<String> labels = record.fields().stream().map(TypeExpr.Labelled::label).toList();
            Labels.check(labels, "field", progress);
            yield Defined.of(Defined.Kind.RECORD, labels, labelled(record.fields(), scope));
          }
          case TypeExpr.VariantOf variant -> {
            List<String> labels = variant.cases().stream().map(TypeExpr.CaseOf::label).toList();
            Labels.check(labels, "case", progress);
            List<Optional<ValueType>> payloads = new ArrayList<>();
            for (TypeExpr.CaseOf c : variant.cases()) {
              payloads.add(use(c.payload(), scope));
            }
            yield Defined.of(Defined.Kind.VARIANT, labels, payloads);
          }
          case TypeExpr.ListOf list -> plain(Defined.Kind.LIST, List.of(list.element()), scope);
          case TypeExpr.TupleOf tuple -> plain(Defined.Kind.TUPLE, tuple.elements(), scope);
          case TypeExpr.OptionOf option ->
              plain(Defined.Kind.OPTION, List.of(option.some()), scope);
          case TypeExpr.FlagsOf flags -> labels(Defined.Kind.FLAGS, flags.labels(), "flag");
          case TypeExpr.EnumOf labels -> labels(Defined.Kind.ENUM, labels.labels(), "label");
          case TypeExpr.ResultOf result ->
              Defined.of(
                  Defined.Kind.RESULT,
                  List.of(),
                  List.of(use(result.ok(), scope), use(result.err(), scope)));
          case TypeExpr.OwnOf own ->
              Defined.handle(Defined.Kind.OWN, resourceAt(own.resource(), scope));
          case TypeExpr.BorrowOf borrow ->
              Defined.handle(Defined.Kind.BORROW, resourceAt(borrow.resource(), scope));
        };
    if (defined.layout().size() >= LARGEST_VALUE) {
      throw progress.invalid("values of the type take 2^28 bytes or more");
    }
    return defined;
  }

  private Defined labels(Defined.Kind kind, List<String> labels, String what)
      throws InvalidComponentException {
    Labels.check(labels, what, progress);
    return Defined.of(kind, labels, List.of());
  }

  private Defined plain(Defined.Kind kind, List<TypeUse> uses, Scope scope)
      throws InvalidComponentException {
    List<Optional<ValueType>> parts = new ArrayList<>();
    for (TypeUse use : uses) {
      parts.add(Optional.of(use(use, scope)));
    }
    return Defined.of(kind, List.of(), parts);
  }

  private List<Optional<ValueType>> labelled(List<TypeExpr.Labelled> fields, Scope scope)
      throws InvalidComponentException {
    List<Optional<ValueType>> parts = new ArrayList<>();
    for (TypeExpr.Labelled field : fields) {
      parts.add(Optional.of(use(field.type(), scope)));
    }
    return parts;
  }

  private Optional<ValueType> use(Optional<TypeUse> use, Scope scope)
      throws InvalidComponentException {
    return use.isPresent() ? Optional.of(use(use.get(), scope)) : Optional.empty();
  }

  private ValueType use(TypeUse use, Scope scope) throws InvalidComponentException {
    progress.spend(1);
    return switch (use) {
      case TypeUse.Primitive primitive -> new ValueType.Primitive(primitive.type());
      case TypeUse.Index index -> {
        TypeItem item = scope.types.get(index.type());
        if (item instanceof Defined defined) {
          yield defined;
        }
        throw progress.invalid(
            "type index " + index.type() + " is a " + item.words() + ", not a value type");
      }
    };
  }

  /** The resource type at an index. */
  ResourceRef resourceAt(int index, Scope scope) throws InvalidComponentException {
    TypeItem item = scope.types.get(index);
    if (item instanceof ResourceRef resource) {
      return resource;
    }
    throw progress.invalid(
        "type index " + index + " is a " + item.words() + ", not a resource type");
  }

  private FunctionType function(TypeExpr.Func type, Scope scope) throws InvalidComponentException {
    List<String> names = type.parameters().stream().map(TypeExpr.Labelled::label).toList();
    Labels.check(names, "parameter", progress);
    List<ValueType> parameters = new ArrayList<>();
    for (TypeExpr.Labelled parameter : type.parameters()) {
      parameters.add(use(parameter.type(), scope));
    }
    Optional<ValueType> result = use(type.result(), scope);
    if (result.isPresent() && result.get().borrows()) {
      throw progress.invalid("a function cannot return borrowed handles");
    }
    return FunctionType.of(names, parameters, result);
  }

  private ResourceRef resource(TypeExpr.Resource type, Scope scope)
      throws InvalidComponentException {
    if (scope.kind() != Scope.Kind.COMPONENT) {
      throw progress.invalid("resources can be defined in components only, not inside types");
    }
    if (type.destructor().isPresent()) {
      int index = type.destructor().getAsInt();
      CoreFuncType expected = new CoreFuncType(List.of(CoreValType.I32), List.of());
      CoreFuncType actual = scope.coreFuncs.get(index).type();
      if (!actual.equals(expected)) {
        throw progress.invalid(
            "a destructor must have the type "
                + expected
                + ", but core function "
                + index
                + " has "
                + actual);
      }
    }
    ResourceType resource = new ResourceType("#" + scope.types.size());
    scope.ownResources.add(resource);
    scope.definedHere.add(resource);
    return new ResourceRef(resource);
  }

  private InstanceType instance(List<Declaration> declarations, Scope outer)
      throws InvalidComponentException {
    Scope scope = scopes.declarations(Scope.Kind.INSTANCE_TYPE, declarations, outer);
    return InstanceType.of(scope.exports, scope.ownResources);
  }

  private ComponentType component(List<Declaration> declarations, Scope outer)
      throws InvalidComponentException {
    return scopes.type(scopes.declarations(Scope.Kind.COMPONENT_TYPE, declarations, outer));
  }
}
