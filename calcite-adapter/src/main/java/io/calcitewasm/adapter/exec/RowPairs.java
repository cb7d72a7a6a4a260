package io.calcitewasm.adapter.exec;

import org.apache.calcite.DataContext;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.rel.core.JoinRelType;
import org.jspecify.annotations.Nullable;

/**
 * The pairs of two inputs' rows for which a join's condition has to be evaluated, in the order of a
 * join that takes them one by one: the left input's, for each of its rows the right one's. The
 * right input is held in memory, pairs are made when they are asked for.
 *
 * <p>A row is an array: whether it is a pair, what it stands for ({@link RowPair}), and from
 * element {@value #FIRST_FIELD} on what the condition reads. Rows that are no pairs tell that all
 * pairs of a left row, or all pairs, have come.
 */
public final class RowPairs extends AbstractEnumerable<@Nullable Object[]> {
  /** The first element of a row that the condition reads. */
  public static final int FIRST_FIELD = 2;

  private final DataContext root;
  private final Enumerable<?> left;
  private final Enumerable<?> right;
  private final JoinReader reader;
  private final JoinRelType kind;

  /**
   * The pairs for a join.
   *
   * @param root the execution's data context
   * @param kind the join's: inner, left, right, full, semi or anti
   */
  public RowPairs(
      DataContext root,
      Enumerable<?> left,
      Enumerable<?> right,
      JoinReader reader,
      JoinRelType kind) {
    this.root = root;
    this.left = left;
    this.right = right;
    this.reader = reader;
    this.kind = kind;
  }

  @Override
  public Enumerator<@Nullable Object[]> enumerator() {
    return new PairEnumerator(root, left, right, reader, kind);
  }
}
