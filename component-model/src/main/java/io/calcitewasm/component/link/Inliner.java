package io.calcitewasm.component.link;

import io.calcitewasm.component.InvalidComponentException;
import io.calcitewasm.component.abi.AbiCompiler;
import io.calcitewasm.component.abi.ResourceSite;
import io.calcitewasm.component.binary.Alias;
import io.calcitewasm.component.binary.Canon;
import io.calcitewasm.component.binary.CanonOptions;
import io.calcitewasm.component.binary.ComponentInstance;
import io.calcitewasm.component.binary.CoreInstance;
import io.calcitewasm.component.binary.Declaration;
import io.calcitewasm.component.binary.Definition;
import io.calcitewasm.component.binary.ParsedComponent;
import io.calcitewasm.component.binary.Sort;
import io.calcitewasm.component.binary.TypeExpr;
import io.calcitewasm.component.model.FuncType;
import io.calcitewasm.component.model.ResourceType;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Instantiates a validated component symbolically (Explainer.md, "Component Definitions"): walks
 * its definitions, and those of every component it instantiates, and writes down what is left to do
 * when an instance is made. Resource types get their identity here, one per instantiation.
 */
final class Inliner {
  /**
   * Most bytes of definitions to walk, each as often as it is instantiated: a small file can
   * instantiate a long list of definitions very often. Real components need some hundred thousand.
   */
  private static final long MOST_BYTES = 16 << 20;

  private final List<Integer> parents = new ArrayList<>();
  private final Map<Def.Module, Integer> modules = new LinkedHashMap<>();
  private final List<LinkPlan.Instantiation> instantiations = new ArrayList<>();
  private final List<LinkPlan.Trampoline> trampolines = new ArrayList<>();
  private final List<LinkPlan.Lift> lifts = new ArrayList<>();
  private final Map<ResourceType, LinkPlan.ResourceImplementation> resources;
  private final Function<Definition.CoreModule, LinkedModule> link;
  private final Map<Definition.CoreModule, LinkedModule> linked = new IdentityHashMap<>();
  private long bytes;

  private Inliner(
      Map<ResourceType, LinkPlan.HostResource> hostResources,
      Function<Definition.CoreModule, LinkedModule> link) {
    this.resources = new IdentityHashMap<>(hostResources);
    this.link = link;
  }

  /**
   * Plans the instantiation of a root component.
   *
   * @param imports what serves each import
   * @param hostResources the resource types among them
   * @param link finds the bytes of a core module
   * @throws InvalidComponentException if it repeats itself too often
   */
  static LinkPlan plan(
      ParsedComponent root,
      Map<String, Def> imports,
      Map<ResourceType, LinkPlan.HostResource> hostResources,
      Function<Definition.CoreModule, LinkedModule> link)
      throws InvalidComponentException {
    Inliner inliner = new Inliner(hostResources, link);
    Map<String, Def> exports = inliner.instantiate(root, null, -1, imports);
    return new LinkPlan(
        List.copyOf(inliner.parents),
        List.copyOf(inliner.modules.keySet()),
        List.copyOf(inliner.instantiations),
        List.copyOf(inliner.trampolines),
        List.copyOf(inliner.lifts),
        inliner.resources,
        exports);
  }

  private Map<String, Def> instantiate(
      ParsedComponent component, @Nullable LinkScope outer, int parent, Map<String, Def> arguments)
      throws InvalidComponentException {
    spend(component);
    int number = parents.size();
    parents.add(parent);
    LinkScope scope = new LinkScope(outer, number, new AbiCompiler(type -> siteOf(type, number)));
    Map<String, Def> exports = new LinkedHashMap<>();
    for (Definition definition : component.definitions()) {
      define(definition, scope, arguments, exports);
    }
    return exports;
  }

  /** Counts what stands between the modules and components inside a component. */
  private void spend(ParsedComponent component) throws InvalidComponentException {
    bytes += component.end() - component.start();
    for (Definition definition : component.definitions()) {
      bytes -=
          switch (definition) {
            case Definition.CoreModule module -> module.end() - module.start();
            case Definition.NestedComponent nested ->
                nested.component().end() - nested.component().start();
            case Definition.Custom custom -> custom.end() - custom.start();
            default -> 0;
          };
    }
    if (bytes > MOST_BYTES) {
      throw new InvalidComponentException(
          "the component repeats itself too often to be linked", component.start(), "component");
    }
  }

  private ResourceSite siteOf(ResourceType type, int componentInstance) {
    return switch (resources.get(type)) {
      case LinkPlan.GuestResource guest ->
          guest.componentInstance() == componentInstance
              ? ResourceSite.SAME_INSTANCE
              : ResourceSite.OTHER_INSTANCE;
      case LinkPlan.HostResource host -> ResourceSite.HOST;
      case null -> throw new IllegalStateException("nobody implements " + type);
    };
  }

  private void define(
      Definition definition, LinkScope scope, Map<String, Def> arguments, Map<String, Def> exports)
      throws InvalidComponentException {
    switch (definition) {
      case Definition.CoreModule module ->
          scope.add(Sort.CORE_MODULE, new Def.Module(linked.computeIfAbsent(module, link)));
      case Definition.NestedComponent nested ->
          scope.add(Sort.COMPONENT, new Def.Component(nested.component(), scope));
      case Definition.Custom custom -> {}
      case Definition.Export export -> {
        Def def = scope.get(export.sort(), export.index());
        exports.put(export.name().text(), def);
        scope.add(export.sort(), def);
      }
      case CoreInstance instance -> scope.addCoreInstance(coreInstance(instance, scope));
      case ComponentInstance instance -> scope.add(Sort.INSTANCE, instance(instance, scope));
      case Canon canon -> canon(canon, scope);
      case Declaration.CoreTypeDef type -> {}
      case Declaration.TypeDef type -> scope.add(Sort.TYPE, type(type.type(), scope));
      case Declaration.Import imported ->
          scope.add(imported.type().sort(), argument(imported.name().text(), arguments));
      case Declaration.ExportDecl export ->
          throw new IllegalStateException("an export declaration outside a type");
      case Alias alias -> alias(alias, scope);
    }
  }

  private static Def argument(String name, Map<String, Def> arguments) {
    Def def = arguments.get(name);
    if (def == null) {
      throw new IllegalStateException("validation let a missing argument pass: " + name);
    }
    return def;
  }

  private Def.LazyType type(TypeExpr type, LinkScope scope) {
    if (type instanceof TypeExpr.Resource definition) {
      ResourceType resource =
          new ResourceType("#" + scope.componentInstance() + "." + resources.size());
      CoreDef destructor = optional(Sort.CORE_FUNC, definition.destructor(), scope);
      resources.put(resource, new LinkPlan.GuestResource(scope.componentInstance(), destructor));
      return new Def.LazyType(() -> new Def.Resource(resource));
    }
    return new Def.LazyType(() -> new TypeEvaluation(scope).evaluate(type));
  }

  private CoreDef.Instance coreInstance(CoreInstance instance, LinkScope scope) {
    return switch (instance) {
      case CoreInstance.Instantiate instantiate -> {
        Map<String, CoreDef.Instance> arguments = new LinkedHashMap<>();
        for (CoreInstance.With with : instantiate.arguments()) {
          arguments.put(with.name(), scope.coreInstance(with.coreInstance()));
        }
        Def.Module module = scope.get(Sort.CORE_MODULE, instantiate.coreModule(), Def.Module.class);
        int number = modules.computeIfAbsent(module, m -> modules.size());
        instantiations.add(new LinkPlan.Instantiation(number, arguments));
        yield new CoreDef.ModuleInstance(instantiations.size() - 1);
      }
      case CoreInstance.FromExports bundle -> {
        Map<String, CoreDef> exports = new LinkedHashMap<>();
        for (CoreInstance.Item item : bundle.exports()) {
          exports.put(item.name(), scope.core(item.sort(), item.index()));
        }
        yield new CoreDef.Bundle(exports);
      }
    };
  }

  private Def.Instance instance(ComponentInstance instance, LinkScope scope)
      throws InvalidComponentException {
    return switch (instance) {
      case ComponentInstance.Instantiate instantiate -> {
        Map<String, Def> arguments = new LinkedHashMap<>();
        for (ComponentInstance.With with : instantiate.arguments()) {
          arguments.put(with.name(), scope.get(with.sort(), with.index()));
        }
        Def.Component component =
            scope.get(Sort.COMPONENT, instantiate.component(), Def.Component.class);
        yield new Def.Instance(
            instantiate(
                component.component(), component.outer(), scope.componentInstance(), arguments));
      }
      case ComponentInstance.FromExports bundle -> {
        Map<String, Def> exports = new LinkedHashMap<>();
        for (ComponentInstance.Item item : bundle.exports()) {
          exports.put(item.name().text(), scope.get(item.sort(), item.index()));
        }
        yield new Def.Instance(exports);
      }
    };
  }

  private static void alias(Alias alias, LinkScope scope) {
    switch (alias) {
      case Alias.Export export -> {
        Def.Instance instance = scope.get(Sort.INSTANCE, export.instance(), Def.Instance.class);
        scope.add(export.sort(), argument(export.name(), instance.exports()));
      }
      case Alias.CoreExport export ->
          scope.addCore(
              export.sort(), scope.coreInstance(export.coreInstance()).export(export.name()));
      case Alias.Outer outer -> {
        // Core types have no part in linking.
        if (outer.sort() != Sort.CORE_TYPE) {
          scope.add(outer.sort(), scope.enclosing(outer.count()).get(outer.sort(), outer.index()));
        }
      }
    }
  }

  private void canon(Canon canon, LinkScope scope) {
    int instance = scope.componentInstance();
    TypeEvaluation types = new TypeEvaluation(scope);
    switch (canon) {
      case Canon.Lift lift -> {
        FuncType type = types.function(lift.type());
        CoreDef callee = scope.core(Sort.CORE_FUNC, lift.coreFunc());
        lifts.add(
            new LinkPlan.Lift(
                lifts.size(),
                nameOf(callee),
                instance,
                callee,
                options(lift.options(), scope),
                scope.compiler().signature(type)));
        scope.add(Sort.FUNC, new Def.LiftedFunc(lifts.size() - 1, type));
      }
      case Canon.Lower lower -> {
        Def.Func target = scope.get(Sort.FUNC, lower.func(), Def.Func.class);
        trampoline(
            new LinkPlan.Lower(
                instance,
                target,
                options(lower.options(), scope),
                scope.compiler().signature(target.type())),
            scope);
      }
      case Canon.ResourceNew resource ->
          trampoline(new LinkPlan.ResourceNew(instance, types.resource(resource.type())), scope);
      case Canon.ResourceDrop resource ->
          trampoline(new LinkPlan.ResourceDrop(instance, types.resource(resource.type())), scope);
      case Canon.ResourceRep resource ->
          trampoline(new LinkPlan.ResourceRep(instance, types.resource(resource.type())), scope);
    }
  }

  private void trampoline(LinkPlan.Trampoline trampoline, LinkScope scope) {
    trampolines.add(trampoline);
    scope.addCore(Sort.CORE_FUNC, new CoreDef.Trampoline(trampolines.size() - 1));
  }

  private static String nameOf(CoreDef callee) {
    return switch (callee) {
      case CoreDef.Export export -> export.name();
      case CoreDef.Trampoline trampoline -> "#" + trampoline.number();
    };
  }

  private static LinkPlan.Options options(CanonOptions options, LinkScope scope) {
    return new LinkPlan.Options(
        options.encoding(),
        optional(Sort.CORE_MEMORY, options.memory(), scope),
        optional(Sort.CORE_FUNC, options.realloc(), scope),
        optional(Sort.CORE_FUNC, options.postReturn(), scope));
  }

  private static @Nullable CoreDef optional(Sort sort, OptionalInt index, LinkScope scope) {
    return index.isPresent() ? scope.core(sort, index.getAsInt()) : null;
  }
}
