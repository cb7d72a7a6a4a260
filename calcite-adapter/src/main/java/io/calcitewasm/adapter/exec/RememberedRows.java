package io.calcitewasm.adapter.exec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.apache.calcite.DataContext;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.jspecify.annotations.Nullable;

/**
 * Rows that are computed once, however often they are gone through: each when it is first come to,
 * and held in memory until the statement ends. Not for several threads.
 */
public final class RememberedRows extends AbstractEnumerable<@Nullable Object> {
  private final Enumerable<?> source;
  private final Unfinished unfinished;
  private final List<@Nullable Object> known = new ArrayList<>();
  private @Nullable Enumerator<?> rest;
  private boolean complete;
  private @Nullable RuntimeException failure;

  private RememberedRows(Enumerable<?> source, Unfinished unfinished) {
    this.source = source;
    this.unfinished = unfinished;
  }

  /** What rows that stand in several places of a plan are known by. */
  private record Site(int number) {}

  /** Sources that nobody has read to the end; the statement closes them. */
  private static final class Unfinished implements AutoCloseable {
    private final Set<Enumerator<?>> sources = Collections.newSetFromMap(new IdentityHashMap<>());

    @Override
    public void close() {
      sources.forEach(Enumerator::close);
      sources.clear();
    }
  }

  /**
   * The same rows.
   *
   * @param root the execution's data context
   */
  public static Enumerable<@Nullable Object> of(DataContext root, Enumerable<?> rows) {
    Unfinished unfinished =
        root instanceof StatementContext context
            ? context.calls().shared(Unfinished.class, Unfinished.class, Unfinished::new)
            : new Unfinished();
    return new RememberedRows(rows, unfinished);
  }

  /**
   * The rows of a site that a plan may have in several places.
   *
   * @param root the execution's data context
   * @param site the site's number in the plan
   * @param rows the rows, if none of these places has them yet
   */
  public static Enumerable<@Nullable Object> shared(
      DataContext root, int site, Enumerable<?> rows) {
    Enumerable<@Nullable Object> own = of(root, rows);
    return root instanceof StatementContext context
        ? context.calls().shared(new Site(site), RememberedRows.class, () -> (RememberedRows) own)
        : own;
  }

  @Override
  public Enumerator<@Nullable Object> enumerator() {
    return new Rows();
  }

  /** Whether there is a row, which is known then. */
  private boolean has(int row) {
    if (row < known.size()) {
      return true;
    }
    if (failure != null) {
      throw failure;
    }
    if (complete) {
      return false;
    }
    try {
      Enumerator<?> from = rest == null ? begin() : rest;
      if (from.moveNext()) {
        known.add(from.current());
        return true;
      }
      complete = true;
      unfinished.sources.remove(from);
      from.close();
      return false;
    } catch (RuntimeException e) {
      failure = e;
      throw e;
    }
  }

  private Enumerator<?> begin() {
    Enumerator<?> begun = source.enumerator();
    unfinished.sources.add(begun);
    rest = begun;
    return begun;
  }

  private final class Rows implements Enumerator<@Nullable Object> {
    private int row = -1;

    @Override
    public boolean moveNext() {
      if (!has(row + 1)) {
        return false;
      }
      row++;
      return true;
    }

    @Override
    public @Nullable Object current() {
      return known.get(row);
    }

    @Override
    public void reset() {
      row = -1;
    }

    /** Others may go through the rest. */
    @Override
    public void close() {}
  }
}
