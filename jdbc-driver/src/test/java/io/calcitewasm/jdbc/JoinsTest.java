package io.calcitewasm.jdbc;

import static io.calcitewasm.jdbc.Sql.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Conditions of joins that call functions with columns of both sides. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class JoinsTest {
  /** Conditions between rows l and r: without keys, with keys, nested, guarded, on one side. */
  private static final List<String> CONDITIONS =
      List.of(
          "arithmetic.add(l.n, r.n) > 3",
          "l.k = r.k AND arithmetic.add(l.n, r.n) > 3",
          "l.k = r.k AND l.n <> r.n AND text.levenshtein(l.s, r.s) < 3",
          "l.k IS NOT DISTINCT FROM r.k AND text.levenshtein(l.s, r.s) < 3",
          "l.k = r.k AND text.word_count(r.s) = 1 AND arithmetic.add(l.n, r.n) < 6",
          "arithmetic.add(arithmetic.add(l.n, r.n), r.k) = 4 AND text.levenshtein(l.s, r.s) > 0",
          "CASE WHEN l.n > r.n THEN arithmetic.add(l.n, r.k) > 2 ELSE l.s = r.s END",
          "l.n = 2 OR arithmetic.add(l.n, r.n) = 5",
          "l.n > r.n AND (types.is_null(l.s) OR arithmetic.add(l.id, r.id) > 9)",
          "types.is_null(r.s) AND arithmetic.add(l.id, r.id) > 9",
          "poly.coalesce_any(l.n, r.n) > 3",
          "l.k = r.k AND poly.coalesce_any(l.n, r.n, 0) > 1 AND arithmetic.add(l.n, r.n) < 6",
          "arithmetic.add(l.n, r.n) IS NULL");

  private TestDatabase database;
  private Connection batched;
  private Connection rowByRow;

  @BeforeAll
  void open() throws SQLException {
    database =
        new TestDatabase(
            "components/text",
            "components/poly",
            "fixtures/arithmetic",
            "fixtures/types",
            "fixtures/evil");
    batched = database.connection();
    rowByRow = database.connect("batches=false");
    for (int seed = 0; seed < 3; seed++) {
      fill("l" + seed, 40 * seed * seed + 3, new Random(seed));
      fill("r" + seed, 11 * seed, new Random(100 + seed));
    }
  }

  @AfterAll
  void close() throws SQLException {
    database.close();
  }

  private void fill(String table, int rows, Random random) throws SQLException {
    database.execute(
        "CREATE TABLE " + table + " (id BIGINT NOT NULL, k INTEGER, n BIGINT, s VARCHAR(10))");
    try (PreparedStatement insert =
        batched.prepareStatement("INSERT INTO " + table + " VALUES (?, ?, ?, ?)")) {
      for (int i = 0; i < rows; i++) {
        insert.setLong(1, i);
        insert.setObject(2, random.nextInt(6) == 0 ? null : (Object) random.nextInt(4));
        insert.setObject(3, random.nextInt(6) == 0 ? null : (Object) (long) random.nextInt(6));
        insert.setObject(4, random.nextInt(6) == 0 ? null : text(random));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(5); i >= 0; i--) {
      text.append("aé ".charAt(random.nextInt(3)));
    }
    return text.toString();
  }

  static Stream<String> joins() {
    List<String> joins = new ArrayList<>();
    for (int seed = 0; seed < 3; seed++) {
      String left = "l" + seed + " AS l ";
      String right = "r" + seed + " AS r";
      for (String condition : CONDITIONS) {
        for (String kind : List.of("LEFT", "RIGHT", "FULL")) {
          joins.add("SELECT l.*, r.* FROM " + left + kind + " JOIN " + right + " ON " + condition);
        }
        for (String test : seed == 2 ? List.of("EXISTS", "NOT EXISTS") : List.<String>of()) {
          joins.add(
              "SELECT l.* FROM "
                  + left
                  + "WHERE "
                  + test
                  + " (SELECT 1 FROM "
                  + right
                  + " WHERE "
                  + condition
                  + ")");
        }
      }
    }
    return joins.stream();
  }

  @ParameterizedTest
  @MethodSource("joins")
  void a_join_gives_what_it_gives_row_by_row(String sql) {
    assertThat(Answers.of(batched, sql))
        .containsExactlyInAnyOrderElementsOf(Answers.of(rowByRow, sql));
  }

  @ParameterizedTest
  @ValueSource(strings = {"LEFT", "RIGHT", "FULL"})
  void calls_of_both_sides_columns_are_made_in_batches(String kind) throws SQLException {
    String sql =
        "SELECT l.id, r.id FROM l2 AS l %s JOIN r2 AS r ON l.k = r.k AND l.n <> r.n"
            + " AND arithmetic.add(l.n, r.n) > 3";
    String plan = plan(batched, sql.formatted(kind));
    assertThat(plan)
        .containsSubsequence(
            "ModuleJoin(joinType=[", "ModuleCalc(", "arithmetic.integers.add(", "ModulePairs(")
        .contains("keys=[[$", "where=[<>(")
        .doesNotContain("HashJoin", "NestedLoop");
    assertThat(plan.lines().filter(line -> line.contains("add(")))
        .allMatch(line -> line.contains("ModuleCalc"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT l.id, r.id FROM l2 AS l LEFT JOIN r2 AS r"
            + " ON evil.trap_if_negative(100 - l.id - r.id) > 50",
        "SELECT l.id, r.id FROM l2 AS l LEFT JOIN r2 AS r"
            + " ON l.k = r.k AND evil.trap_if_negative(100 - l.id - r.id) > 50",
        "SELECT l.id, r.id FROM l2 AS l LEFT JOIN r2 AS r"
            + " ON arithmetic.add(l.id, 10 / (r.id - l.id + 60)) > 3",
        "SELECT l.id, r.id FROM l2 AS l LEFT JOIN r2 AS r"
            + " ON 10 / (r.id - l.id + 60) > 0 AND arithmetic.add(l.id, r.id) > 3"
      })
  void rows_before_a_pair_that_fails_are_delivered(String sql) {
    List<List<@Nullable Object>> rows = Answers.of(batched, sql);
    assertThat(rows).hasSizeGreaterThan(20).isEqualTo(Answers.of(rowByRow, sql));
    assertThat(String.valueOf(rows.getLast().getFirst())).containsAnyOf("38W01", "22012");
  }

  private static String joined(String rows) {
    return "SELECT a.id, a.y, b.n FROM ("
        + rows
        + ") AS a JOIN (SELECT id, n FROM r2 ORDER BY id LIMIT 20) AS b ON a.id = b.id";
  }

  /** A merge join wants its inputs sorted, and what stands below it to say so. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT id, arithmetic.add(n, 1) AS y FROM (SELECT * FROM l2 ORDER BY id LIMIT 50) AS l",
        "SELECT id, n AS y FROM (SELECT * FROM l2 ORDER BY id LIMIT 50) AS l"
            + " WHERE arithmetic.add(n, 1) > 3"
      })
  void sorted_rows_stay_sorted(String rows) throws SQLException {
    assertThat(plan(batched, joined(rows))).contains("EnumerableMergeJoin");
    a_join_of_sorted_rows_gives_what_it_gives_row_by_row(rows);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT l.id, r.n AS y FROM (SELECT * FROM l2 ORDER BY id LIMIT 50) AS l"
            + " LEFT JOIN r2 AS r ON l.k = r.k AND arithmetic.add(l.n, r.n) > 3",
        "SELECT l.id, w.token AS y FROM (SELECT * FROM l2 ORDER BY id LIMIT 50) AS l,"
            + " LATERAL TABLE(text.tokens(l.s)) AS w",
        "SELECT l.id, w.token AS y FROM (SELECT * FROM l2 ORDER BY id LIMIT 50) AS l,"
            + " LATERAL TABLE(text.tokens(l.s)) AS w WHERE w.ordinal > 0"
      })
  void a_join_of_sorted_rows_gives_what_it_gives_row_by_row(String rows) throws SQLException {
    String sql = joined(rows);
    assertThat(plan(batched, sql)).contains("ModuleCalc");
    assertThat(Answers.of(batched, sql))
        .isNotEmpty()
        .containsExactlyInAnyOrderElementsOf(Answers.of(rowByRow, sql));
  }

  @Test
  void a_limit_evaluates_few_pairs() {
    String analysis =
        String.valueOf(
            Answers.of(
                    batched,
                    "EXPLAIN ANALYZE SELECT l.id, r.id FROM l2 AS l LEFT JOIN r2 AS r"
                        + " ON arithmetic.add(l.id, r.id) > 3 LIMIT 2")
                .getFirst()
                .getFirst());
    assertThat(analysis)
        .containsSubsequence("ModuleJoin(", "ModuleCalc(", "arithmetic.add: 16 rows in 1 batch");
  }

  @Test
  void only_pairs_with_equal_keys_are_evaluated() {
    long pairs =
        Long.parseLong(
            String.valueOf(
                Answers.of(rowByRow, "SELECT COUNT(*) FROM l2 AS l JOIN r2 AS r ON l.k = r.k")
                    .getFirst()
                    .getFirst()));
    long lefts = 40 * 4 + 3;
    String analysis =
        String.valueOf(
            Answers.of(
                    batched,
                    "EXPLAIN ANALYZE SELECT l.id, r.id FROM l2 AS l LEFT JOIN r2 AS r"
                        + " ON l.k = r.k AND arithmetic.add(l.id, r.id) > 3")
                .getFirst()
                .getFirst());
    assertThat(analysis).contains("arithmetic.add: %,d rows in ".formatted(pairs + lefts));
  }

  @Test
  void a_join_of_many_pairs_is_cancelled() throws Exception {
    try (Statement statement = batched.createStatement()) {
      CompletableFuture<Void> cancelled =
          CompletableFuture.runAsync(
              () -> {
                try {
                  statement.cancel();
                } catch (SQLException e) {
                  throw new IllegalStateException(e);
                }
              },
              CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS));
      String many = "(SELECT a.id FROM l2 AS a, l2 AS b)";
      SQLException error =
          catchThrowableOfType(
              SQLException.class,
              () -> {
                try (ResultSet rows =
                    statement.executeQuery(
                        "SELECT COUNT(*) FROM "
                            + many
                            + " AS l LEFT JOIN "
                            + many
                            + " AS r ON arithmetic.add(l.id, r.id) < 0")) {
                  assertThat(rows.next()).isTrue();
                }
              });
      cancelled.get();
      assertThat(error.getSQLState()).isEqualTo("57014");
    }
    assertThat(Answers.of(batched, "VALUES (arithmetic.add(1, 2))")).containsExactly(List.of("3"));
  }
}
