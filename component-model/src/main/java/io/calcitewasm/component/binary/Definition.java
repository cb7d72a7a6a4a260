package io.calcitewasm.component.binary;

import java.util.Optional;

/**
 * One definition of a component (Explainer.md, "Component Definitions"). Offsets count bytes from
 * the start of the file; indices count in the index space of the sort that the field's name tells.
 */
public sealed interface Definition
    permits Definition.CoreModule,
        Definition.NestedComponent,
        Definition.Custom,
        Definition.Export,
        CoreInstance,
        ComponentInstance,
        Canon,
        Declaration {

  /** Byte offset of the definition in the file. */
  int offset();

  /** Name of the section that holds it, as error messages say it: {@code "import section"}. */
  String section();

  /**
   * {@code (core module …)}: the bytes {@code start} to {@code end} of the file are a core module.
   * Enters the index space of core modules.
   */
  record CoreModule(int start, int end) implements Definition {
    @Override
    public int offset() {
      return start;
    }

    @Override
    public String section() {
      return "core module section";
    }
  }

  /** {@code (component …)}. Enters the index space of components. */
  record NestedComponent(ParsedComponent component) implements Definition {
    @Override
    public int offset() {
      return component.start();
    }

    @Override
    public String section() {
      return "component section";
    }
  }

  /**
   * A custom section; it defines nothing.
   *
   * @param offset where the section's name starts
   * @param name the section's name
   * @param start first byte of its content
   * @param end behind the last byte of its content
   */
  record Custom(int offset, String name, int start, int end) implements Definition {
    @Override
    public String section() {
      return "custom section";
    }
  }

  /**
   * {@code (export "name" (sort index) type?)}. Enters the index space of its sort again, under the
   * ascribed type if there is one.
   */
  record Export(int offset, ExternName name, Sort sort, int index, Optional<ExternDesc> ascribed)
      implements Definition {
    @Override
    public String section() {
      return "export section";
    }
  }
}
