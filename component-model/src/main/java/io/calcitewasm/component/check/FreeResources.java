package io.calcitewasm.component.check;

import io.calcitewasm.component.InvalidComponentException;
import io.calcitewasm.component.model.ResourceType;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** Collects the resource types that types mention without binding them themselves. */
final class FreeResources {
  private final Progress progress;
  private final Set<ResourceType> found = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<ResourceType> bound = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private FreeResources(Progress progress) {
    this.progress = progress;
  }

  /** Resource types free in any of these entities. */
  static Set<ResourceType> of(Collection<Entity> entities, Progress progress)
      throws InvalidComponentException {
    FreeResources resources = new FreeResources(progress);
    for (Entity entity : entities) {
      resources.entity(entity);
    }
    resources.found.removeAll(resources.bound);
    return resources.found;
  }

  private void entity(Entity entity) throws InvalidComponentException {
    if (!entity.usesResources()) {
      return;
    }
    switch (entity) {
      case Entity.Func func -> item(func.type());
      case Entity.Type type -> item(type.item());
      case Entity.Instance instance -> item(instance.type());
      case Entity.Component component -> item(component.type());
      case Entity.Module module -> {}
    }
  }

  private void item(TypeItem item) throws InvalidComponentException {
    if (item instanceof Defined defined) {
      value(defined);
      return;
    }
    if (!item.usesResources() || !seen.add(item)) {
      return;
    }
    progress.spend(1);
    switch (item) {
      case Defined defined -> {}
      case ResourceRef resource -> found.add(resource.type());
      case FunctionType function -> {
        for (ValueType parameter : function.parameters()) {
          value(parameter);
        }
        if (function.result().isPresent()) {
          value(function.result().get());
        }
      }
      case InstanceType instance -> {
        bound.addAll(instance.bound());
        for (Entity export : instance.exports().values()) {
          entity(export);
        }
      }
      case ComponentType component -> {
        bound.addAll(component.importBound());
        bound.addAll(component.exportBound());
        for (Entity wish : component.imports().values()) {
          entity(wish);
        }
        for (Entity export : component.exports().values()) {
          entity(export);
        }
      }
    }
  }

  private void value(ValueType type) throws InvalidComponentException {
    if (!(type instanceof Defined defined) || !type.usesResources() || !seen.add(defined)) {
      return;
    }
    progress.spend(1);
    if (defined.resource() != null) {
      found.add(defined.requireResource().type());
    }
    for (var part : defined.parts()) {
      if (part.isPresent()) {
        value(part.get());
      }
    }
  }
}
