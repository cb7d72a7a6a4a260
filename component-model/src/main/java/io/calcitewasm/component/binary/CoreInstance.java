package io.calcitewasm.component.binary;

import java.util.List;

/**
 * A core module instance (Binary.md, {@code core:instance}). Enters the index space of core
 * instances.
 */
public sealed interface CoreInstance extends Definition {

  @Override
  default String section() {
    return "core instance section";
  }

  /** {@code (instantiate coreModule (with "name" (instance …))*)}. */
  record Instantiate(int offset, int coreModule, List<With> arguments) implements CoreInstance {
    public Instantiate {
      arguments = List.copyOf(arguments);
    }
  }

  /** Existing core definitions bundled as an instance. */
  record FromExports(int offset, List<Item> exports) implements CoreInstance {
    public FromExports {
      exports = List.copyOf(exports);
    }
  }

  /** An argument: all imports of module {@code name} come from this core instance. */
  record With(int offset, String name, int coreInstance) {}

  /** One core definition under a name; its sort is a core sort. */
  record Item(int offset, String name, Sort sort, int index) {}
}
