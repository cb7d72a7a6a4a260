package io.calcitewasm.jdbc;

import static io.calcitewasm.jdbc.Sql.failure;
import static io.calcitewasm.jdbc.Sql.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Accumulators that are merged: of fine groups into coarse ones, and of threads that had a part of
 * the rows each. Results are those of one accumulator that had all rows.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class MergedAggregatesTest {
  private static final int ROWS = 20_000;

  private TestDatabase database;

  /** Merges, in one thread. */
  private Connection plain;

  /** Calls every row alone, and merges nothing. */
  private Connection byRows;

  @BeforeAll
  void open() throws SQLException {
    database =
        new TestDatabase("components/stats", "components/poly", "fixtures/broken-aggregates");
    plain = database.connection();
    byRows = database.connect("batches=false");
    database.execute(
        "CREATE TABLE t (id INTEGER NOT NULL, g VARCHAR(10), h INTEGER, k INTEGER, x DOUBLE, s"
            + " VARCHAR(10))");
    SplittableRandom random = new SplittableRandom(11);
    try (PreparedStatement insert = plain.prepareStatement("INSERT INTO t VALUES (?,?,?,?,?,?)")) {
      for (int i = 0; i < ROWS; i++) {
        insert.setInt(1, i);
        insert.setObject(2, random.nextInt(9) == 0 ? null : "g" + random.nextInt(6));
        insert.setObject(3, random.nextInt(9) == 0 ? null : (Object) random.nextInt(5));
        insert.setInt(4, random.nextInt(4_000));
        insert.setObject(5, random.nextInt(9) == 0 ? null : (Object) random.nextDouble(-9, 9));
        insert.setObject(6, random.nextInt(9) == 0 ? null : "s" + random.nextInt(40));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  @AfterAll
  void close() throws SQLException {
    database.close();
  }

  /** Rows as texts, in an order that is theirs alone. */
  private static List<String> sorted(Connection connection, String sql) throws SQLException {
    return Sql.rows(connection, sql).stream().map(String::valueOf).sorted().toList();
  }

  // ------------------------------------------------------------ grouping sets

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT g, h, stats.median(x) FROM t GROUP BY ROLLUP (g, h)",
        "SELECT g, h, stats.median(x), COUNT(*), COUNT(x), SUM(k), MIN(x), MAX(s), GROUPING(g),"
            + " GROUPING(h, g) FROM t GROUP BY CUBE (g, h)",
        "SELECT h, g, stats.moving_average(x), stats.hyperloglog(k), stats.percentile(0.9, x) FROM t"
            + " GROUP BY CUBE (h, g)",
        "SELECT g, h, stats.median(x) FILTER (WHERE h > 2), SUM(k) FILTER (WHERE k > 9) FROM t GROUP"
            + " BY ROLLUP (g, h) HAVING COUNT(*) > 9",
        "SELECT g, h, stats.count_nulls(x) FROM t GROUP BY GROUPING SETS ((g, h), (h), (g, h))",
        "SELECT k, h, stats.median(x) FROM t GROUP BY ROLLUP (k, h)",
        "SELECT g, poly.mode(s) FROM t GROUP BY ROLLUP (g)",
        "SELECT g, h, stats.median(x) FROM t WHERE id < 0 GROUP BY ROLLUP (g, h)",
        "SELECT p, h, stats.percentile(p, x) FROM (SELECT 0.25 AS p, h, x FROM t) AS q GROUP BY"
            + " ROLLUP (p, h)"
      })
  void coarseGroupsAreMergedOfFineOnes(String sql) throws SQLException {
    assertThat(plan(plain, sql)).contains("MERGE ").contains("PARTIAL ");
    assertThat(plan(byRows, sql)).doesNotContain("MERGE ");
    assertThat(sorted(plain, sql)).isEqualTo(sorted(byRows, sql));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT g, stats.concat_all(s) FROM t GROUP BY ROLLUP (g)",
        "SELECT g, poly.first_any(s) FROM t GROUP BY ROLLUP (g)",
        "SELECT g, h, stats.median(x) FROM t GROUP BY GROUPING SETS ((g), (h))",
        "SELECT g, h, stats.median(x), SUM(x) FROM t GROUP BY ROLLUP (g, h)",
        "SELECT g, h, stats.median(x) FROM t GROUP BY g, h"
      })
  void whatCannotBeMergedIsGivenItsRows(String sql) throws SQLException {
    assertThat(plan(plain, sql)).doesNotContain("MERGE ");
    assertThat(sorted(plain, sql)).isEqualTo(sorted(byRows, sql));
  }

  /** Of each row one step, not one for each grouping set. */
  @Test
  void eachRowIsGivenOnce() throws SQLException {
    String analysis =
        sorted(
                plain,
                "EXPLAIN ANALYZE SELECT g, h, stats.count_nulls(x) FROM t GROUP BY CUBE (g, h)")
            .getFirst();
    assertThat(analysis).contains("stats.count_nulls.step: 20,000 rows");
    assertThat(analysis).contains("stats.count_nulls.merge: ");
  }

  @Test
  void anErrorOfAMergeNamesTheGroup() {
    SQLException failure =
        failure(
            plain, "SELECT g, h, broken_aggregates.merge_errs(k) FROM t GROUP BY ROLLUP (g, h)");
    assertThat(failure.getSQLState()).isEqualTo("38000");
    assertThat(failure.getMessage()).contains("(group ").contains("merge");
  }

  @Test
  void constantsThatDifferInACoarseGroupAreRefused() {
    SQLException failure =
        failure(
            plain,
            "SELECT p, stats.percentile(p, x) FROM (SELECT MOD(id, 3) * 0.25 AS p, x FROM t) AS q"
                + " GROUP BY ROLLUP (p)");
    assertThat(failure.getSQLState()).isEqualTo("22023");
    assertThat(failure.getMessage()).contains("fraction must be the same in all rows of a group");
  }

  @Test
  void whatWasSavedIsMergedToo() throws SQLException {
    database.execute(
        "CREATE MODULE narrow FROM '"
            + TestDatabase.file("components/stats")
            + "' WITH (memory => '640KB')");
    for (String rest :
        List.of(
            "(x) FROM t GROUP BY GROUPING SETS ((k, h), (k))",
            "(x) FROM t GROUP BY GROUPING SETS ((k, g), (g), (k))")) {
      assertThat(sorted(plain, "SELECT narrow.median" + rest))
          .isEqualTo(sorted(plain, "SELECT stats.median" + rest));
    }
    database.execute("DROP MODULE narrow");
  }

  // ------------------------------------------------------------ threads

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void anyNumberOfThreadsGivesTheWhole(int threads) throws SQLException {
    try (Connection parallel = database.connect("parallelism=" + threads)) {
      for (String sql :
          List.of(
              "SELECT stats.median(x) FROM t",
              "SELECT stats.median(x), stats.hyperloglog(k), COUNT(*), stats.percentile(0.9, x) FROM t",
              "SELECT g, stats.median(x), stats.moving_average(x) FROM t GROUP BY g",
              "SELECT g, h, stats.median(x) FILTER (WHERE k > 9) FROM t GROUP BY g, h",
              "SELECT k, stats.median(x) FROM t GROUP BY k",
              "SELECT k, g, stats.count_nulls(s), poly.mode(s) FROM t GROUP BY k, g",
              "SELECT stats.concat_all(s) WITHIN GROUP (ORDER BY id) FROM t",
              "SELECT g, stats.concat_all(s) WITHIN GROUP (ORDER BY id) FROM t GROUP BY g",
              "SELECT g, stats.median(DISTINCT k) FROM t GROUP BY g",
              "SELECT g, stats.median(x) FROM t WHERE id < 0 GROUP BY g",
              "SELECT stats.median(x) FROM t WHERE id < 0",
              "SELECT g, stats.median(x) FROM t GROUP BY g UNION ALL SELECT s, stats.median(x) FROM t"
                  + " GROUP BY s",
              "SELECT id, (SELECT stats.median(x) FROM t AS i WHERE i.k = o.k) FROM t AS o WHERE id <"
                  + " 20",
              "SELECT g, stats.percentile(p, x) FROM (SELECT g, h * 0 + 0.5 AS p, x FROM t) AS q"
                  + " WHERE p IS NOT NULL GROUP BY g")) {
        assertThat(plan(parallel, sql)).contains("PARALLEL " + threads + " ");
        assertThat(sorted(parallel, sql)).as(sql).isEqualTo(sorted(plain, sql));
      }
    }
  }

  @Test
  void onlyWhatMayBeIsDivided() throws SQLException {
    database.execute(
        "CREATE MODULE few FROM '"
            + TestDatabase.file("components/stats")
            + "' WITH (instances => 3)");
    database.execute(
        "CREATE MODULE keeping FROM '"
            + TestDatabase.file("components/stats")
            + "' ISOLATION STATEMENT");
    try (Connection parallel = database.connect("parallelism=4")) {
      assertThat(plan(plain, "SELECT stats.median(x) FROM t")).doesNotContain("PARALLEL");
      assertThat(plan(parallel, "SELECT few.median(x) FROM t")).doesNotContain("PARALLEL");
      assertThat(plan(parallel, "SELECT keeping.median(x) FROM t")).doesNotContain("PARALLEL");
      assertThat(plan(parallel, "SELECT stats.median(x) OVER (ORDER BY id) FROM t"))
          .doesNotContain("PARALLEL");
    }
    database.execute("DROP MODULE few");
    database.execute("DROP MODULE keeping");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "38000|SELECT g, broken_aggregates.step_errs(id - 15000) FROM t GROUP BY g",
        "38W01|SELECT g, broken_aggregates.step_traps(15000 - id) FROM t GROUP BY g",
        "38000|SELECT g, broken_aggregates.value_errs(-1) FROM t GROUP BY g",
        "38W01|SELECT g, broken_aggregates.constructor_traps(-1, id) FROM t GROUP BY g",
        "22023|SELECT g, stats.percentile(CASE WHEN id < 19000 THEN 0.5 ELSE 0.4 END, x) FROM t GROUP"
            + " BY g",
      })
  void anErrorInAThreadIsTheStatements(String state, String sql) throws SQLException {
    try (Connection parallel = database.connect("parallelism=4")) {
      SQLException failure = failure(parallel, sql);
      assertThat(failure.getSQLState()).isEqualTo(state);
      assertThat(failure.getMessage()).contains("(group ");
      assertThat(sorted(parallel, "SELECT stats.median(x) FROM t"))
          .isEqualTo(sorted(plain, "SELECT stats.median(x) FROM t"));
    }
  }

  @Test
  void aThreadThatDoesNotComeBackIsCancelledWithItsStatement() throws Exception {
    try (Connection parallel = database.connect("parallelism=4");
        Statement statement = parallel.createStatement()) {
      CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS)
          .execute(
              () -> {
                try {
                  statement.cancel();
                } catch (SQLException e) {
                  throw new IllegalStateException(e);
                }
              });
      long start = System.nanoTime();
      assertThatThrownBy(
              () -> {
                try (ResultSet rows =
                    statement.executeQuery("SELECT broken_aggregates.endless(15000 - id) FROM t")) {
                  assertThat(rows.next()).isFalse();
                }
              })
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"));
      assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(8));
    }
    assertThat(
            Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("calcite-wasm-aggregates")))
        .isEmpty();
  }

  @Test
  void eachThreadKeepsToTheLimits() throws SQLException {
    database.execute(
        "CREATE MODULE narrow FROM '"
            + TestDatabase.file("components/stats")
            + "' WITH (memory => '640KB')");
    try (Connection parallel = database.connect("parallelism=2")) {
      assertThat(sorted(parallel, "SELECT k, h, narrow.median(x) FROM t GROUP BY k, h"))
          .isEqualTo(sorted(plain, "SELECT k, h, stats.median(x) FROM t GROUP BY k, h"));
      assertThat(
              failure(parallel, "SELECT g, broken_aggregates.hoarder(id) FROM t GROUP BY g")
                  .getSQLState())
          .isEqualTo("53200");
    }
    database.execute("DROP MODULE narrow");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "65", "many", "-1"})
  void aNumberOfThreadsThatIsNoneIsRefused(String threads) {
    try (Connection connection = database.connect("parallelism=" + threads)) {
      throw new AssertionError(connection + " was opened");
    } catch (SQLException e) {
      assertThat(e.getSQLState()).isEqualTo("08001");
      assertThat(e.getMessage()).contains("parallelism=" + threads);
    }
  }
}
