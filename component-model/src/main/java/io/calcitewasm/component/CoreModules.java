package io.calcitewasm.component;

import io.calcitewasm.component.binary.Definition;
import io.calcitewasm.component.binary.core.CoreExternType;
import io.calcitewasm.component.binary.core.CoreExternType.Limits;
import io.calcitewasm.component.binary.core.CoreModule;
import io.calcitewasm.component.binary.core.CoreModuleRewriter;
import io.calcitewasm.component.binary.core.GrowthRecorder;
import io.calcitewasm.component.core.CoreEngine;
import io.calcitewasm.component.core.CoreModuleException;
import io.calcitewasm.component.link.Linkage;
import io.calcitewasm.component.link.PreparedModule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Hands a component's core modules to the engine, with limits written into them. */
final class CoreModules {
  private static final int PAGE_BYTES = 1 << 16;

  /** GraalWasm keeps a memory in one array; growing to 2 GiB would make it fail. */
  private static final long MOST_PAGES = (1 << 15) - 1;

  private CoreModules() {}

  /**
   * Parses the core modules that a linked component instantiates.
   *
   * @param memoryBytes most bytes of all memories of an instance together
   * @throws InvalidComponentException if the engine refuses the code of one of them
   */
  static List<PreparedModule> parse(
      Component component, Linkage linkage, CoreEngine engine, long memoryBytes)
      throws InvalidComponentException {
    long pages = Math.min(memoryBytes / PAGE_BYTES, MOST_PAGES);
    GrowthShare memory = GrowthShare.of(component, linkage, pages, CoreModules::memories);
    GrowthShare tables =
        GrowthShare.of(component, linkage, component.caps().tableEntries(), CoreModules::tables);
    if (memory.initial() * PAGE_BYTES > memoryBytes) {
      throw new TrapException(
          TrapException.Kind.GUEST,
          "the component's memories start with "
              + memory.initial() * PAGE_BYTES
              + " bytes, more than the "
              + memoryBytes
              + " allowed",
          List.of(),
          true,
          null);
    }
    List<PreparedModule> modules = new ArrayList<>();
    for (Definition.CoreModule module : linkage.modules()) {
      CoreModule facts = component.coreModule(module);
      byte[] capped =
          CoreModuleRewriter.capTables(
              CoreModuleRewriter.capMemory(
                  component.bytes(module), memory.maximum(memories(facts))),
              tables.maximum(tables(facts)));
      Optional<byte[]> recording = GrowthRecorder.record(capped);
      try {
        modules.add(
            new PreparedModule(engine.parse(recording.orElse(capped)), recording.isPresent()));
      } catch (CoreModuleException e) {
        throw new InvalidComponentException(
            "a core module is invalid: " + e.getMessage(), module.start(), "core module section");
      }
    }
    return List.copyOf(modules);
  }

  private static List<Limits> memories(CoreModule module) {
    return module.memories().stream().map(CoreExternType.Memory::limits).toList();
  }

  private static List<Limits> tables(CoreModule module) {
    return module.tables().stream().map(CoreExternType.Table::limits).toList();
  }

  /** Parses modules that have passed before, with another limit. */
  static List<PreparedModule> parseAgain(
      Component component, Linkage linkage, CoreEngine engine, long memoryBytes) {
    try {
      return parse(component, linkage, engine, memoryBytes);
    } catch (InvalidComponentException e) {
      throw new IllegalStateException(e);
    }
  }
}
