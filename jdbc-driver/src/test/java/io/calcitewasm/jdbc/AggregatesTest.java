package io.calcitewasm.jdbc;

import static io.calcitewasm.jdbc.Sql.rows;
import static io.calcitewasm.jdbc.Sql.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Aggregates of guests in every clause, against those that H2 has of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class AggregatesTest {
  private static final int ROWS = 2_500;
  private static final double TOLERANCE = 1e-9;

  private TestDatabase database;
  private Connection ours;
  private Connection h2;

  @BeforeAll
  void open() throws SQLException {
    database = new TestDatabase("components/stats", "fixtures/broken-aggregates");
    ours = database.connection();
    h2 = DriverManager.getConnection("jdbc:h2:mem:");
    for (Connection connection : List.of(ours, h2)) {
      run(
          connection,
          "CREATE TABLE t (id INTEGER NOT NULL, g VARCHAR(10), k BIGINT, x DOUBLE PRECISION, y DOUBLE"
              + " PRECISION, s VARCHAR(10))");
      SplittableRandom random = new SplittableRandom(5);
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO t VALUES (?, ?, ?, ?, ?, ?)")) {
        for (int i = 0; i < ROWS; i++) {
          insert.setInt(1, i);
          insert.setObject(2, random.nextInt(9) == 0 ? null : "g" + random.nextInt(6));
          insert.setObject(3, random.nextInt(9) == 0 ? null : (Object) random.nextLong(300));
          insert.setObject(4, random.nextInt(9) == 0 ? null : (Object) random.nextDouble(-9, 9));
          insert.setObject(5, random.nextInt(9) == 0 ? null : (Object) random.nextDouble(-9, 9));
          insert.setObject(6, random.nextInt(9) == 0 ? null : "s" + random.nextInt(40));
          insert.addBatch();
        }
        insert.executeBatch();
      }
    }
  }

  @AfterAll
  void close() throws SQLException {
    database.close();
    h2.close();
  }

  /** Each line: our expression, H2's, and the rest of the query for both. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "stats.median(x)|MEDIAN(x)|SELECT %s AS v FROM t",
        "stats.median(x)|MEDIAN(x)|SELECT g, %s AS v FROM t GROUP BY g ORDER BY g NULLS FIRST",
        "stats.median(x)|MEDIAN(x)|SELECT k, %s AS v FROM t GROUP BY k ORDER BY k NULLS FIRST",
        "stats.median(x)|MEDIAN(x)|SELECT g, k, %s AS v FROM t GROUP BY g, k ORDER BY g NULLS FIRST,"
            + " k NULLS FIRST",
        "stats.median(x)|MEDIAN(x)|SELECT %s AS v FROM t WHERE id < 0",
        "stats.median(x)|MEDIAN(x)|SELECT g, %s AS v FROM t WHERE id < 0 GROUP BY g",
        "stats.median(x)|MEDIAN(x)|SELECT %s AS v FROM t WHERE x IS NULL",
        "stats.median(x)|MEDIAN(x)|SELECT g, %s FILTER (WHERE id > 999) AS v FROM t GROUP BY g ORDER"
            + " BY g NULLS FIRST",
        "stats.median(x)|MEDIAN(x)|SELECT g FROM t GROUP BY g HAVING %s > 0.1 ORDER BY g NULLS FIRST",
        "stats.median(x)|MEDIAN(x)|SELECT g, COUNT(*) AS c FROM t GROUP BY g ORDER BY %s, g",
        "stats.median(DISTINCT k)|MEDIAN(DISTINCT k)|SELECT g, %s AS v FROM t GROUP BY g ORDER BY g"
            + " NULLS FIRST",
        "stats.median(k)|MEDIAN(k)|SELECT g, %s AS v, SUM(k) AS s, COUNT(DISTINCT s) AS c FROM t GROUP"
            + " BY g ORDER BY g NULLS FIRST",
        "stats.median(x)|MEDIAN(x)|SELECT g, COUNT(*) AS a, %s AS v, COUNT(x) AS b, SUM(x) AS c, MIN(s)"
            + " AS d, MAX(y) AS e, AVG(y) AS f, SUM(k) FILTER (WHERE id > 99) AS h FROM t GROUP BY g"
            + " ORDER BY g NULLS FIRST",
        "stats.median(x)|MEDIAN(x)|SELECT k, COUNT(*) AS a, %s AS v, SUM(x) AS b, SUM(CAST(id AS"
            + " DECIMAL(9, 2))) AS c FROM t GROUP BY k HAVING COUNT(*) > 5 ORDER BY k NULLS FIRST",
        "stats.median(x)|MEDIAN(x)|SELECT COUNT(*) AS a, %s AS v, MAX(s) AS b, AVG(k * 1.0) AS c FROM t"
            + " WHERE id < 0",
        "stats.percentile(0.9, x)|PERCENTILE_CONT(0.9) WITHIN GROUP (ORDER BY x)|SELECT g, %s AS v"
            + " FROM t GROUP BY g ORDER BY g NULLS FIRST",
        "stats.percentile(0.5, x)|PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY x)|SELECT %s AS v FROM t"
            + " WHERE id < 0",
        "stats.moving_average(x)|AVG(x)|SELECT g, %s AS v FROM t GROUP BY g ORDER BY g NULLS FIRST",
        "stats.count_nulls(x)|COUNT(*) - COUNT(x)|SELECT g, %s AS v FROM t GROUP BY g ORDER BY g NULLS"
            + " FIRST",
        "stats.count_nulls(s)|COUNT(*) - COUNT(s)|SELECT %s AS v FROM t WHERE id < 0",
        "stats.concat_all(s) WITHIN GROUP (ORDER BY id)|LISTAGG(s, '') WITHIN GROUP (ORDER BY"
            + " id)|SELECT g, %s AS v FROM t WHERE id < 500 GROUP BY g ORDER BY g NULLS FIRST",
        "stats.concat_all(s) WITHIN GROUP (ORDER BY s DESC, id)|LISTAGG(s, '') WITHIN GROUP (ORDER BY s"
            + " DESC, id)|SELECT g, %s AS v FROM t WHERE id < 500 GROUP BY g ORDER BY g NULLS FIRST",
        "stats.median(x)|MEDIAN(x)|SELECT a.g, %s AS v FROM t AS a JOIN (SELECT DISTINCT g FROM t WHERE"
            + " k < 100) AS b ON a.g = b.g GROUP BY a.g ORDER BY a.g",
        "stats.median(v)|MEDIAN(v)|SELECT %s AS v FROM (SELECT g, AVG(x) AS v FROM t GROUP BY g) AS q",
        "stats.median(x)|MEDIAN(x)|SELECT id, (SELECT %s FROM t AS i WHERE i.k = o.k) AS v FROM t AS o"
            + " WHERE id < 60 ORDER BY id",
        "stats.moving_average(x)|AVG(x)|SELECT id, %s OVER (ORDER BY id ROWS BETWEEN 5 PRECEDING AND"
            + " CURRENT ROW) AS v FROM t ORDER BY id",
        "stats.moving_average(x)|AVG(x)|SELECT id, %s OVER (PARTITION BY g ORDER BY id ROWS BETWEEN 3"
            + " PRECEDING AND 2 FOLLOWING) AS v FROM t ORDER BY id",
        "stats.moving_average(x)|AVG(x)|SELECT id, %s OVER (PARTITION BY g ORDER BY id ROWS BETWEEN 2"
            + " FOLLOWING AND 4 FOLLOWING) AS v FROM t ORDER BY id",
        "stats.moving_average(x)|AVG(x)|SELECT id, %s OVER (PARTITION BY g ORDER BY id ROWS BETWEEN 9"
            + " PRECEDING AND 7 PRECEDING) AS v FROM t ORDER BY id",
        "stats.moving_average(x)|AVG(x)|SELECT id, %s OVER (PARTITION BY g ORDER BY k RANGE BETWEEN 10"
            + " PRECEDING AND 10 FOLLOWING) AS v FROM t WHERE k IS NOT NULL ORDER BY id",
        "stats.moving_average(x)|AVG(x)|SELECT id, %s OVER (PARTITION BY g ORDER BY id) AS v FROM t"
            + " ORDER BY id",
        "stats.moving_average(x)|AVG(x)|SELECT id, %s OVER (PARTITION BY g) AS v FROM t ORDER BY id",
        "stats.moving_average(x)|AVG(x)|SELECT id, %s OVER (ORDER BY id ROWS BETWEEN CURRENT ROW AND"
            + " UNBOUNDED FOLLOWING) AS v FROM t WHERE id > 2400 ORDER BY id",
        "stats.moving_average(x)|AVG(x)|SELECT id, %s OVER (PARTITION BY g ORDER BY id ROWS BETWEEN 3"
            + " PRECEDING AND 3 FOLLOWING EXCLUDE CURRENT ROW) AS v FROM t ORDER BY id",
        "stats.moving_average(x)|AVG(x)|SELECT id, %s OVER (PARTITION BY g ORDER BY k ROWS BETWEEN 3"
            + " PRECEDING AND 3 FOLLOWING EXCLUDE GROUP) AS v FROM t WHERE id < 0 ORDER BY id",
        "stats.median(x)|MEDIAN(x)|SELECT id, %s OVER (PARTITION BY g) AS v FROM t ORDER BY id",
        "stats.moving_average(x)|AVG(x)|SELECT id, SUM(k) OVER (ORDER BY id ROWS 3 PRECEDING) AS a, %s"
            + " OVER (PARTITION BY g ORDER BY id ROWS 4 PRECEDING) AS b, COUNT(*) OVER (PARTITION BY"
            + " g ORDER BY id) AS c, %s OVER (PARTITION BY g ORDER BY id) AS d FROM t ORDER BY id",
        "stats.moving_average(x)|AVG(x)|SELECT %s OVER () AS v FROM (SELECT x FROM t) AS q",
        "stats.moving_average(v)|AVG(v)|SELECT id, %s OVER (ORDER BY id ROWS 9 PRECEDING) AS w FROM"
            + " (SELECT id, AVG(x) OVER (ORDER BY id ROWS 2 PRECEDING) AS v FROM t) AS q ORDER BY id",
      })
  void itIsWhatH2Says(String mine, String theirs, String query) throws SQLException {
    List<List<@Nullable Object>> expected = rows(h2, query.replace("%s", theirs));
    assertSame(rows(ours, query.replace("%s", mine)), expected);
  }

  private static void assertSame(
      List<List<@Nullable Object>> actual, List<List<@Nullable Object>> expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int row = 0; row < expected.size(); row++) {
      for (int column = 0; column < expected.get(row).size(); column++) {
        Object value = actual.get(row).get(column);
        Object wanted = expected.get(row).get(column);
        if (wanted instanceof Number number && value instanceof Number given) {
          assertThat(given.doubleValue())
              .as("row %s, column %s", row, column)
              .isCloseTo(number.doubleValue(), within(TOLERANCE));
        } else {
          assertThat(value).as("row %s, column %s", row, column).isEqualTo(wanted);
        }
      }
    }
  }

  @Test
  void severalArgumentsAreTakenInOrder() throws SQLException {
    assertSame(
        rows(
            ours,
            "SELECT r.g, r.l.slope, r.l.intercept, r.l.r2 FROM (SELECT g,"
                + " stats.linear_regression(y, x) AS l FROM t GROUP BY g) AS r ORDER BY g NULLS"
                + " FIRST"),
        rows(
            h2,
            "SELECT g, REGR_SLOPE(y, x), REGR_INTERCEPT(y, x), REGR_R2(y, x) FROM t GROUP BY g"
                + " ORDER BY g NULLS FIRST"));
  }

  @Test
  void groupingSetsAreTheirGroupings() throws SQLException {
    String group = "SELECT %s, %s, MEDIAN(x) AS v FROM t GROUP BY %s";
    assertSame(
        rows(
            ours,
            "SELECT g, k, stats.median(x) AS v FROM t GROUP BY ROLLUP(g, k) ORDER BY GROUPING(g),"
                + " GROUPING(k), g NULLS FIRST, k NULLS FIRST"),
        rows(
            h2,
            "SELECT g, k, v FROM (SELECT 0 AS n, * FROM ("
                + group.formatted("g", "k", "g, k")
                + ") UNION ALL SELECT 1, * FROM ("
                + group.formatted("g", "NULL AS k", "g")
                + ") UNION ALL SELECT 2, NULL, NULL, MEDIAN(x) FROM t) ORDER BY n, g NULLS FIRST, k"
                + " NULLS FIRST"));
  }

  @Test
  void aConstantThatChangesWithinAGroupIsRefused() {
    assertThatThrownBy(() -> rows(ours, "SELECT g, stats.percentile(x, x) FROM t GROUP BY g"))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("22023"))
        .hasMessageContaining("fraction must be the same in all rows of a group");
  }

  @Test
  void aConstantMayBeAColumnOfTheGroup() throws SQLException {
    assertSame(
        rows(
            ours,
            "SELECT p, stats.percentile(p, x) FROM (SELECT MOD(id, 3) * 0.25 AS p, x FROM t) AS q"
                + " GROUP BY p ORDER BY p"),
        rows(
            h2,
            "SELECT 0.0, PERCENTILE_CONT(0.0) WITHIN GROUP (ORDER BY x) FROM t WHERE MOD(id, 3) = 0"
                + " UNION ALL SELECT 0.25, PERCENTILE_CONT(0.25) WITHIN GROUP (ORDER BY x) FROM t"
                + " WHERE MOD(id, 3) = 1 UNION ALL SELECT 0.5, PERCENTILE_CONT(0.5) WITHIN GROUP"
                + " (ORDER BY x) FROM t WHERE MOD(id, 3) = 2"));
  }

  @Test
  void aConstantThatIsNullGivesNull() throws SQLException {
    assertThat(rows(ours, "SELECT stats.percentile(NULL, x) FROM t"))
        .containsExactly(java.util.Collections.singletonList(null));
  }

  @Test
  void sketchesAreAboutRight() throws SQLException {
    long exact =
        ((Number) rows(h2, "SELECT COUNT(DISTINCT k) FROM t").getFirst().getFirst()).longValue();
    Object guess = rows(ours, "SELECT stats.hyperloglog(k) FROM t").getFirst().getFirst();
    assertThat(((Number) guess).doubleValue()).isCloseTo(exact, within(exact * 0.1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "38W01|SELECT g, broken_aggregates.step_traps(CAST(x AS BIGINT)) FROM t GROUP BY g",
        "38000|SELECT g, broken_aggregates.step_errs(CAST(x AS BIGINT)) FROM t GROUP BY g",
        "38000|SELECT g, broken_aggregates.value_errs(-1) FROM t GROUP BY g",
        "38W01|SELECT g, broken_aggregates.value_traps(-1) FROM t GROUP BY g",
        "38W01|SELECT g, broken_aggregates.constructor_traps(-1, id) FROM t GROUP BY g",
      })
  void anErrorNamesTheGroup(String state, String query) {
    assertThatThrownBy(() -> rows(ours, query))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(state))
        .hasMessageContaining("(group ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "38000|inverse_errs(CAST(x AS BIGINT))",
        "38W01|inverse_traps(CAST(x AS BIGINT))",
        "38W01|step_traps(CAST(x AS BIGINT))",
      })
  void anErrorInAWindowIsOneError(String state, String call) {
    assertThatThrownBy(
            () ->
                rows(
                    ours,
                    "SELECT broken_aggregates."
                        + call
                        + " OVER (PARTITION BY 'p', g ORDER BY id ROWS 2 PRECEDING) FROM t WHERE g ="
                        + " 'g2'"))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(state))
        .hasMessageContaining("'g2')")
        .hasMessageContaining("(partition ");
  }

  @Test
  void anErrorAmongGroupingSetsNamesTheGroup() {
    assertThatThrownBy(
            () ->
                rows(
                    ours,
                    "SELECT g, k, broken_aggregates.step_errs(-7) FROM t WHERE g = 'g2' AND k = 11"
                        + " GROUP BY CUBE(g, k)"))
        .hasMessageContaining("(group 'g2', 11)");
    assertThatThrownBy(
            () ->
                rows(
                    ours,
                    "SELECT g, broken_aggregates.value_errs(-7) FROM t WHERE g = 'g2' GROUP BY"
                        + " GROUPING SETS((g))"))
        .hasMessageContaining("(group 'g2')");
  }

  @Test
  void groupsGoThroughColumns() throws SQLException {
    String plan =
        String.valueOf(
            rows(ours, "EXPLAIN PLAN FOR SELECT g, stats.median(x) FROM t GROUP BY g")
                .getFirst()
                .getFirst());
    assertThat(plan).contains("ModuleGroups(group=[{").doesNotContain("EnumerableAggregate");
  }

  @Test
  void othersGoWithThem() throws SQLException {
    String plan =
        String.valueOf(
            rows(
                    ours,
                    "EXPLAIN PLAN FOR SELECT g, COUNT(*), SUM(k) FILTER (WHERE x > 1), AVG(y),"
                        + " MIN(s), stats.median(x) FROM t GROUP BY g HAVING MAX(k) > 9")
                .getFirst()
                .getFirst());
    assertThat(plan)
        .contains("ModuleGroups(group=[{", "COUNT()", "SUM0(", "FILTER", "MIN(", "MAX(", "median(")
        .doesNotContain("EnumerableAggregate");
  }

  /** The module's memory holds a few thousand of them at once. */
  @Test
  void moreGroupsThanTheModulesMemoryHolds() throws SQLException {
    run(
        ours,
        "CREATE MODULE cramped FROM '"
            + TestDatabase.file("components/stats")
            + "' WITH (memory => '1MB')");
    String query =
        "SELECT i, %s(v), COUNT(*) FROM (SELECT MOD(a.id * 12 + b.id, 15000) AS i, a.x + b.id AS v"
            + " FROM t AS a CROSS JOIN (SELECT id FROM t WHERE id < 12) AS b) AS q"
            + " GROUP BY i ORDER BY i";
    String alone = query.replace(", COUNT(*)", "");
    for (String each : List.of(query, alone)) {
      assertSame(rows(ours, each.formatted("cramped.median")), rows(h2, each.formatted("MEDIAN")));
    }
  }

  @Test
  void theConnectionOutlivesAFailedAggregate() throws SQLException {
    for (int i = 0; i < 20; i++) {
      assertThatThrownBy(() -> rows(ours, "SELECT broken_aggregates.step_traps(-1) FROM t"))
          .isInstanceOf(SQLException.class);
    }
    assertThat(rows(ours, "SELECT broken_aggregates.step_traps(1) FROM t WHERE id < 3")).hasSize(1);
  }

  @Test
  void anAccumulatorThatTakesTooMuchMemoryIsRefused() {
    assertThatThrownBy(
            () -> rows(ours, "SELECT g, broken_aggregates.hoarder(id) FROM t GROUP BY g"))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("53200"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"no_value", "odd_value", "odd_inverse"})
  void whatIsNoAggregateSaysWhy(String name) {
    assertThatThrownBy(() -> rows(ours, "SELECT broken_aggregates." + name + "(1) FROM t"))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("WM004"))
        .hasMessageContaining("as an aggregate: ");
  }

  @Test
  void theStateOfAnAggregateEndsWithItsStatement() throws SQLException {
    String query = "SELECT stats.median(x) FROM t";
    assertThat(rows(ours, query)).isEqualTo(rows(ours, query));
    try (PreparedStatement prepared = ours.prepareStatement(query)) {
      for (int i = 0; i < 3; i++) {
        try (ResultSet result = prepared.executeQuery()) {
          assertThat(result.next()).isTrue();
          assertThat(List.of(List.of(result.getObject(1)))).isEqualTo(rows(ours, query));
        }
      }
    }
  }

  @Test
  void twoAggregatesOfAModuleKeepApart() throws SQLException {
    assertSame(
        rows(
            ours,
            "SELECT g, stats.median(x), stats.median(y), stats.percentile(0.25, x) FROM t GROUP BY"
                + " g ORDER BY g NULLS FIRST"),
        rows(
            h2,
            "SELECT g, MEDIAN(x), MEDIAN(y), PERCENTILE_CONT(0.25) WITHIN GROUP (ORDER BY x) FROM t"
                + " GROUP BY g ORDER BY g NULLS FIRST"));
  }

  @Test
  void aDifferentNumberOfArgumentsIsRefusedWithTheCandidates() {
    assertThatThrownBy(() -> rows(ours, "SELECT stats.median(x, y) FROM t"))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42883"))
        .hasMessageContaining("stats.numbers.median(x DOUBLE) -> DOUBLE");
  }
}
