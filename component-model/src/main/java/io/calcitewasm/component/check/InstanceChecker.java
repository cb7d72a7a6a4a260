package io.calcitewasm.component.check;

import io.calcitewasm.component.InvalidComponentException;
import io.calcitewasm.component.binary.ComponentInstance;
import io.calcitewasm.component.binary.CoreInstance;
import io.calcitewasm.component.binary.core.CoreExternType;
import io.calcitewasm.component.model.ResourceType;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks instances (Explainer.md, "Instance Definitions"). */
final class InstanceChecker {
  private final Progress progress;

  InstanceChecker(Progress progress) {
    this.progress = progress;
  }

  void core(CoreInstance instance, Scope scope) throws InvalidComponentException {
    scope.coreInstances.add(
        switch (instance) {
          case CoreInstance.Instantiate instantiate -> coreInstantiate(instantiate, scope);
          case CoreInstance.FromExports exports -> coreExports(exports, scope);
        });
  }

  private Map<String, CoreExternType> coreInstantiate(
      CoreInstance.Instantiate instantiate, Scope scope) throws InvalidComponentException {
    ModuleType module = scope.coreModules.get(instantiate.coreModule());
    Map<String, Map<String, CoreExternType>> arguments = new HashMap<>();
    for (CoreInstance.With with : instantiate.arguments()) {
      progress.at(with.offset());
      if (arguments.put(with.name(), scope.coreInstances.get(with.coreInstance())) != null) {
        throw progress.invalid("the argument \"" + with.name() + "\" stands twice");
      }
    }
    progress.at(instantiate);
    progress.spend(module.size());
    for (Map.Entry<ModuleType.ImportName, CoreExternType> wish : module.imports().entrySet()) {
      ModuleType.ImportName name = wish.getKey();
      Map<String, CoreExternType> argument = arguments.get(name.module());
      if (argument == null) {
        throw progress.invalid(
            "the core module imports "
                + name
                + ", but there is no argument \""
                + name.module()
                + "\"");
      }
      CoreExternType given = argument.get(name.name());
      if (given == null) {
        throw progress.invalid(
            "the core module imports " + name + ", which the argument does not export");
      }
      Optional<String> mismatch = CoreMatching.extern(given, wish.getValue());
      if (mismatch.isPresent()) {
        throw progress.invalid("the core import " + name + ": " + mismatch.get());
      }
    }
    return module.exports();
  }

  private Map<String, CoreExternType> coreExports(CoreInstance.FromExports instance, Scope scope)
      throws InvalidComponentException {
    progress.spend(instance.exports().size());
    Map<String, CoreExternType> exports = new LinkedHashMap<>();
    for (CoreInstance.Item item : instance.exports()) {
      progress.at(item.offset());
      if (exports.put(item.name(), scope.coreExtern(item.sort(), item.index())) != null) {
        throw progress.invalid("the core export \"" + item.name() + "\" stands twice");
      }
    }
    return exports;
  }

  InstanceType component(ComponentInstance instance, Scope scope) throws InvalidComponentException {
    return switch (instance) {
      case ComponentInstance.Instantiate instantiate -> instantiate(instantiate, scope);
      case ComponentInstance.FromExports exports -> exports(exports, scope);
    };
  }

  private InstanceType instantiate(ComponentInstance.Instantiate instantiate, Scope scope)
      throws InvalidComponentException {
    ComponentType component = scope.components.get(instantiate.component());
    Map<String, Entity> arguments = new HashMap<>();
    for (ComponentInstance.With with : instantiate.arguments()) {
      progress.at(with.offset());
      progress.spend(1);
      if (arguments.put(with.name(), scope.entity(with.sort(), with.index())) != null) {
        throw progress.invalid("the argument \"" + with.name() + "\" stands twice");
      }
    }
    progress.at(instantiate);
    Matching matching = new Matching(progress, component.importBound());
    for (Map.Entry<String, Entity> wish : component.imports().entrySet()) {
      Entity argument = arguments.get(wish.getKey());
      if (argument == null) {
        throw progress.invalid(
            "the component imports \"" + wish.getKey() + "\", but there is no such argument");
      }
      matching.entity("argument \"" + wish.getKey() + "\"", argument, wish.getValue());
    }
    Map<ResourceType, ResourceRef> resources = new IdentityHashMap<>(matching.chosen());
    for (ResourceType bound : component.exportBound()) {
      ResourceType fresh = new ResourceType(bound.name());
      scope.ownResources.add(fresh);
      resources.put(bound, new ResourceRef(fresh));
    }
    return InstanceType.of(
        new Substitution(resources, matching.renamed(), progress).apply(component.exports()),
        List.of());
  }

  private InstanceType exports(ComponentInstance.FromExports instance, Scope scope)
      throws InvalidComponentException {
    Externs names = new Externs("export", progress);
    Map<String, Entity> exports = new LinkedHashMap<>();
    for (ComponentInstance.Item item : instance.exports()) {
      progress.at(item.offset());
      progress.spend(1);
      Entity entity = scope.entity(item.sort(), item.index());
      names.addToBundle(item.name(), entity);
      exports.put(item.name().text(), entity);
    }
    return InstanceType.of(exports, List.of());
  }
}
