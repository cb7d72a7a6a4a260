package io.calcitewasm.adapter.exec;

import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.jspecify.annotations.Nullable;

/**
 * Rows that are computed once each, however often the current one is asked for. Generated code of
 * projections computes it anew every time, and whatever reads them asks as often as it likes.
 */
public final class OncePerRow extends AbstractEnumerable<@Nullable Object> {
  private final Enumerable<?> rows;

  private OncePerRow(Enumerable<?> rows) {
    this.rows = rows;
  }

  /** The same rows, each computed when it is come to. */
  public static Enumerable<@Nullable Object> of(Enumerable<?> rows) {
    return new OncePerRow(rows);
  }

  @Override
  public Enumerator<@Nullable Object> enumerator() {
    return new Rows(rows.enumerator());
  }

  private static final class Rows implements Enumerator<@Nullable Object> {
    private final Enumerator<?> rows;
    private @Nullable Object current;

    Rows(Enumerator<?> rows) {
      this.rows = rows;
    }

    @Override
    public boolean moveNext() {
      boolean more = rows.moveNext();
      current = more ? rows.current() : null;
      return more;
    }

    @Override
    public @Nullable Object current() {
      return current;
    }

    @Override
    public void reset() {
      rows.reset();
    }

    @Override
    public void close() {
      rows.close();
    }
  }
}
