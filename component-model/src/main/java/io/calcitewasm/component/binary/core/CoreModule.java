package io.calcitewasm.component.binary.core;

import java.util.List;

/**
 * What a core module says about itself to those who link it.
 *
 * @param imports its imports in order
 * @param exports its exports in order; their names are unique
 * @param tables the tables it defines
 * @param memories the memories it defines
 * @param customSections its custom sections in order
 * @param frames for each function with a body the most values that a call of it holds: parameters,
 *     locals and operands
 */
public record CoreModule(
    List<Import> imports,
    List<Export> exports,
    List<CoreExternType.Table> tables,
    List<CoreExternType.Memory> memories,
    List<Custom> customSections,
    List<Integer> frames) {
  public CoreModule {
    imports = List.copyOf(imports);
    exports = List.copyOf(exports);
    tables = List.copyOf(tables);
    memories = List.copyOf(memories);
    customSections = List.copyOf(customSections);
    frames = List.copyOf(frames);
  }

  /** An import under its two names. */
  public record Import(String module, String name, CoreExternType type) {}

  /** An export. */
  public record Export(String name, CoreExternType type) {}

  /**
   * A custom section.
   *
   * @param offset byte offset of its name
   * @param start first byte of its content
   * @param end behind the last byte of its content
   */
  public record Custom(int offset, String name, int start, int end) {}
}
