package io.calcitewasm.adapter.exec;

import io.calcitewasm.udf.SqlError;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.calcite.DataContext;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.rel.core.JoinRelType;
import org.jspecify.annotations.Nullable;

/** One run over {@link RowPairs}. */
final class PairEnumerator implements Enumerator<@Nullable Object[]> {
  private final @Nullable AtomicBoolean cancelled;
  private final Enumerable<?> leftInput;
  private final Enumerable<?> rightInput;
  private final JoinReader reader;
  private final JoinRelType kind;
  private final List<JoinRow> right = new ArrayList<>();
  private final Map<Object, List<JoinRow>> rightByKey = new HashMap<>();
  private @Nullable Enumerator<?> leftRows;
  private @Nullable JoinRow left;
  private Iterator<JoinRow> candidates = Collections.emptyIterator();
  private @Nullable Object[] current = new Object[0];
  private boolean ended;
  private @Nullable RuntimeException failure;

  PairEnumerator(
      DataContext root,
      Enumerable<?> left,
      Enumerable<?> right,
      JoinReader reader,
      JoinRelType kind) {
    this.cancelled = DataContext.Variable.CANCEL_FLAG.get(root);
    this.leftInput = left;
    this.rightInput = right;
    this.reader = reader;
    this.kind = kind;
  }

  @Override
  public @Nullable Object[] current() {
    return current;
  }

  /**
   * Goes to the next row. If the condition that makes candidates fails for a pair, the next call
   * goes on behind that pair; if an input fails, every further call fails with it.
   */
  @Override
  public boolean moveNext() {
    while (true) {
      JoinRow row = left == null ? nextLeft() : left;
      if (row == null) {
        return end();
      }
      while (candidates.hasNext() && !isSettled(row)) {
        checkCancelled();
        JoinRow candidate = candidates.next();
        if (reader.condition() == null || reader.condition().apply(row.row(), candidate.row())) {
          current = reader.reads().apply(row.row(), candidate.row());
          current[0] = true;
          current[1] = new RowPair.Candidate(this, row, candidate);
          return true;
        }
      }
      left = null;
      if (kind.generatesNullsOnRight() || !kind.projectsRight()) {
        current = sign(new RowPair.LeftEnd(this, row));
        return true;
      }
    }
  }

  /** Whether the row's further candidates change nothing. */
  private boolean isSettled(JoinRow row) {
    return !kind.projectsRight() && row.met();
  }

  private @Nullable JoinRow nextLeft() {
    if (failure != null) {
      throw failure;
    }
    try {
      Enumerator<?> rows = leftRows == null ? begin() : leftRows;
      checkCancelled();
      if (!rows.moveNext()) {
        return null;
      }
      left = new JoinRow(rows.current());
      candidates = candidates(left.row()).iterator();
      return left;
    } catch (RuntimeException e) {
      failure = e;
      throw e;
    }
  }

  private Enumerator<?> begin() {
    try (Enumerator<?> rows = rightInput.enumerator()) {
      while (rows.moveNext()) {
        checkCancelled();
        add(rows.current());
      }
    }
    Enumerator<?> rows = leftInput.enumerator();
    leftRows = rows;
    return rows;
  }

  private void add(@Nullable Object row) {
    JoinRow candidate = new JoinRow(row);
    if (reader.rightKey() == null) {
      right.add(candidate);
      return;
    }
    if (kind.generatesNullsOnLeft()) {
      right.add(candidate);
    }
    Object key = reader.rightKey().apply(row);
    if (key != null) {
      rightByKey.computeIfAbsent(key, k -> new ArrayList<>()).add(candidate);
    }
  }

  private List<JoinRow> candidates(@Nullable Object row) {
    if (reader.leftKey() == null) {
      return right;
    }
    Object key = reader.leftKey().apply(row);
    return key == null ? List.of() : rightByKey.getOrDefault(key, List.of());
  }

  private boolean end() {
    if (ended || !kind.generatesNullsOnLeft()) {
      return false;
    }
    ended = true;
    current = sign(new RowPair.End(this));
    return true;
  }

  private @Nullable Object[] sign(RowPair what) {
    @Nullable Object[] row = new Object[reader.width()];
    row[0] = false;
    row[1] = what;
    return row;
  }

  private void checkCancelled() {
    if (cancelled != null && cancelled.get()) {
      failure = new SqlError("57014", Cancellation.Reason.CANCELLED.sentence());
      throw failure;
    }
  }

  /**
   * The right input's rows, if those that meet none are wanted; all have been tested by the end.
   */
  List<JoinRow> right() {
    return right;
  }

  /** What the join delivers of two rows, null for one that is missing. */
  @Nullable Object joined(@Nullable JoinRow leftRow, @Nullable JoinRow rightRow) {
    return reader
        .joined()
        .apply(leftRow == null ? null : leftRow.row(), rightRow == null ? null : rightRow.row());
  }

  /** Whether an input has failed, or the statement was stopped, so that there are no more pairs. */
  boolean hasFailed() {
    return failure != null;
  }

  @Override
  public void reset() {
    throw new UnsupportedOperationException("pairs of rows are gone through once");
  }

  @Override
  public void close() {
    if (leftRows != null) {
      leftRows.close();
    }
  }
}
