package io.calcitewasm.component.check;

import io.calcitewasm.component.Caps;
import io.calcitewasm.component.InvalidComponentException;
import io.calcitewasm.component.binary.Alias;
import io.calcitewasm.component.binary.Canon;
import io.calcitewasm.component.binary.ComponentInstance;
import io.calcitewasm.component.binary.CoreInstance;
import io.calcitewasm.component.binary.Declaration;
import io.calcitewasm.component.binary.Definition;
import io.calcitewasm.component.binary.ParsedComponent;
import io.calcitewasm.component.binary.core.CoreModule;
import io.calcitewasm.component.model.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks the definitions of a component, or the declarations of a component or instance type, one
 * after the other, as each enters its index space (Explainer.md, "Component Definitions").
 */
final class ScopeChecker {
  private final Progress progress;
  private final Map<Definition.CoreModule, CoreModule> coreModules;
  private final CoreTypeEvaluator coreTypes;
  private final TypeEvaluator types;
  private final ExternChecker externs;
  private final AliasChecker aliases;
  private final InstanceChecker instances;
  private final CanonChecker canons;

  /**
   * A checker of one file.
   *
   * @param coreModules what has been read of the file's core modules
   */
  ScopeChecker(Progress progress, Caps caps, Map<Definition.CoreModule, CoreModule> coreModules) {
    this.progress = progress;
    this.coreModules = coreModules;
    this.coreTypes = new CoreTypeEvaluator(progress);
    this.types = new TypeEvaluator(progress, caps.nesting(), this);
    this.externs = new ExternChecker(progress);
    this.aliases = new AliasChecker(progress);
    this.instances = new InstanceChecker(progress);
    this.canons = new CanonChecker(progress, types);
  }

  /** Checks a component and tells its type; {@code outer} is null for the root. */
  ComponentType component(ParsedComponent component, @Nullable Scope outer)
      throws InvalidComponentException {
    Scope scope = new Scope(Scope.Kind.COMPONENT, outer, progress);
    for (Definition definition : component.definitions()) {
      progress.at(definition);
      progress.spend(1);
      switch (definition) {
        case Declaration declaration -> declaration(declaration, scope);
        case Definition.CoreModule module -> scope.coreModules.add(coreTypes.of(module(module)));
        case Definition.NestedComponent nested -> {
          ComponentType type = component(nested.component(), scope);
          progress.at(definition);
          types.checkExtent(type);
          scope.components.add(type);
        }
        case Definition.Custom custom -> {}
        case Definition.Export export -> externs.exportDefinition(export, scope);
        case CoreInstance instance -> instances.core(instance, scope);
        case ComponentInstance instance -> {
          InstanceType type = instances.component(instance, scope);
          types.checkExtent(type);
          scope.instances.add(type);
        }
        case Canon canon -> canons.check(canon, scope);
      }
    }
    return type(scope);
  }

  private CoreModule module(Definition.CoreModule definition) {
    CoreModule module = coreModules.get(definition);
    if (module == null) {
      throw new IllegalStateException("core module at " + definition.start() + " was not read");
    }
    return module;
  }

  /** Checks the declarations of a component type or instance type. */
  Scope declarations(Scope.Kind kind, List<Declaration> declarations, Scope outer)
      throws InvalidComponentException {
    Scope scope = new Scope(kind, outer, progress);
    for (Declaration declaration : declarations) {
      progress.at(declaration.offset());
      progress.spend(1);
      declaration(declaration, scope);
    }
    return scope;
  }

  private void declaration(Declaration declaration, Scope scope) throws InvalidComponentException {
    switch (declaration) {
      case Declaration.CoreTypeDef def ->
          scope.coreTypes.add(coreTypes.evaluate(def.type(), scope));
      case Declaration.TypeDef def -> scope.types.add(types.evaluate(def.type(), scope));
      case Declaration.Import def -> externs.importDefinition(def, scope);
      case Declaration.ExportDecl decl -> externs.exportDeclaration(decl, scope);
      case Alias alias -> aliases.check(alias, scope);
    }
  }

  /** The type of a component, or component type, all of whose definitions have been checked. */
  ComponentType type(Scope scope) throws InvalidComponentException {
    Set<ResourceType> inImports = FreeResources.of(scope.imports.values(), progress);
    Set<ResourceType> inExports = FreeResources.of(scope.exports.values(), progress);
    Set<ResourceType> explicit = ExplicitResources.of(scope.exports.values(), progress);
    List<ResourceType> exportBound = new ArrayList<>();
    for (ResourceType own : scope.ownResources) {
      if (inImports.contains(own)) {
        throw progress.invalid("an import uses a resource type of the component's own");
      }
      if (inExports.contains(own)) {
        if (!explicit.contains(own)) {
          throw progress.invalid(
              "an export uses a resource type of the component's own that is not exported itself");
        }
        exportBound.add(own);
      }
    }
    return ComponentType.of(scope.imports, scope.exports, scope.importedResources, exportBound);
  }
}
