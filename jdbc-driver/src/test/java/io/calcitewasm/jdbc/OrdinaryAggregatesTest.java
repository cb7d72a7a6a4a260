package io.calcitewasm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Aggregates of Calcite beside one of a module answer what they answer where Calcite's own operator
 * groups, as it does row by row: values of all types, NULLs, overflows and errors.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class OrdinaryAggregatesTest {
  private static final int ROWS = 3_000;

  /** Of one column; some are refused for some types. */
  private static final List<String> OF_A_COLUMN =
      List.of(
          "COUNT(%s), MIN(%1$s), MAX(%1$s)",
          "ANY_VALUE(%s), COUNT(%1$s, g) FILTER (WHERE b)",
          "MIN(%s) FILTER (WHERE b), MAX(%1$s) FILTER (WHERE i IS NULL), COUNT(*) FILTER (WHERE b)",
          "SUM(%s), AVG(%1$s)",
          "SUM(%s) FILTER (WHERE b), STDDEV_POP(%1$s), VAR_SAMP(%1$s)",
          "BIT_AND(%s), BIT_OR(%1$s), BIT_XOR(%1$s)",
          "EVERY(%s), SOME(%1$s)",
          "LISTAGG(%s), LISTAGG(%1$s, '+')",
          "MODE(%s)",
          "ARG_MIN(%s, i), ARG_MAX(%1$s, s)");

  private static final List<String> GROUPINGS =
      List.of(
          "", " GROUP BY g", " GROUP BY k", " GROUP BY k, s", " GROUP BY g HAVING COUNT(*) > 9");

  private static final List<String> TEXTS = List.of("a", "A", "ä", "10", "9", "a10", "a9");

  private TestDatabase database;
  private Connection ours;
  private Connection byRows;

  @BeforeAll
  void open() throws SQLException {
    database =
        new TestDatabase(
            "components/stats", "components/collate AS collation", "fixtures/broken-aggregates");
    ours = database.connection();
    byRows = database.connect("batches=false");
    Sql.run(
        ours,
        "CREATE TABLE t (id INT NOT NULL, g VARCHAR(10), k BIGINT NOT NULL, b BOOLEAN, ti TINYINT,"
            + " si SMALLINT, i INTEGER, l BIGINT, big BIGINT NOT NULL, d DECIMAL(12, 3), dn"
            + " DECIMAL(19, 0) NOT NULL, r REAL, x DOUBLE, xn DOUBLE NOT NULL, s VARCHAR(10), c"
            + " CHAR(3), vb VARBINARY(4), dt DATE, tm TIME, ts TIMESTAMP)");
    Random random = new Random(3);
    for (int from = 0; from < ROWS; from += 100) {
      Sql.run(
          ours,
          "INSERT INTO t VALUES "
              + IntStream.range(from, from + 100)
                  .mapToObj(id -> row(id, random))
                  .collect(Collectors.joining(", ")));
    }
  }

  private static String row(int id, Random random) {
    return Stream.of(
            "" + id,
            orNull(random, "'g" + random.nextInt(6) + "'"),
            "" + random.nextInt(1_500),
            orNull(random, String.valueOf(random.nextBoolean())),
            orNull(random, "" + (byte) random.nextInt()),
            orNull(random, "" + (short) random.nextInt()),
            orNull(random, "" + random.nextInt()),
            orNull(random, "" + random.nextLong()),
            "" + random.nextLong(),
            orNull(random, random.nextInt() / 10 + ".125"),
            "" + random.nextLong(),
            orNull(random, "CAST(" + random.nextFloat() * 1e38f + " AS REAL)"),
            orNull(random, random.nextInt(1_000_000) / 7.0 + "e0"),
            random.nextInt(1_000_000) + "e302",
            orNull(random, "'" + TEXTS.get(random.nextInt(TEXTS.size())) + "'"),
            orNull(random, "'c" + random.nextInt(9) + "'"),
            orNull(random, "X'%02x01'".formatted(random.nextInt(256))),
            orNull(random, "DATE '" + LocalDate.EPOCH.plusDays(random.nextInt(20_000)) + "'"),
            orNull(random, "TIME '12:%02d:09'".formatted(random.nextInt(60))),
            orNull(random, "TIMESTAMP '2024-01-01 07:%02d:00'".formatted(random.nextInt(60))))
        .collect(Collectors.joining(", ", "(", ")"));
  }

  private static String orNull(Random random, String value) {
    return random.nextInt(6) == 0 ? "NULL" : value;
  }

  @AfterAll
  void close() throws SQLException {
    database.close();
  }

  /** The rows in an order of their own, or what fails. */
  private static List<String> answer(Connection connection, String sql) {
    try {
      return Sql.rows(connection, sql).stream()
          .map(row -> row.stream().map(OrdinaryAggregatesTest::text).toList().toString())
          .sorted()
          .toList();
    } catch (SQLException e) {
      // Groups come in another order; which of them fails first does not matter.
      return List.of(e.getSQLState(), String.valueOf(e.getMessage()).replaceAll("[-.0-9]", ""));
    }
  }

  private static String text(@Nullable Object value) {
    return value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : String.valueOf(value);
  }

  /** Whether the query was answered, not refused. */
  private boolean compare(String aggregates, String groups) throws SQLException {
    String sql = "SELECT COUNT(*), stats.count_nulls(x), " + aggregates + " FROM t" + groups;
    List<String> expected = answer(byRows, sql);
    assertThat(answer(ours, sql)).as(sql).isEqualTo(expected);
    boolean answered = expected.isEmpty() || expected.getFirst().startsWith("[");
    if (answered) {
      assertThat(Sql.plan(ours, sql))
          .contains("ModuleGroups(")
          .doesNotContain("EnumerableAggregate(");
    }
    return answered;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "b", "ti", "si", "i", "l", "big", "d", "dn", "r", "x", "xn", "s", "c", "vb", "dt", "tm",
        "ts"
      })
  void aggregatesAnswerWhatTheyDoInCalcitesOperator(String column) throws SQLException {
    int answered = 0;
    for (int i = 0; i < OF_A_COLUMN.size(); i++) {
      String groups = GROUPINGS.get((i + column.charAt(0)) % GROUPINGS.size());
      answered += compare(OF_A_COLUMN.get(i).formatted(column), groups) ? 1 : 0;
    }
    assertThat(answered).isGreaterThanOrEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ti", "si", "i", "l", "big", "d", "dn", "r", "xn"})
  void argumentsAreMadeDoublesOnTheirWay(String column) throws SQLException {
    String sql =
        "SELECT k, COUNT(*), stats.median(%s), stats.percentile(0.9, %1$s) FROM t GROUP BY k"
            .formatted(column);
    assertThat(Sql.plan(ours, sql)).contains("ModuleGroups(");
    assertThat(answer(ours, sql)).isEqualTo(answer(byRows, sql)).hasSizeGreaterThan(1_000);
  }

  @Test
  void emptyInputsAnswerOneGroupOrNone() throws SQLException {
    for (String groups : List.of(" WHERE id < 0", " WHERE id < 0 GROUP BY g")) {
      assertThat(compare("SUM(i), MIN(s), COUNT(x), AVG(d), MAX(xn), SUM(big)", groups)).isTrue();
    }
  }

  @Test
  void collationsOrderTheirTexts() throws SQLException {
    assertThat(compare("MIN(s COLLATE natural), MAX(s COLLATE natural)", " GROUP BY g")).isTrue();
  }

  @Test
  void inputsAreReadAgainWhereOthersDependOnThem() {
    String sql =
        "SELECT g, (SELECT %s FROM t AS i WHERE i.g = o.g AND i.id < 60 + o.n) FROM (SELECT g,"
            + " COUNT(*) AS n FROM t GROUP BY g) AS o";
    assertThat(answer(ours, sql.formatted("SUM(id) + 0 * stats.count_nulls(x)")))
        .isEqualTo(answer(byRows, sql.formatted("SUM(id)")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT g, stats.concat_all(s) WITHIN GROUP (ORDER BY id), COUNT(*) FROM t GROUP BY g",
        "SELECT g, stats.count_nulls(x), LISTAGG(s) WITHIN GROUP (ORDER BY id) FROM t GROUP BY g",
        "SELECT g, stats.count_nulls(x), COLLECT(i) FROM t GROUP BY GROUPING SETS ((g), (k))",
        "SELECT g, stats.count_nulls(x), COUNT(DISTINCT s), SUM(DISTINCT i) FROM t GROUP BY g",
        "SELECT g, k, stats.count_nulls(x), SUM(xn), GROUPING(g) FROM t GROUP BY ROLLUP (g, k)"
      })
  void whatIsNotTakenAlongIsStillRight(String sql) {
    assertThat(answer(ours, sql)).isEqualTo(answer(byRows, sql)).hasSizeGreaterThan(5);
  }

  @Test
  void threadsAnswerTheSame() throws SQLException {
    String sql = "SELECT k, stats.median(x), COUNT(*), SUM(l), MIN(s), AVG(d) FROM t GROUP BY k";
    Connection divided = database.connect("parallelism=2");
    assertThat(Sql.plan(divided, sql)).contains("PARALLEL 2 median");
    assertThat(answer(divided, sql)).isEqualTo(answer(ours, sql)).hasSizeGreaterThan(1_000);
  }

  @Test
  void anErrorOfTheModuleNamesTheGroupThere() {
    String sql =
        "SELECT g, COUNT(*), broken_aggregates.step_errs(-7) FROM t WHERE g = 'g2' GROUP BY g";
    SQLException failure = Sql.failure(ours, sql);
    assertThat(failure.getSQLState()).isEqualTo("38000");
    assertThat(failure.getMessage()).contains("(group 'g2')");
  }
}
