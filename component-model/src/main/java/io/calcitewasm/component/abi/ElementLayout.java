package io.calcitewasm.component.abi;

import java.util.List;

/**
 * Where the fields of a list's records stand (CanonicalABI.md, "Element Size").
 *
 * @param size bytes from one record to the next
 * @param offsets where each field starts in its record, in bytes
 */
public record ElementLayout(int size, List<Integer> offsets) {
  public ElementLayout {
    offsets = List.copyOf(offsets);
  }
}
