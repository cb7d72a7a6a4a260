package io.calcitewasm.component.check;

import io.calcitewasm.component.InvalidComponentException;
import io.calcitewasm.component.model.ResourceType;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Replaces resource types, and types by the names they were given as arguments, throughout a type
 * (Explainer.md, "Type Checking": what instantiation does to the types of exports). Shared parts
 * stay shared, and what does not change stays the same object.
 */
final class Substitution {
  private final Map<ResourceType, ResourceRef> resources;
  private final Map<Defined, Defined> names;
  private final Progress progress;
  private final Map<Object, Object> done = new IdentityHashMap<>();

  /**
   * A substitution.
   *
   * @param resources what to put in place of which resource type, by identity
   * @param names what to put in place of which named type, by identity
   */
  Substitution(
      Map<ResourceType, ResourceRef> resources, Map<Defined, Defined> names, Progress progress) {
    this.resources = resources;
    this.names = names;
    this.progress = progress;
  }

  Map<String, Entity> apply(Map<String, Entity> entities) throws InvalidComponentException {
    Map<String, Entity> result = new LinkedHashMap<>();
    for (Map.Entry<String, Entity> entity : entities.entrySet()) {
      result.put(entity.getKey(), apply(entity.getValue()));
    }
    return result;
  }

  Entity apply(Entity entity) throws InvalidComponentException {
    progress.spend(1);
    return switch (entity) {
      case Entity.Func func -> new Entity.Func(function(func.type()));
      case Entity.Type type -> new Entity.Type(item(type.item()));
      case Entity.Instance instance -> new Entity.Instance(instance(instance.type()));
      case Entity.Component component -> new Entity.Component(component(component.type()));
      case Entity.Module module -> module;
    };
  }

  private TypeItem item(TypeItem item) throws InvalidComponentException {
    return switch (item) {
      case Defined defined -> defined(defined);
      case ResourceRef resource -> resource(resource);
      case FunctionType function -> function(function);
      case InstanceType instance -> instance(instance);
      case ComponentType component -> component(component);
    };
  }

  ComponentType component(ComponentType type) throws InvalidComponentException {
    if (done.get(type) instanceof ComponentType same) {
      return same;
    }
    ComponentType result =
        ComponentType.of(
            apply(type.imports()), apply(type.exports()), type.importBound(), type.exportBound());
    done.put(type, result);
    return result;
  }

  private InstanceType instance(InstanceType type) throws InvalidComponentException {
    if (done.get(type) instanceof InstanceType same) {
      return same;
    }
    InstanceType result = InstanceType.of(apply(type.exports()), type.bound());
    done.put(type, result);
    return result;
  }

  private FunctionType function(FunctionType type) throws InvalidComponentException {
    if (done.get(type) instanceof FunctionType same) {
      return same;
    }
    List<ValueType> parameters = new ArrayList<>();
    for (ValueType parameter : type.parameters()) {
      parameters.add(value(parameter));
    }
    Optional<ValueType> result = value(type.result());
    FunctionType changed =
        parameters.equals(type.parameters()) && result.equals(type.result())
            ? type
            : FunctionType.of(type.names(), parameters, result);
    done.put(type, changed);
    return changed;
  }

  private ResourceRef resource(ResourceRef resource) {
    ResourceRef replacement = resources.get(resource.type());
    return replacement == null ? resource : replacement;
  }

  private Optional<ValueType> value(Optional<ValueType> type) throws InvalidComponentException {
    return type.isPresent() ? Optional.of(value(type.get())) : type;
  }

  private ValueType value(ValueType type) throws InvalidComponentException {
    return switch (type) {
      case ValueType.Primitive primitive -> primitive;
      case Defined defined -> defined(defined);
    };
  }

  private Defined defined(Defined type) throws InvalidComponentException {
    Defined named = names.get(type);
    if (named == null) {
      named = names.get(type.origin());
    }
    if (named != null) {
      return named;
    }
    if (done.get(type) instanceof Defined same) {
      return same;
    }
    progress.spend(1);
    List<Optional<ValueType>> parts = new ArrayList<>();
    for (Optional<ValueType> part : type.parts()) {
      parts.add(value(part));
    }
    @Nullable ResourceRef resource = type.resource() == null ? null : resource(type.resource());
    Defined result =
        parts.equals(type.parts()) && resource == type.resource()
            ? type
            : type.with(parts, resource);
    done.put(type, result);
    return result;
  }
}
