package io.calcitewasm.component.check;

import io.calcitewasm.component.InvalidComponentException;
import io.calcitewasm.component.binary.Sort;
import io.calcitewasm.component.binary.core.CoreExternType;
import io.calcitewasm.component.model.ResourceType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One component, component type or instance type while it is being checked: its index spaces
 * (Explainer.md, "Index Spaces") and what it has imported and exported so far.
 */
final class Scope {

  /** What a scope belongs to. */
  enum Kind {
    COMPONENT,
    COMPONENT_TYPE,
    INSTANCE_TYPE
  }

  private final Progress progress;
  private final Kind kind;
  private final @Nullable Scope outer;

  final Space<CoreExternType.Func> coreFuncs;
  final Space<CoreExternType.Table> coreTables;
  final Space<CoreExternType.Memory> coreMemories;
  final Space<CoreExternType.Global> coreGlobals;
  final Space<CoreExternType.Tag> coreTags;
  final Space<CoreTypeItem> coreTypes;
  final Space<ModuleType> coreModules;
  final Space<Map<String, CoreExternType>> coreInstances;
  final Space<FunctionType> funcs;
  final Space<TypeItem> types;
  final Space<ComponentType> components;
  final Space<InstanceType> instances;

  /** Imports so far, by name. */
  final Map<String, Entity> imports = new LinkedHashMap<>();

  /** Exports so far, by name. */
  final Map<String, Entity> exports = new LinkedHashMap<>();

  final Externs importNames;
  final Externs exportNames;
  final Visibility visibility;

  /** Resource types that came in by import. */
  final List<ResourceType> importedResources = new ArrayList<>();

  /** Resource types that came into being here: defined, instantiated or declared as exports. */
  final List<ResourceType> ownResources = new ArrayList<>();

  /** Resource types defined here, whose representation is known. */
  final Set<ResourceType> definedHere = Collections.newSetFromMap(new IdentityHashMap<>());

  Scope(Kind kind, @Nullable Scope outer, Progress progress) {
    this.kind = kind;
    this.outer = outer;
    this.progress = progress;
    importNames = new Externs("import", progress);
    exportNames = new Externs("export", progress);
    visibility = new Visibility(progress);
    coreFuncs = new Space<>(Sort.CORE_FUNC, progress);
    coreTables = new Space<>(Sort.CORE_TABLE, progress);
    coreMemories = new Space<>(Sort.CORE_MEMORY, progress);
    coreGlobals = new Space<>(Sort.CORE_GLOBAL, progress);
    coreTags = new Space<>(Sort.CORE_TAG, progress);
    coreTypes = new Space<>(Sort.CORE_TYPE, progress);
    coreModules = new Space<>(Sort.CORE_MODULE, progress);
    coreInstances = new Space<>(Sort.CORE_INSTANCE, progress);
    funcs = new Space<>(Sort.FUNC, progress);
    types = new Space<>(Sort.TYPE, progress);
    components = new Space<>(Sort.COMPONENT, progress);
    instances = new Space<>(Sort.INSTANCE, progress);
  }

  Kind kind() {
    return kind;
  }

  /** The scope that encloses this one {@code count} times; 0 is this scope. */
  Scope enclosing(int count) throws InvalidComponentException {
    Scope scope = this;
    for (int i = 0; i < count; i++) {
      if (scope.outer == null) {
        throw progress.invalid(
            "an alias reaches out " + count + " scopes, but there are only " + i + " around it");
      }
      scope = scope.outer;
    }
    return scope;
  }

  /** Whether a component ends between this scope and the one that encloses it so many times. */
  boolean crossesComponent(int count) {
    Scope scope = this;
    for (int i = 0; i < count && scope != null; i++) {
      if (scope.kind == Kind.COMPONENT) {
        return true;
      }
      scope = scope.outer;
    }
    return false;
  }

  /** The entity at an index; only sorts that components can import and export have entities. */
  Entity entity(Sort sort, int index) throws InvalidComponentException {
    return switch (sort) {
      case FUNC -> new Entity.Func(funcs.get(index));
      case TYPE -> new Entity.Type(types.get(index));
      case COMPONENT -> new Entity.Component(components.get(index));
      case INSTANCE -> new Entity.Instance(instances.get(index));
      case CORE_MODULE -> new Entity.Module(coreModules.get(index));
      case CORE_FUNC, CORE_TABLE, CORE_MEMORY, CORE_GLOBAL, CORE_TAG, CORE_TYPE, CORE_INSTANCE ->
          throw progress.invalid(
              "a " + sort.words() + " cannot be imported, exported or passed between components");
    };
  }

  /** Adds an entity to the index space of its sort. */
  void add(Entity entity) {
    switch (entity) {
      case Entity.Func func -> funcs.add(func.type());
      case Entity.Type type -> types.add(type.item());
      case Entity.Component component -> components.add(component.type());
      case Entity.Instance instance -> instances.add(instance.type());
      case Entity.Module module -> coreModules.add(module.type());
    }
  }

  /** The core definition at an index, for the sorts that core instances export. */
  CoreExternType coreExtern(Sort sort, int index) throws InvalidComponentException {
    return switch (sort) {
      case CORE_FUNC -> coreFuncs.get(index);
      case CORE_TABLE -> coreTables.get(index);
      case CORE_MEMORY -> coreMemories.get(index);
      case CORE_GLOBAL -> coreGlobals.get(index);
      case CORE_TAG -> coreTags.get(index);
      case CORE_TYPE, CORE_MODULE, CORE_INSTANCE, FUNC, TYPE, COMPONENT, INSTANCE ->
          throw progress.invalid("a core instance cannot export a " + sort.words());
    };
  }

  /** Adds a core definition to the index space of its sort. */
  void add(CoreExternType extern) {
    switch (extern) {
      case CoreExternType.Func func -> coreFuncs.add(func);
      case CoreExternType.Table table -> coreTables.add(table);
      case CoreExternType.Memory memory -> coreMemories.add(memory);
      case CoreExternType.Global global -> coreGlobals.add(global);
      case CoreExternType.Tag tag -> coreTags.add(tag);
    }
  }
}
