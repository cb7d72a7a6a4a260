package io.calcitewasm.component.binary;

import java.util.List;

/**
 * One component, the root or a nested one, as it stands in the file (Binary.md, {@code component}).
 *
 * @param start byte offset of its magic number in the file
 * @param end byte offset behind its last section
 * @param definitions its definitions in order of occurrence, which is also the order in which they
 *     enter their index spaces
 */
public record ParsedComponent(int start, int end, List<Definition> definitions) {
  public ParsedComponent {
    definitions = List.copyOf(definitions);
  }
}
