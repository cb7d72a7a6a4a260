package io.calcitewasm.adapter.exec;

import java.util.Collections;
import java.util.Iterator;
import java.util.Objects;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.rel.core.JoinRelType;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a join, made of {@link RowPairs} for which its condition was evaluated: arrays of
 * whether it is true, and what the row stands for. What comes, and with which error it ends, does
 * not depend on how many pairs are evaluated ahead.
 */
public final class JoinedRows extends AbstractEnumerable<@Nullable Object> {
  private final Enumerable<@Nullable Object[]> judged;
  private final JoinRelType kind;

  /**
   * The rows of a join.
   *
   * @param judged the pairs with the values of the condition
   * @param kind the join's
   */
  public JoinedRows(Enumerable<@Nullable Object[]> judged, JoinRelType kind) {
    this.judged = judged;
    this.kind = kind;
  }

  @Override
  public Enumerator<@Nullable Object> enumerator() {
    return new Rows(judged.enumerator(), kind);
  }

  private static final class Rows implements Enumerator<@Nullable Object> {
    private final Enumerator<@Nullable Object[]> judged;
    private final JoinRelType kind;

    /** Right rows of which those that have met none are delivered. */
    private Iterator<JoinRow> unmet = Collections.emptyIterator();

    private @Nullable PairEnumerator pairs;

    /** A left row whose further candidates nobody wants to know of. */
    private @Nullable JoinRow settled;

    private @Nullable Object current;

    Rows(Enumerator<@Nullable Object[]> judged, JoinRelType kind) {
      this.judged = judged;
      this.kind = kind;
    }

    @Override
    public @Nullable Object current() {
      return current;
    }

    @Override
    public boolean moveNext() {
      while (true) {
        while (unmet.hasNext()) {
          JoinRow row = unmet.next();
          if (!row.met()) {
            return deliver(null, row);
          }
        }
        @Nullable Object @Nullable [] row = next();
        if (row == null) {
          return false;
        }
        RowPair pair = (RowPair) Objects.requireNonNull(row[1]);
        pairs = pair.pairs();
        switch (pair) {
          case RowPair.Candidate candidate -> {
            if (Boolean.TRUE.equals(row[0]) && meet(candidate)) {
              return true;
            }
          }
          case RowPair.LeftEnd end -> {
            settled = null;
            if (kind != JoinRelType.SEMI && !end.left().met()) {
              return deliver(end.left(), null);
            }
          }
          case RowPair.End end -> unmet = end.pairs().right().iterator();
        }
      }
    }

    /** Two rows meet; whether that is one of the join's rows. */
    private boolean meet(RowPair.Candidate candidate) {
      boolean first = candidate.left().meet();
      boolean _ = candidate.right().meet();
      if (kind.projectsRight()) {
        return deliver(candidate.left(), candidate.right());
      }
      settled = candidate.left();
      return first && kind == JoinRelType.SEMI && deliver(candidate.left(), null);
    }

    private boolean deliver(@Nullable JoinRow left, @Nullable JoinRow right) {
      current = Objects.requireNonNull(pairs).joined(left, right);
      return true;
    }

    /**
     * The next row, null at the end. Pairs that were evaluated ahead and failed are passed over
     * where a join that evaluates one by one would not have come to them.
     */
    private @Nullable Object @Nullable [] next() {
      while (true) {
        try {
          return judged.moveNext() ? judged.current() : null;
        } catch (RuntimeException e) {
          if (settled == null || Objects.requireNonNull(pairs).hasFailed()) {
            throw e;
          }
        }
      }
    }

    @Override
    public void reset() {
      throw new UnsupportedOperationException("rows of a join are gone through once");
    }

    @Override
    public void close() {
      judged.close();
    }
  }
}
