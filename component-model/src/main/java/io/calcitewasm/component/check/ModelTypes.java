package io.calcitewasm.component.check;

import io.calcitewasm.component.model.ExternType;
import io.calcitewasm.component.model.FuncType;
import io.calcitewasm.component.model.ResourceType;
import io.calcitewasm.component.model.TypeName;
import io.calcitewasm.component.model.ValType;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells the types of a root component in the words of the model package. A type that several
 * interfaces name is known under its first name: imports come before exports, and among each the
 * order is that of the file.
 */
final class ModelTypes {
  private final Map<Defined, TypeName> names = new IdentityHashMap<>();
  private final Map<ResourceType, ResourceType> resources = new IdentityHashMap<>();
  private final Map<Object, Object> done = new IdentityHashMap<>();

  /** Learns the names that imports or exports give to types. */
  void learn(Map<String, Entity> entities) {
    learn("", entities);
  }

  private void learn(String interfaceName, Map<String, Entity> entities) {
    for (Map.Entry<String, Entity> entity : entities.entrySet()) {
      String name = entity.getKey();
      switch (entity.getValue()) {
        case Entity.Type(Defined defined) ->
            names.putIfAbsent(defined.origin(), new TypeName(interfaceName, name));
        case Entity.Type(ResourceRef resource) ->
            resources.putIfAbsent(resource.type(), new ResourceType(name));
        case Entity.Instance instance -> learn(name, instance.type().exports());
        case Entity.Type type -> {}
        case Entity.Func func -> {}
        case Entity.Component component -> {}
        case Entity.Module module -> {}
      }
    }
  }

  /**
   * The entities in the model's words. Exported types that are not value types or resources have no
   * words there and are left out.
   */
  Map<String, ExternType> externs(Map<String, Entity> entities) {
    Map<String, ExternType> result = new LinkedHashMap<>();
    for (Map.Entry<String, Entity> entity : entities.entrySet()) {
      extern(entity.getValue()).ifPresent(type -> result.put(entity.getKey(), type));
    }
    return result;
  }

  private Optional<ExternType> extern(Entity entity) {
    return switch (entity) {
      case Entity.Func func -> Optional.of(new ExternType.Func(function(func.type())));
      case Entity.Type(Defined defined) -> Optional.of(new ExternType.Type(value(defined)));
      case Entity.Type(ResourceRef resource) ->
          Optional.of(new ExternType.Resource(resource(resource)));
      case Entity.Type type -> Optional.empty();
      case Entity.Instance instance ->
          Optional.of(new ExternType.Instance(externs(instance.type().exports())));
      case Entity.Component component ->
          Optional.of(
              new ExternType.Component(
                  externs(component.type().imports()), externs(component.type().exports())));
      case Entity.Module module -> Optional.of(new ExternType.CoreModule(module.type()));
    };
  }

  private FuncType function(FunctionType type) {
    List<ValType.Field> parameters = new ArrayList<>();
    for (int i = 0; i < type.parameters().size(); i++) {
      parameters.add(new ValType.Field(type.names().get(i), value(type.parameters().get(i))));
    }
    return new FuncType(parameters, type.result().map(this::value));
  }

  private ResourceType resource(ResourceRef resource) {
    return resources.getOrDefault(resource.type(), resource.type());
  }

  private ValType value(ValueType type) {
    return switch (type) {
      case ValueType.Primitive primitive -> primitive.type();
      case Defined defined -> {
        if (done.get(defined) instanceof ValType same) {
          yield same;
        }
        ValType structure = structure(defined);
        TypeName name = names.get(defined.origin());
        ValType result = name == null ? structure : new ValType.NamedType(name, structure);
        done.put(defined, result);
        yield result;
      }
    };
  }

  private ValType structure(Defined type) {
    return switch (type.kind()) {
      case PRIMITIVE -> type.requirePrimitive();
      case RECORD -> {
        List<ValType.Field> fields = new ArrayList<>();
        for (int i = 0; i < type.labels().size(); i++) {
          fields.add(new ValType.Field(type.labels().get(i), part(type, i)));
        }
        yield new ValType.RecordType(fields);
      }
      case VARIANT -> {
        List<ValType.Case> cases = new ArrayList<>();
        for (int i = 0; i < type.labels().size(); i++) {
          cases.add(new ValType.Case(type.labels().get(i), type.parts().get(i).map(this::value)));
        }
        yield new ValType.VariantType(cases);
      }
      case LIST -> new ValType.ListType(part(type, 0));
      case TUPLE ->
          new ValType.TupleType(
              type.parts().stream().flatMap(Optional::stream).map(this::value).toList());
      case FLAGS -> new ValType.FlagsType(type.labels());
      case ENUM -> new ValType.EnumType(type.labels());
      case OPTION -> new ValType.OptionType(part(type, 0));
      case RESULT ->
          new ValType.ResultType(
              type.parts().get(0).map(this::value), type.parts().get(1).map(this::value));
      case OWN -> new ValType.OwnType(resource(type.requireResource()));
      case BORROW -> new ValType.BorrowType(resource(type.requireResource()));
    };
  }

  private ValType part(Defined type, int index) {
    return value(type.parts().get(index).orElseThrow());
  }
}
