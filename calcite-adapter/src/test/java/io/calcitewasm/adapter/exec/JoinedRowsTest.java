package io.calcitewasm.adapter.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.calcite.DataContexts;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.linq4j.Linq4j;
import org.apache.calcite.rel.core.JoinRelType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Joins of pairs whose condition is evaluated ahead give what joins give that take one by one. */
class JoinedRowsTest {
  private static final int KEYS = 3;

  /** A side's row: its number, and a key that may be NULL. */
  private record Row(int number, @Nullable Integer key) {}

  /** The condition of a join: true for few pairs, failing for fewer. */
  private record Condition(long seed, int failing) {
    boolean holds(Row left, Row right) {
      int draw = new Random(seed + 1_000L * left.number + right.number).nextInt(1_000);
      if (draw < failing) {
        throw new ArithmeticException(left.number + " and " + right.number);
      }
      return draw < 200;
    }
  }

  /** Evaluates conditions ahead, some pairs while they are taken, others when they are tested. */
  private static final class Judging extends BatchEnumerator {
    private final Condition condition;

    Judging(Enumerable<?> pairs, Condition condition) {
      super(DataContexts.EMPTY, pairs, 0);
      this.condition = condition;
    }

    @Override
    protected boolean fill(Enumerator<?> input, int size) {
      int slot = 0;
      try {
        while (slot < size) {
          if (!input.moveNext()) {
            return true;
          }
          @Nullable Object[] row = ((@Nullable Object[]) input.current()).clone();
          if (row[1] instanceof RowPair.Candidate pair && isTestedEarly(pair)) {
            judge(row, pair);
          }
          keep(slot, row);
          slot++;
        }
        return false;
      } finally {
        taken(slot);
      }
    }

    private static boolean isTestedEarly(RowPair.Candidate pair) {
      return ((Row) Objects.requireNonNull(pair.right().row())).number % 2 == 0;
    }

    private void judge(@Nullable Object[] row, RowPair.Candidate pair) {
      row[0] =
          condition.holds(
              (Row) Objects.requireNonNull(pair.left().row()),
              (Row) Objects.requireNonNull(pair.right().row()));
    }

    @Override
    public boolean moveNext() {
      if (!next()) {
        return false;
      }
      @Nullable Object[] row = current();
      if (row[1] instanceof RowPair.Candidate pair && !isTestedEarly(pair)) {
        judge(row, pair);
      }
      return true;
    }

    @Override
    public @Nullable Object[] current() {
      return (@Nullable Object[]) Objects.requireNonNull(kept());
    }
  }

  static Stream<Arguments> joins() {
    List<Arguments> joins = new ArrayList<>();
    for (JoinRelType kind :
        List.of(
            JoinRelType.INNER,
            JoinRelType.LEFT,
            JoinRelType.RIGHT,
            JoinRelType.FULL,
            JoinRelType.SEMI,
            JoinRelType.ANTI)) {
      for (boolean keyed : new boolean[] {false, true}) {
        for (int failing : new int[] {0, 2, 60}) {
          joins.add(Arguments.of(kind, keyed, failing));
        }
      }
    }
    return joins.stream();
  }

  @ParameterizedTest
  @MethodSource("joins")
  void whatComesAndTheErrorThatEndsItAreThoseOfAJoinOneByOne(
      JoinRelType kind, boolean keyed, int failing) {
    boolean failed = false;
    for (long seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      List<Row> left = rows(random, random.nextInt(40));
      List<Row> right = rows(random, random.nextInt(40));
      Condition condition = new Condition(seed, failing);
      List<String> expected = oneByOne(kind, keyed, left, right, condition);
      assertThat(ahead(kind, keyed, Linq4j.asEnumerable(left), right, condition))
          .as("seed %s", seed)
          .isEqualTo(expected);
      failed |= !expected.isEmpty() && expected.getLast().startsWith("!");
    }
    assertThat(failed).isEqualTo(failing > 0);
  }

  @ParameterizedTest
  @MethodSource("joins")
  void anInputThatFailsIsNeverPassedOver(JoinRelType kind, boolean keyed, int failing) {
    Random random = new Random(7);
    List<Row> left = rows(random, 30);
    List<Row> right = rows(random, 10);
    Enumerable<Row> broken =
        Linq4j.asEnumerable(left)
            .select(
                row -> {
                  if (row.number == 20) {
                    throw new IllegalStateException("the input is broken");
                  }
                  return row;
                });
    assertThat(ahead(kind, keyed, broken, right, new Condition(7, 0)).getLast())
        .isEqualTo("!the input is broken");
  }

  private static List<Row> rows(Random random, int count) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(new Row(i, random.nextInt(4) == 0 ? null : (Integer) random.nextInt(KEYS)));
    }
    return rows;
  }

  private static String shown(@Nullable Row left, @Nullable Row right) {
    return (left == null ? "-" : left.number) + " " + (right == null ? "-" : right.number);
  }

  private static List<String> ahead(
      JoinRelType kind, boolean keyed, Enumerable<Row> left, List<Row> right, Condition condition) {
    JoinReader reader =
        new JoinReader(
            keyed ? row -> ((Row) Objects.requireNonNull(row)).key : null,
            keyed ? row -> ((Row) Objects.requireNonNull(row)).key : null,
            null,
            (l, r) -> new Object[RowPairs.FIRST_FIELD],
            RowPairs.FIRST_FIELD,
            (l, r) -> shown((Row) l, (Row) r));
    RowPairs pairs =
        new RowPairs(DataContexts.EMPTY, left, Linq4j.asEnumerable(right), reader, kind);
    Enumerable<@Nullable Object[]> judged =
        new AbstractEnumerable<>() {
          @Override
          @SuppressWarnings("unchecked")
          public Enumerator<@Nullable Object[]> enumerator() {
            return (Enumerator<@Nullable Object[]>) (Enumerator<?>) new Judging(pairs, condition);
          }
        };
    List<String> rows = new ArrayList<>();
    try (Enumerator<@Nullable Object> joined = new JoinedRows(judged, kind).enumerator()) {
      while (joined.moveNext()) {
        rows.add(String.valueOf(joined.current()));
      }
    } catch (RuntimeException e) {
      rows.add("!" + e.getMessage());
    }
    return rows;
  }

  private static List<String> oneByOne(
      JoinRelType kind, boolean keyed, List<Row> left, List<Row> right, Condition condition) {
    List<String> rows = new ArrayList<>();
    Set<Row> met = new HashSet<>();
    try {
      for (Row l : left) {
        boolean any = false;
        for (Row r : right) {
          boolean candidate = !keyed || (l.key != null && l.key.equals(r.key));
          if (candidate && !(any && !kind.projectsRight()) && condition.holds(l, r)) {
            any = true;
            met.add(r);
            rows.addAll(
                kind.projectsRight()
                    ? List.of(shown(l, r))
                    : kind == JoinRelType.SEMI ? List.of(shown(l, null)) : List.of());
          }
        }
        if (!any && (kind.generatesNullsOnRight() || kind == JoinRelType.ANTI)) {
          rows.add(shown(l, null));
        }
      }
    } catch (ArithmeticException e) {
      rows.add("!" + e.getMessage());
      return rows;
    }
    if (kind.generatesNullsOnLeft()) {
      right.stream().filter(r -> !met.contains(r)).forEach(r -> rows.add(shown(null, r)));
    }
    return rows;
  }
}
