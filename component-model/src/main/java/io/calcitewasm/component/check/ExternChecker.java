package io.calcitewasm.component.check;

import io.calcitewasm.component.InvalidComponentException;
import io.calcitewasm.component.binary.Declaration;
import io.calcitewasm.component.binary.Definition;
import io.calcitewasm.component.binary.ExternDesc;
import io.calcitewasm.component.binary.ExternName;
import io.calcitewasm.component.model.ResourceType;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Checks imports and exports (Explainer.md, "Import and Export Definitions"). */
final class ExternChecker {
  private final Progress progress;

  ExternChecker(Progress progress) {
    this.progress = progress;
  }

  void importDefinition(Declaration.Import definition, Scope scope)
      throws InvalidComponentException {
    String name = definition.name().text();
    Entity entity = entity(definition.type(), name, scope, scope.importedResources);
    scope.add(entity);
    if (scope.kind() != Scope.Kind.INSTANCE_TYPE) {
      scope.visibility.imported(name, entity);
    }
    scope.importNames.add(definition.name(), entity);
    scope.imports.put(name, entity);
  }

  /** An export of a component type or instance type. */
  void exportDeclaration(Declaration.ExportDecl declaration, Scope scope)
      throws InvalidComponentException {
    String name = declaration.name().text();
    Entity entity = entity(declaration.type(), name, scope, scope.ownResources);
    export(declaration.name(), entity, scope);
  }

  /** An export of a component. */
  void exportDefinition(Definition.Export definition, Scope scope)
      throws InvalidComponentException {
    String name = definition.name().text();
    Entity actual = scope.entity(definition.sort(), definition.index());
    Entity exported;
    if (definition.ascribed().isPresent()) {
      List<ResourceType> fresh = new ArrayList<>();
      exported = entity(definition.ascribed().get(), name, scope, fresh);
      new Matching(progress, fresh).entity("export \"" + name + "\"", actual, exported);
      scope.ownResources.addAll(fresh);
    } else {
      exported = renamed(actual);
    }
    export(definition.name(), exported, scope);
  }

  private void export(ExternName name, Entity entity, Scope scope)
      throws InvalidComponentException {
    scope.add(entity);
    if (scope.kind() != Scope.Kind.INSTANCE_TYPE) {
      scope.visibility.exported(name.text(), entity);
    }
    scope.exportNames.add(name, entity);
    scope.exports.put(name.text(), entity);
  }

  /** An entity under a new name: types get a name of their own, everything else stays. */
  private static Entity renamed(Entity entity) {
    if (entity instanceof Entity.Type type) {
      return new Entity.Type(renamed(type.item()));
    }
    return entity;
  }

  private static TypeItem renamed(TypeItem item) {
    return switch (item) {
      case Defined defined -> defined.renamed();
      case ResourceRef resource -> new ResourceRef(resource.type());
      case FunctionType function -> function;
      case InstanceType instance -> instance;
      case ComponentType component -> component;
    };
  }

  /**
   * What a descriptor means in a scope.
   *
   * @param fresh receives the resource types that it introduces
   */
  private Entity entity(ExternDesc desc, String name, Scope scope, List<ResourceType> fresh)
      throws InvalidComponentException {
    return switch (desc) {
      case ExternDesc.CoreModule module -> {
        if (scope.coreTypes.get(module.coreType()) instanceof ModuleType type) {
          yield new Entity.Module(type);
        }
        throw progress.invalid(
            "core type index " + module.coreType() + " is a function type, not a module type");
      }
      case ExternDesc.Func func -> {
        TypeItem item = scope.types.get(func.type());
        if (item instanceof FunctionType type) {
          yield new Entity.Func(type);
        }
        throw notA("function type", func.type(), item);
      }
      case ExternDesc.TypeEq eq -> new Entity.Type(renamed(scope.types.get(eq.type())));
      case ExternDesc.SubResource sub -> {
        ResourceType resource = new ResourceType(name);
        fresh.add(resource);
        yield new Entity.Type(new ResourceRef(resource));
      }
      case ExternDesc.Component component -> {
        TypeItem item = scope.types.get(component.type());
        if (item instanceof ComponentType type) {
          yield new Entity.Component(type);
        }
        throw notA("component type", component.type(), item);
      }
      case ExternDesc.Instance instance -> {
        TypeItem item = scope.types.get(instance.type());
        if (item instanceof InstanceType type) {
          yield new Entity.Instance(opened(type, fresh));
        }
        throw notA("instance type", instance.type(), item);
      }
    };
  }

  /** An actual instance of a type: the resource types that the type binds become new ones. */
  private InstanceType opened(InstanceType type, List<ResourceType> fresh)
      throws InvalidComponentException {
    if (type.bound().isEmpty()) {
      return type;
    }
    Map<ResourceType, ResourceRef> replacements = new IdentityHashMap<>();
    for (ResourceType bound : type.bound()) {
      ResourceType resource = new ResourceType(bound.name());
      fresh.add(resource);
      replacements.put(bound, new ResourceRef(resource));
    }
    return InstanceType.of(
        new Substitution(replacements, Map.of(), progress).apply(type.exports()), List.of());
  }

  private InvalidComponentException notA(String expected, int index, TypeItem item) {
    return progress.invalid(
        "type index " + index + " is a " + item.words() + ", not a " + expected);
  }
}
