package io.calcitewasm.adapter.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a statement about the catalogue answers. */
public sealed interface Answer {
  /** Nothing to tell but that it is done. */
  record Done() implements Answer {}

  /** A number of rows written. */
  record Count(long rows) implements Answer {}

  /**
   * Rows.
   *
   * @param columns their shape
   * @param rows arrays of values in Calcite's internal representation
   */
  record Table(Columns columns, List<@Nullable Object[]> rows) implements Answer {}
}
