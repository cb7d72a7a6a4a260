package io.calcitewasm.component.link;

import io.calcitewasm.component.HostFunction;
import io.calcitewasm.component.HostInterface;
import io.calcitewasm.component.LinkException;
import io.calcitewasm.component.Linker;
import io.calcitewasm.component.model.ExternType;
import io.calcitewasm.component.model.ResourceType;
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
    if (type instanceof ExternType.Instance instance) {
      Optional<HostInterface> offered = linker.find(name);
      Map<String, Def> exports = new LinkedHashMap<>();
      for (Map.Entry<String, ExternType> entry : instance.exports().entrySet()) {
        exports.put(entry.getKey(), item(name, offered, entry.getKey(), entry.getValue()));
      }
      return new Def.Instance(exports);
    }
    return item(name, linker.find(""), name, type);
  }

  private Def item(String importName, Optional<HostInterface> offered, String name, ExternType type)
      throws LinkException {
    return switch (type) {
      case ExternType.Func func -> {
        HostFunction function =
            offered
                .map(host -> host.functions().get(name))
                .orElseThrow(() -> missing(importName, offered, "function", name));
        String where = importName.equals(name) ? name : importName + "#" + name;
        yield new Def.HostFunc(where, func.type(), function);
      }
      case ExternType.Type value -> {
        Def.Type known = new Def.Value(value.type());
        yield new Def.LazyType(() -> known);
      }
      case ExternType.Resource resource -> {
        // An interface that uses another's resource exports it again; the first one defines it.
        if (!resources.containsKey(resource.type())) {
          Consumer<Object> drop =
              offered
                  .map(host -> host.resources().get(name))
                  .orElseThrow(() -> missing(importName, offered, "resource", name));
          resources.put(resource.type(), new LinkPlan.HostResource(drop));
        }
        yield new Def.LazyType(() -> new Def.Resource(resource.type()));
      }
      case ExternType.Instance nested ->
          throw new LinkException(importName, "the host offers no instances inside instances");
      case ExternType.Component component ->
          throw new LinkException(importName, "the host offers no components");
      case ExternType.CoreModule module ->
          throw new LinkException(importName, "the host offers no core modules");
    };
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
