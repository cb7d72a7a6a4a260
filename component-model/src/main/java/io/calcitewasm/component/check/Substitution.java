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

  /** The entities after the substitution; the same map if nothing changes. */
  Map<String, Entity> apply(Map<String, Entity> entities) throws InvalidComponentException {
    if (resources.isEmpty() && names.isEmpty()) {
      return entities;
    }
    boolean changed = false;
    Map<String, Entity> result = new LinkedHashMap<>();
    for (Map.Entry<String, Entity> entry : entities.entrySet()) {
      Entity entity = entity(entry.getValue());
      changed |= entity != entry.getValue();
      result.put(entry.getKey(), entity);
    }
    return changed ? result : entities;
  }

  /** A component type after the substitution. */
  ComponentType apply(ComponentType type) throws InvalidComponentException {
    return item(type) instanceof ComponentType result ? result : type;
  }

  private Entity entity(Entity entity) throws InvalidComponentException {
    if (names.isEmpty() && !entity.usesResources()) {
      return entity;
    }
    progress.spend(1);
    return switch (entity) {
      case Entity.Func func ->
          item(func.type()) instanceof FunctionType type && type != func.type()
              ? new Entity.Func(type)
              : func;
      case Entity.Type type -> {
        TypeItem item = item(type.item());
        yield item == type.item() ? type : new Entity.Type(item);
      }
      case Entity.Instance instance ->
          item(instance.type()) instanceof InstanceType type && type != instance.type()
              ? new Entity.Instance(type)
              : instance;
      case Entity.Component component ->
          item(component.type()) instanceof ComponentType type && type != component.type()
              ? new Entity.Component(type)
              : component;
      case Entity.Module module -> module;
    };
  }

  private TypeItem item(TypeItem item) throws InvalidComponentException {
    if (item instanceof Defined defined) {
      return defined(defined);
    }
    if (done.get(item) instanceof TypeItem same) {
      return same;
    }
    TypeItem result =
        switch (item) {
          case Defined defined -> defined;
          case ResourceRef resource -> resource(resource);
          case FunctionType function -> function(function);
          case InstanceType instance -> {
            Map<String, Entity> exports = apply(instance.exports());
            yield exports == instance.exports()
                ? instance
                : InstanceType.of(exports, instance.bound());
          }
          case ComponentType component -> {
            Map<String, Entity> imports = apply(component.imports());
            Map<String, Entity> exports = apply(component.exports());
            yield imports == component.imports() && exports == component.exports()
                ? component
                : ComponentType.of(
                    imports, exports, component.importBound(), component.exportBound());
          }
        };
    done.put(item, result);
    return result;
  }

  private FunctionType function(FunctionType type) throws InvalidComponentException {
    List<ValueType> parameters = new ArrayList<>();
    for (ValueType parameter : type.parameters()) {
      parameters.add(value(parameter));
    }
    Optional<ValueType> result = value(type.result());
    return parameters.equals(type.parameters()) && result.equals(type.result())
        ? type
        : FunctionType.of(type.names(), parameters, result);
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
