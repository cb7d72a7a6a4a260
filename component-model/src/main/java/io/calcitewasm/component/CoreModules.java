package io.calcitewasm.component;

import io.calcitewasm.component.binary.core.CoreExternType;
import io.calcitewasm.component.binary.core.CoreExternType.Limits;
import io.calcitewasm.component.binary.core.CoreModule;
import io.calcitewasm.component.binary.core.CoreModuleRewriter;
import io.calcitewasm.component.binary.core.Recursion;
import io.calcitewasm.component.core.CoreEngine;
import io.calcitewasm.component.core.CoreModuleException;
import io.calcitewasm.component.link.Linkage;
import io.calcitewasm.component.link.LinkedModule;
import io.calcitewasm.component.link.PreparedModule;
import io.calcitewasm.component.link.PreparedModules;
import java.util.ArrayList;
import java.util.List;

/** Hands a component's core modules to the engine, with limits written into them. */
final class CoreModules {
  private static final int PAGE_BYTES = 1 << 16;

  /** GraalWasm keeps a memory in one array; growing to 2 GiB would make it fail. */
  private static final long MOST_PAGES = (1 << 15) - 1;

  private CoreModules() {}

  /**
   * What is written into the modules.
   *
   * @param memoryBytes most bytes of all memories of an instance together
   * @param undoable whether instances keep what they overwrite
   */
  record Form(long memoryBytes, boolean undoable) {}

  /**
   * Parses the core modules that a linked component instantiates.
   *
   * @throws InvalidComponentException if the engine refuses the code of one of them
   */
  static PreparedModules parse(Component component, Linkage linkage, CoreEngine engine, Form form)
      throws InvalidComponentException {
    long memoryBytes = form.memoryBytes();
    long pages = Math.min(memoryBytes / PAGE_BYTES, MOST_PAGES);
    GrowthShare memory = GrowthShare.of(linkage, pages, CoreModules::memories);
    GrowthShare tables =
        GrowthShare.of(linkage, component.caps().tableEntries(), CoreModules::tables);
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
    List<Instrumented> plain = new ArrayList<>();
    List<Instrumented> undoable = new ArrayList<>();
    for (LinkedModule module : linkage.modules()) {
      CoreModule facts = module.facts();
      byte[] capped =
          CoreModuleRewriter.capTables(
              CoreModuleRewriter.capMemory(module.bytes(), memory.maximum(memories(facts))),
              tables.maximum(tables(facts)));
      Instrumented recorded = Instrumented.recordingRefusals(capped, facts);
      plain.add(recorded);
      if (form.undoable()) {
        recorded.undoable(pages).ifPresent(undoable::add);
      }
    }
    boolean all = form.undoable() && undoable.size() == plain.size();
    List<PreparedModule> modules = new ArrayList<>();
    for (Instrumented module : all ? undoable : plain) {
      Recursion recursion = linkage.recursions().get(modules.size());
      try {
        modules.add(module.cappingRecursion(recursion).prepare(engine));
      } catch (CoreModuleException e) {
        throw new InvalidComponentException(
            "a core module is invalid: " + e.getMessage(),
            linkage.modules().get(modules.size()).offset(),
            "core module section");
      }
    }
    return new PreparedModules(modules, all);
  }

  private static List<Limits> memories(CoreModule module) {
    return module.memories().stream().map(CoreExternType.Memory::limits).toList();
  }

  private static List<Limits> tables(CoreModule module) {
    return module.tables().stream().map(CoreExternType.Table::limits).toList();
  }

  /** Parses modules that have passed before, in another form. */
  static PreparedModules parseAgain(
      Component component, Linkage linkage, CoreEngine engine, Form form) {
    try {
      return parse(component, linkage, engine, form);
    } catch (InvalidComponentException e) {
      throw new IllegalStateException(e);
    }
  }
}
