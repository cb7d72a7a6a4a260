package io.calcitewasm.adapter.exec;

/** What a row of {@link RowPairs} stands for. */
sealed interface RowPair {
  /** Where it comes from. */
  PairEnumerator pairs();

  /** Two rows that meet if the join's condition is true for them. */
  record Candidate(PairEnumerator pairs, JoinRow left, JoinRow right) implements RowPair {}

  /** All candidates of a row have come. */
  record LeftEnd(PairEnumerator pairs, JoinRow left) implements RowPair {}

  /** All candidates have come. */
  record End(PairEnumerator pairs) implements RowPair {}
}
