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
import io.calcitewasm.component.binary.Sort;
import io.calcitewasm.component.binary.core.CoreExternType;
import io.calcitewasm.component.binary.core.CoreModule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts what instantiation will make: instances, and the initial sizes of their memories and
 * tables. Components are instantiated with components, so that the numbers can be exponential in
 * the file; hence this walks through the instantiation itself and stops at the caps. It asks for a
 * component that has passed all other checks.
 */
final class Census {
  private static final long PAGE = 1 << 16;

  private final Progress progress;
  private final Caps caps;
  private final Map<Definition.CoreModule, CoreModule> coreModules;
  private int instances;
  private long tableEntries;
  private long memoryBytes;

  private Census(Progress progress, Caps caps, Map<Definition.CoreModule, CoreModule> coreModules) {
    this.progress = progress;
    this.caps = caps;
    this.coreModules = coreModules;
  }

  /** What can be instantiated, or contains such things. */
  private sealed interface Item {}

  /** A component of the file, with the scope it stands in. */
  private record ComponentItem(ParsedComponent component, @Nullable Spaces outer) implements Item {}

  /** A core module of the file. */
  private record ModuleItem(CoreModule module) implements Item {}

  /** An instance made by the file. */
  private record InstanceItem(Map<String, Item> exports) implements Item {}

  /** Something that the host provides, or of no interest here. */
  private record Foreign() implements Item {}

  private static final Foreign FOREIGN = new Foreign();

  /** The index spaces that matter. */
  private static final class Spaces {
    final @Nullable Spaces outer;
    final List<Item> components = new ArrayList<>();
    final List<Item> instances = new ArrayList<>();
    final List<Item> coreModules = new ArrayList<>();

    Spaces(@Nullable Spaces outer) {
      this.outer = outer;
    }

    Item get(Sort sort, int index) {
      return switch (sort) {
        case COMPONENT -> components.get(index);
        case INSTANCE -> instances.get(index);
        case CORE_MODULE -> coreModules.get(index);
        case CORE_FUNC,
            CORE_TABLE,
            CORE_MEMORY,
            CORE_GLOBAL,
            CORE_TAG,
            CORE_TYPE,
            CORE_INSTANCE,
            FUNC,
            TYPE ->
            FOREIGN;
      };
    }

    void add(Sort sort, Item item) {
      switch (sort) {
        case COMPONENT -> components.add(item);
        case INSTANCE -> instances.add(item);
        case CORE_MODULE -> coreModules.add(item);
        case CORE_FUNC,
            CORE_TABLE,
            CORE_MEMORY,
            CORE_GLOBAL,
            CORE_TAG,
            CORE_TYPE,
            CORE_INSTANCE,
            FUNC,
            TYPE -> {}
      }
    }
  }

  /** Counts the instantiation of a valid root component, and refuses one beyond the caps. */
  static void check(
      ParsedComponent root,
      Progress progress,
      Caps caps,
      Map<Definition.CoreModule, CoreModule> coreModules)
      throws InvalidComponentException {
    new Census(progress, caps, coreModules).instantiate(new ComponentItem(root, null), Map.of());
  }

  private Item instantiate(Item item, Map<String, Item> arguments)
      throws InvalidComponentException {
    count();
    if (!(item instanceof ComponentItem component)) {
      return FOREIGN;
    }
    Spaces spaces = new Spaces(component.outer());
    Map<String, Item> exports = new HashMap<>();
    for (Definition definition : component.component().definitions()) {
      progress.at(definition);
      progress.spend(1);
      switch (definition) {
        case Definition.CoreModule module -> {
          CoreModule read = coreModules.get(module);
          spaces.coreModules.add(read == null ? FOREIGN : new ModuleItem(read));
        }
        case Definition.NestedComponent nested ->
            spaces.components.add(new ComponentItem(nested.component(), spaces));
        case Declaration.Import wish ->
            spaces.add(wish.type().sort(), arguments.getOrDefault(wish.name().text(), FOREIGN));
        case Definition.Export export -> {
          Item exported = spaces.get(export.sort(), export.index());
          spaces.add(export.sort(), exported);
          exports.put(export.name().text(), exported);
        }
        case CoreInstance.Instantiate instance -> module(spaces, instance);
        case ComponentInstance instance -> spaces.instances.add(instance(instance, spaces));
        case Alias.Export alias ->
            spaces.add(
                alias.sort(),
                spaces.instances.get(alias.instance()) instanceof InstanceItem of
                    ? of.exports().getOrDefault(alias.name(), FOREIGN)
                    : FOREIGN);
        case Alias.Outer alias -> spaces.add(alias.sort(), outer(alias, spaces));
        case Alias.CoreExport alias -> {}
        case CoreInstance.FromExports bundle -> {}
        case Declaration.CoreTypeDef def -> {}
        case Declaration.TypeDef def -> {}
        case Declaration.ExportDecl decl -> {}
        case Definition.Custom custom -> {}
        case Canon canon -> {}
      }
    }
    return new InstanceItem(exports);
  }

  private static Item outer(Alias.Outer alias, Spaces from) {
    Spaces spaces = from;
    for (int i = 0; i < alias.count() && spaces.outer != null; i++) {
      spaces = spaces.outer;
    }
    return spaces.get(alias.sort(), alias.index());
  }

  private Item instance(ComponentInstance instance, Spaces spaces)
      throws InvalidComponentException {
    Map<String, Item> items = new HashMap<>();
    switch (instance) {
      case ComponentInstance.Instantiate instantiate -> {
        progress.spend(instantiate.arguments().size());
        for (ComponentInstance.With with : instantiate.arguments()) {
          items.put(with.name(), spaces.get(with.sort(), with.index()));
        }
        return instantiate(spaces.components.get(instantiate.component()), items);
      }
      case ComponentInstance.FromExports bundle -> {
        progress.spend(bundle.exports().size());
        for (ComponentInstance.Item item : bundle.exports()) {
          items.put(item.name().text(), spaces.get(item.sort(), item.index()));
        }
        return new InstanceItem(items);
      }
    }
  }

  private void module(Spaces spaces, CoreInstance.Instantiate instance)
      throws InvalidComponentException {
    count();
    if (!(spaces.coreModules.get(instance.coreModule()) instanceof ModuleItem item)) {
      return;
    }
    for (CoreExternType.Table table : item.module().tables()) {
      tableEntries += table.limits().minimum();
    }
    if (tableEntries > caps.tableEntries()) {
      throw progress.invalid(
          "the component's tables start with more than " + caps.tableEntries() + " entries");
    }
    for (CoreExternType.Memory memory : item.module().memories()) {
      memoryBytes += memory.limits().minimum() * PAGE;
    }
    if (memoryBytes > caps.memoryBytes()) {
      throw progress.invalid(
          "the component's memories start with more than " + caps.memoryBytes() + " bytes");
    }
  }

  private void count() throws InvalidComponentException {
    if (++instances > caps.instances()) {
      throw progress.invalid(
          "instantiating the component would make more than " + caps.instances() + " instances");
    }
  }
}
