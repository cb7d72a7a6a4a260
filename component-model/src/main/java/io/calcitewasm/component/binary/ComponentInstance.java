package io.calcitewasm.component.binary;

import java.util.List;

/** A component instance (Binary.md, {@code instance}). Enters the index space of instances. */
public sealed interface ComponentInstance extends Definition {

  @Override
  default String section() {
    return "instance section";
  }

  /** {@code (instantiate component (with "name" (sort index))*)}. */
  record Instantiate(int offset, int component, List<With> arguments) implements ComponentInstance {
    public Instantiate {
      arguments = List.copyOf(arguments);
    }
  }

  /** Existing definitions bundled as an instance. */
  record FromExports(int offset, List<Item> exports) implements ComponentInstance {
    public FromExports {
      exports = List.copyOf(exports);
    }
  }

  /** An argument for the import {@code name}. */
  record With(int offset, String name, Sort sort, int index) {}

  /** One definition under a name. */
  record Item(int offset, ExternName name, Sort sort, int index) {}
}
