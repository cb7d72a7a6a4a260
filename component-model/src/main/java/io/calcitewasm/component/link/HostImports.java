package io.calcitewasm.component.link;

import io.calcitewasm.component.HostFunction;
import io.calcitewasm.component.HostInterface;
import io.calcitewasm.component.HostModule;
import io.calcitewasm.component.LinkException;
import io.calcitewasm.component.Linker;
import io.calcitewasm.component.check.CoreMatching;
import io.calcitewasm.component.model.ExternType;
import io.calcitewasm.component.model.FuncType;
import io.calcitewasm.component.model.ResourceType;
import io.calcitewasm.component.model.WitPrinter;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Serves a root component's imports from what a linker offers. */
final class HostImports {
  private final Linker linker;
  private final Map<String, Def> imports = new LinkedHashMap<>();
  private final Map<ResourceType, LinkPlan.HostResource> resources = new IdentityHashMap<>();

  private final Map<HostModule, LinkedModule> linked = new IdentityHashMap<>();
  private final HostTypes types = new HostTypes();

  private HostImports(Linker linker) {
    this.linker = linker;
  }

  /**
   * Finds everything that a component imports.
   *
   * @param types the component's imports
   * @throws LinkException if something is not offered
   */
  static HostImports resolve(Map<String, ExternType> types, Linker linker) throws LinkException {
    HostImports host = new HostImports(linker);
    for (Map.Entry<String, ExternType> entry : types.entrySet()) {
      host.imports.put(entry.getKey(), host.root(entry.getKey(), entry.getValue()));
    }
    return host;
  }

  Map<String, Def> imports() {
    return imports;
  }

  Map<ResourceType, LinkPlan.HostResource> resources() {
    return resources;
  }

  private Def root(String name, ExternType type) throws LinkException {
    Optional<HostInterface> world = linker.find("");
    if (type instanceof ExternType.Instance instance) {
      Optional<HostInterface> offered = linker.find(name);
      if (offered.isEmpty() && world.filter(w -> w.functions().containsKey(name)).isPresent()) {
        throw new LinkException(name, "the host offers a function of this name, not an instance");
      }
      return instance(name, offered, instance);
    }
    return item(name, world, name, type);
  }

  private Def.Instance instance(
      String importName, Optional<HostInterface> offered, ExternType.Instance type)
      throws LinkException {
    Map<String, Def> exports = new LinkedHashMap<>();
    for (Map.Entry<String, ExternType> entry : type.exports().entrySet()) {
      exports.put(entry.getKey(), item(importName, offered, entry.getKey(), entry.getValue()));
    }
    return new Def.Instance(exports);
  }

  private Def item(String importName, Optional<HostInterface> offered, String name, ExternType type)
      throws LinkException {
    return switch (type) {
      case ExternType.Func func -> function(importName, offered, name, func.type());
      case ExternType.Type value -> {
        Def.Type known = new Def.Value(value.type());
        yield new Def.LazyType(() -> known);
      }
      case ExternType.Resource resource -> {
        resource(importName, offered, name, resource.type());
        yield new Def.LazyType(() -> new Def.Resource(resource.type()));
      }
      case ExternType.Instance nested ->
          instance(importName, offered.map(host -> host.instances().get(name)), nested);
      case ExternType.Component component ->
          throw new LinkException(importName, "the host offers no components");
      case ExternType.CoreModule module -> {
        HostModule found =
            offered
                .map(host -> host.modules().get(name))
                .orElseThrow(() -> missing(importName, offered, "core module", name));
        Optional<String> mismatch = CoreMatching.module(found.facts(), module.type());
        if (mismatch.isPresent()) {
          throw new LinkException(
              importName, "the core module \"" + name + "\" does not fit: " + mismatch.get());
        }
        yield new Def.Module(
            linked.computeIfAbsent(found, f -> new LinkedModule(f.bytes(), f.facts(), 0)));
      }
    };
  }

  private Def.HostFunc function(
      String importName, Optional<HostInterface> offered, String name, FuncType type)
      throws LinkException {
    HostFunction function =
        offered
            .map(host -> host.functions().get(name))
            .orElseThrow(() -> missing(importName, offered, "function", name));
    Optional<FuncType> declared = offered.map(host -> host.functionTypes().get(name));
    if (declared.isPresent() && !types.same(declared.get(), type)) {
      throw new LinkException(
          importName,
          "the host offers \""
              + WitPrinter.shortFunction(name, declared.get())
              + "\", the component imports \""
              + WitPrinter.shortFunction(name, type)
              + "\"");
    }
    String where = importName.equals(name) ? name : importName + "#" + name;
    return new Def.HostFunc(where, type, function);
  }

  /** An interface that uses another's resource exports it again; the first one defines it. */
  private void resource(
      String importName, Optional<HostInterface> offered, String name, ResourceType type)
      throws LinkException {
    Optional<ResourceType> declared = offered.map(host -> host.resourceTypes().get(name));
    if (!resources.containsKey(type)) {
      Consumer<Object> drop =
          offered
              .map(host -> host.resources().get(name))
              .orElseThrow(() -> missing(importName, offered, "resource", name));
      resources.put(type, new LinkPlan.HostResource(drop));
      declared.ifPresent(known -> types.serve(type, known));
    } else if (declared.isPresent() && types.servedByAnother(type, declared.get())) {
      throw new LinkException(
          importName, "the resource \"" + name + "\" is offered with another type than imported");
    }
  }

  private static LinkException missing(
      String importName, Optional<HostInterface> offered, String sort, String name) {
    String problem =
        offered.isPresent()
            ? "\"" + offered.get().name() + "\" offers no " + sort + " \"" + name + "\""
            : "nobody offers the " + sort + " \"" + name + "\"";
    return new LinkException(importName, problem);
  }
}
