package io.calcitewasm.adapter.exec;

import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.instance.CallSession;
import io.calcitewasm.udf.instance.HeapShare;
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
 * and held in memory until the statement ends. Rows that would take more than half of the heap,
 * with what else the statement keeps, or that come when it is full, are refused (53200). Not for
 * several threads.
 */
public final class RememberedRows extends AbstractEnumerable<@Nullable Object> {
  /** Rows between two looks at the heap. */
  private static final int LOOK = 1024;

  /** What a list of rows takes for each while it grows. */
  private static final int REFERENCE_BYTES = 16;

  private final Enumerable<?> source;
  private final Unfinished unfinished;
  private final @Nullable HeapShare heap;
  private final List<@Nullable Object> known = new ArrayList<>();
  private @Nullable Enumerator<?> rest;
  private boolean complete;
  private @Nullable RuntimeException failure;

  private RememberedRows(Enumerable<?> source, Unfinished unfinished, @Nullable HeapShare heap) {
    this.source = source;
    this.unfinished = unfinished;
    this.heap = heap;
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
    if (!(root instanceof StatementContext context)) {
      return new RememberedRows(rows, new Unfinished(), null);
    }
    CallSession calls = context.calls();
    return new RememberedRows(
        rows,
        calls.shared(Unfinished.class, Unfinished.class, Unfinished::new),
        HeapShare.of(calls));
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
        remember(from.current());
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

  private void remember(@Nullable Object current) {
    if (heap != null) {
      if (!heap.take(HeapBytes.of(current) + REFERENCE_BYTES)) {
        throw refused("more than " + known.size() + " of them do not fit half of the Java heap");
      }
      if ((known.size() + 1) % LOOK == 0 && heap.isFull()) {
        throw refused("the Java heap is full with " + known.size() + " of them");
      }
    }
    known.add(current);
  }

  private static SqlError refused(String why) {
    return new SqlError(
        "53200", "rows that are read several times and whose calls are made once: " + why);
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
