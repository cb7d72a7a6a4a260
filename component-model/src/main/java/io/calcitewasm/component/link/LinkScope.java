package io.calcitewasm.component.link;

import io.calcitewasm.component.abi.AbiCompiler;
import io.calcitewasm.component.binary.Sort;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The index spaces of one component instance while it is being linked. */
final class LinkScope {
  private final @Nullable LinkScope outer;
  private final int componentInstance;
  private final AbiCompiler compiler;
  private final Map<Sort, List<Def>> definitions = new EnumMap<>(Sort.class);
  private final Map<Sort, List<CoreDef>> coreDefinitions = new EnumMap<>(Sort.class);
  private final List<CoreDef.Instance> coreInstances = new ArrayList<>();

  LinkScope(@Nullable LinkScope outer, int componentInstance, AbiCompiler compiler) {
    this.outer = outer;
    this.componentInstance = componentInstance;
    this.compiler = compiler;
  }

  int componentInstance() {
    return componentInstance;
  }

  AbiCompiler compiler() {
    return compiler;
  }

  /** The scope that encloses this one so many times. */
  LinkScope enclosing(int count) {
    LinkScope scope = this;
    for (int i = 0; i < count; i++) {
      if (scope.outer == null) {
        throw new IllegalStateException("validation let an alias out of the component pass");
      }
      scope = scope.outer;
    }
    return scope;
  }

  void add(Sort sort, Def def) {
    definitions.computeIfAbsent(sort, s -> new ArrayList<>()).add(def);
  }

  Def get(Sort sort, int index) {
    return definitions.getOrDefault(sort, List.of()).get(index);
  }

  <T extends Def> T get(Sort sort, int index, Class<T> kind) {
    return kind.cast(get(sort, index));
  }

  void addCore(Sort sort, CoreDef def) {
    coreDefinitions.computeIfAbsent(sort, s -> new ArrayList<>()).add(def);
  }

  CoreDef core(Sort sort, int index) {
    return coreDefinitions.getOrDefault(sort, List.of()).get(index);
  }

  void addCoreInstance(CoreDef.Instance instance) {
    coreInstances.add(instance);
  }

  CoreDef.Instance coreInstance(int index) {
    return coreInstances.get(index);
  }
}
