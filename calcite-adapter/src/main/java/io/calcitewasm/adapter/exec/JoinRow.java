package io.calcitewasm.adapter.exec;

import org.jspecify.annotations.Nullable;

/** A row of one side of a join, and whether it has met one of the other side. */
final class JoinRow {
  private final @Nullable Object row;
  private boolean met;

  /**
   * A row that has met none.
   *
   * @param row as the input has it; null for NULL where rows are single values
   */
  JoinRow(@Nullable Object row) {
    this.row = row;
  }

  @Nullable Object row() {
    return row;
  }

  boolean met() {
    return met;
  }

  /** Remembers that it has met a row; whether that was the first one. */
  boolean meet() {
    boolean first = !met;
    met = true;
    return first;
  }
}
