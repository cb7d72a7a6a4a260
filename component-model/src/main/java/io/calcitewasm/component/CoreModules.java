package io.calcitewasm.component;

import io.calcitewasm.component.binary.Definition;
import io.calcitewasm.component.binary.core.CoreModuleRewriter;
import io.calcitewasm.component.binary.core.GrowthRecorder;
import io.calcitewasm.component.core.CoreEngine;
import io.calcitewasm.component.core.CoreModule;
import io.calcitewasm.component.core.CoreModuleException;
import io.calcitewasm.component.link.Linkage;
import io.calcitewasm.component.link.PreparedModule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Hands a component's core modules to the engine, with limits written into them. */
final class CoreModules {
  private static final int PAGE_BYTES = 1 << 16;

  private CoreModules() {}

  /**
   * Parses the core modules that a linked component instantiates.
   *
   * @param memoryBytes most bytes of each memory
   * @throws InvalidComponentException if the engine refuses the code of one of them
   */
  static List<PreparedModule> parse(
      Component component, Linkage linkage, CoreEngine engine, long memoryBytes)
      throws InvalidComponentException {
    List<PreparedModule> modules = new ArrayList<>();
    for (Definition.CoreModule module : linkage.modules()) {
      byte[] capped =
          CoreModuleRewriter.capTables(
              CoreModuleRewriter.capMemory(component.bytes(module), memoryBytes / PAGE_BYTES),
              component.caps().tableEntries());
      Optional<byte[]> recording = GrowthRecorder.record(capped);
      try {
        CoreModule parsed = engine.parse(recording.orElse(capped));
        modules.add(new PreparedModule(parsed, recording.isPresent()));
      } catch (CoreModuleException e) {
        throw new InvalidComponentException(
            "a core module is invalid: " + e.getMessage(), module.start(), "core module section");
      }
    }
    return List.copyOf(modules);
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
