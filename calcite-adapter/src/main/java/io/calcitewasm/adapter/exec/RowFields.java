package io.calcitewasm.adapter.exec;

import org.jspecify.annotations.Nullable;

/** The fields of the row that is at hand. */
@FunctionalInterface
public interface RowFields {
  /**
   * A field, as Calcite has its values.
   *
   * @param index from 0
   */
  @Nullable Object field(int index);
}
