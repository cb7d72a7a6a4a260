package io.calcitewasm.jdbc;

import static io.calcitewasm.jdbc.Sql.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches of calls: the same answers and errors as row by row, for every clause of SQL. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class BatchesTest {
  private static final int ROWS = 3_000;

  private TestDatabase database;
  private Connection batched;
  private Connection rowByRow;

  @BeforeAll
  void open() throws SQLException {
    database =
        new TestDatabase(
            "components/text",
            "components/money",
            "fixtures/arithmetic",
            "fixtures/types",
            "fixtures/evil");
    batched = database.connection();
    rowByRow = database.connect("batches=false");
    database.execute(
        "CREATE TABLE t (id INTEGER NOT NULL, n BIGINT, x DOUBLE, f BOOLEAN, s VARCHAR(40),"
            + " d DECIMAL(10, 2), made DATE)");
    try (PreparedStatement insert =
        batched.prepareStatement("INSERT INTO t VALUES (?, ?, ?, ?, ?, ?, DATE '2026-01-01')")) {
      for (int i = 0; i < ROWS; i++) {
        insert.setInt(1, i);
        insert.setObject(2, i % 7 == 0 ? null : (Object) (long) (i % 50 - 5));
        insert.setObject(3, i % 11 == 0 ? null : (Object) (i / 4.0));
        insert.setObject(4, i % 5 == 0 ? null : (Object) (i % 2 == 0));
        insert.setObject(5, i % 13 == 0 ? null : (Object) ("Crème no. " + i % 90));
        insert.setBigDecimal(6, java.math.BigDecimal.valueOf(i, 2));
        insert.addBatch();
      }
      insert.executeBatch();
    }
    database.execute("CREATE TABLE u (k BIGINT, w VARCHAR(20))");
    database.execute(
        "INSERT INTO u VALUES (1, 'one'), (2, 'two'), (2, 'Zwei'), (NULL, 'none'), (40, NULL)");
  }

  @AfterAll
  void close() throws SQLException {
    database.close();
  }

  private long count(String sql) {
    return Long.parseLong(String.valueOf(Answers.of(rowByRow, sql).getFirst().getFirst()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT id, arithmetic.add(n, id) FROM t ORDER BY id",
        "SELECT id, text.slugify(s), text.word_count(s), n FROM t ORDER BY id",
        "SELECT types.id_f64(x), types.id_f32(1.5), types.id_bool(f) FROM t ORDER BY id",
        "SELECT types.id_decimal(d), types.id_date(made), types.id_u64(n + 5) FROM t ORDER BY id",
        "SELECT types.id_s8(n), types.id_u8(id - id), types.id_s16(n), types.id_u16(4),"
            + " types.id_u32(id) FROM t ORDER BY id",
        "SELECT types.id_bytes(CAST(X'00ff' AS VARBINARY(4))) = X'00ff', types.id_char('é'),"
            + " types.id_colour('red') FROM t WHERE id < 20",
        "SELECT types.id_list_s32(ARRAY[id, 2]), types.id_timestamp("
            + "TIMESTAMP '2026-01-01 00:00:00') FROM t WHERE id < 40 ORDER BY id",
        "SELECT types.lenient(id, CAST(n AS INTEGER)) FROM t ORDER BY id",
        "SELECT types.is_null(s), types.null_if_zero(MOD(id, 3)) FROM t ORDER BY id",
        "SELECT id FROM t WHERE arithmetic.add(n, 1) > 10 AND id > 100 ORDER BY id",
        "SELECT id FROM t WHERE text.slugify(s) = 'creme-no-7' OR arithmetic.add(n, n) = 4"
            + " ORDER BY id",
        "SELECT CASE WHEN n > 0 THEN evil.trap_if_negative(n) WHEN n < -3 THEN -1"
            + " ELSE arithmetic.add(id, 1) END FROM t WHERE n IS NOT NULL ORDER BY id",
        "SELECT CASE WHEN arithmetic.add(n, 1) > 3 THEN evil.trap_if_negative(n)"
            + " ELSE arithmetic.add(arithmetic.add(id, 1), n) END FROM t ORDER BY id",
        "SELECT CASE evil.trap_if_negative(id) WHEN 3 THEN evil.trap_if_negative(id) END FROM t"
            + " ORDER BY id",
        "SELECT COALESCE(arithmetic.add(n, 1), arithmetic.add(id, 2), 0) FROM t ORDER BY id",
        "SELECT NULLIF(text.word_count(s), 3), COALESCE(text.slugify(s), '-') FROM t ORDER BY id",
        "SELECT arithmetic.add(n, 10 / (id - 5)) FROM t WHERE id <> 5 ORDER BY id",
        "SELECT CASE WHEN id <> 5 THEN arithmetic.add(10 / (id - 5), 1) END FROM t ORDER BY id",
        "SELECT arithmetic.add(10 / (id - 5), 1) FROM (SELECT * FROM t ORDER BY id LIMIT 20) t",
        "SELECT evil.trap_if_negative(700 - id) FROM (SELECT * FROM t ORDER BY id LIMIT 900) t",
        "SELECT text.slugify(s), COUNT(*), SUM(arithmetic.add(n, 1)) FROM t"
            + " GROUP BY text.slugify(s) ORDER BY 1",
        "SELECT MOD(id, 4), SUM(arithmetic.add(n, 1)) FILTER (WHERE text.word_count(s) = 3),"
            + " COUNT(DISTINCT text.slugify(s)) FROM t GROUP BY MOD(id, 4)"
            + " HAVING MAX(arithmetic.add(id, 1)) > 5 ORDER BY 1",
        "SELECT n, f, SUM(arithmetic.add(id, 1)) FROM t WHERE id < 100"
            + " GROUP BY GROUPING SETS ((n), (f), ()) ORDER BY 1, 2, 3",
        "SELECT id, SUM(arithmetic.add(n, 1)) OVER (PARTITION BY text.slugify(s) ORDER BY id)"
            + " FROM t WHERE id < 300 ORDER BY id",
        "SELECT id FROM t WHERE id < 500 ORDER BY text.slugify(s) DESC NULLS LAST, id LIMIT 20",
        "SELECT id, text.slugify(s) FROM t ORDER BY id OFFSET 100 ROWS FETCH NEXT 30 ROWS ONLY",
        "SELECT DISTINCT text.slugify(s) FROM t ORDER BY 1",
        "SELECT t.id, u.w FROM t JOIN u ON arithmetic.add(t.n, 1) = u.k WHERE t.id < 300"
            + " ORDER BY 1, 2",
        "SELECT t.id, u.w FROM t JOIN u ON arithmetic.add(t.n, u.k) > 40 ORDER BY 1, 2",
        "SELECT t.id, u.w FROM t JOIN u ON t.n = u.k AND text.word_count(u.w) = 1 ORDER BY 1, 2",
        "SELECT t.id, u.w FROM t LEFT JOIN u ON t.n = u.k AND arithmetic.add(t.id, u.k) > 60"
            + " WHERE t.id < 200 ORDER BY 1, 2",
        "SELECT t.id, u.w FROM (SELECT * FROM t WHERE id < 60) t FULL JOIN u"
            + " ON t.n = u.k AND text.slugify(u.w) <> 'two' ORDER BY 1, 2",
        "SELECT id FROM t WHERE id < 200 AND n IN (SELECT arithmetic.add(k, 1) FROM u) ORDER BY id",
        "SELECT id FROM t WHERE id < 200 AND n NOT IN (SELECT arithmetic.add(k, 1) FROM u"
            + " WHERE k IS NOT NULL AND arithmetic.add(k, 1) > 2) ORDER BY id",
        "SELECT id FROM t WHERE EXISTS (SELECT 1 FROM u WHERE arithmetic.add(u.k, 1) = t.n)"
            + " ORDER BY id",
        "SELECT id, (SELECT MAX(arithmetic.add(k, t.n)) FROM u) FROM t WHERE id < 50 ORDER BY id",
        "SELECT text.slugify(s) FROM t WHERE id < 30 UNION SELECT text.slugify(w) FROM u"
            + " ORDER BY 1",
        "SELECT text.slugify(s) FROM t EXCEPT SELECT text.slugify(s) FROM t WHERE id < 80"
            + " ORDER BY 1",
        "SELECT t.id, e FROM t, UNNEST(types.id_list_s32(ARRAY[t.id, 7])) AS x (e) WHERE t.id < 30"
            + " ORDER BY 1, 2",
        "VALUES (text.slugify('One Two'), arithmetic.add(1, 2))",
        "SELECT y FROM (SELECT id, arithmetic.add(n, 1) AS y FROM t) v WHERE y > 40 ORDER BY id, y",
        "SELECT money.parse_money(CAST(d AS VARCHAR(20)) || ' EUR') FROM t WHERE id < 50"
            + " ORDER BY id",
        "SELECT t.id, w.* FROM t, LATERAL TABLE(text.tokens(t.s)) AS w ORDER BY 1, 2",
        "SELECT t.id, w.token FROM t, LATERAL TABLE(text.tokens(text.slugify(t.s))) AS w"
            + " WHERE w.ordinal > MOD(t.id, 3) AND text.word_count(w.token) = 1 ORDER BY 1, 2",
        "SELECT t.id, w.* FROM t LEFT JOIN LATERAL TABLE(text.tokens(t.s)) AS w ON TRUE"
            + " WHERE t.id < 100 ORDER BY 1, 2",
        "SELECT t.id, w.ngram, v.token FROM t, LATERAL TABLE(text.ngrams(t.s, 2)) AS w,"
            + " LATERAL TABLE(text.tokens(w.ngram || t.s)) AS v WHERE t.id < 50 ORDER BY 1, 2, 3",
        "SELECT COUNT(*), MAX(w.begins_at) FROM t, LATERAL TABLE(text.tokens(t.s)) AS w",
        "SELECT t.id, w.token FROM t, LATERAL TABLE(text.tokens(t.s)) AS w ORDER BY t.id LIMIT 7",
        "SELECT u.k, (SELECT MAX(w.token || u.w) FROM t, LATERAL TABLE(text.tokens(t.s || u.w))"
            + " AS w WHERE t.id < 9) FROM u ORDER BY 1",
        "SELECT COUNT(*) FROM t WHERE text.slugify(text.slugify(s)) = text.slugify(s)"
      })
  void an_answer_is_the_same_in_batches(String sql) throws SQLException {
    assertThat(plan(rowByRow, sql)).doesNotContain("ModuleCalc");
    assertThat(Answers.of(batched, sql)).isEqualTo(Answers.of(rowByRow, sql));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT arithmetic.add(n, 1) FROM t",
        "SELECT id FROM t WHERE arithmetic.add(n, 1) > 1",
        "SELECT SUM(arithmetic.add(n, 1)) FROM t",
        "SELECT n FROM t GROUP BY n HAVING arithmetic.add(n, 1) > 1",
        "SELECT id FROM t ORDER BY arithmetic.add(n, 1)",
        "SELECT SUM(n) OVER (ORDER BY arithmetic.add(n, 1)) FROM t",
        "SELECT t.id FROM t JOIN u ON arithmetic.add(t.n, u.k) > 1",
        "SELECT t.id FROM t JOIN u ON arithmetic.add(t.n, 1) = u.k",
        "SELECT CASE WHEN n > 1 THEN arithmetic.add(n, 1) END FROM t",
        "SELECT id FROM t WHERE EXISTS (SELECT 1 FROM u WHERE arithmetic.add(u.k, 1) = t.n)"
      })
  void calls_are_made_in_batches_wherever_they_stand(String sql) throws SQLException {
    assertThat(plan(batched, sql)).contains("arithmetic.integers.add").contains("ModuleCalc");
    assertThat(plan(batched, sql).lines().filter(line -> line.contains("add(")))
        .allMatch(line -> line.contains("ModuleCalc"));
  }

  @Test
  void tableFunctionsOfOtherTablesRowsAreCalledInBatches() throws SQLException {
    assertThat(plan(batched, "SELECT w.token FROM t, LATERAL TABLE(text.tokens(t.s)) AS w"))
        .contains("ModuleRows(rows=", "text.splitting.tokens(")
        .doesNotContain("Correlate");
    assertThat(
            plan(
                batched,
                "SELECT w.token FROM t LEFT JOIN LATERAL TABLE(text.tokens(t.s)) AS w ON TRUE"))
        .contains("ModuleRows(rows=", "outer=[true]");
  }

  @Test
  void fieldsOfTableFunctionsThatNobodyReadsAreNotMade() throws SQLException {
    String words = " FROM t, LATERAL TABLE(text.tokens(t.s)) AS w";
    for (String read :
        List.of("COUNT(*)", "SUM(w.ordinal)", "MAX(w.token)", "MIN(t.n + w.begins_at)")) {
      String sql = "SELECT " + read + words;
      assertThat(Answers.of(batched, sql)).as(sql).isEqualTo(Answers.of(rowByRow, sql));
    }
    assertThat(plan(batched, "SELECT COUNT(*)" + words)).contains("reads=[{}]");
    assertThat(plan(batched, "SELECT w.token, w.ordinal" + words)).contains("reads=[{");
    assertThat(plan(batched, "SELECT *" + words)).doesNotContain("reads=");
  }

  /** Calcite itself evaluates all operands of AND and OR. */
  @Test
  void and_and_or_call_nothing_when_they_are_decided() throws SQLException {
    assertThat(
            Answers.of(
                batched,
                "SELECT COUNT(*) FROM (SELECT n >= 0 AND evil.trap_if_negative(n) > 3 AS a,"
                    + " n < 0 OR evil.trap_if_negative(n) > 3 AS o FROM t WHERE n IS NOT NULL) v"
                    + " WHERE a AND o"))
        .isEqualTo(Answers.of(rowByRow, "SELECT COUNT(*) FROM t WHERE n > 3"));
  }

  @Test
  void what_a_database_can_filter_stays_there() throws SQLException {
    String plan =
        plan(batched, "SELECT text.slugify(s) FROM t WHERE text.word_count(s) > 2 AND n > 0");
    assertThat(plan).containsSubsequence("ModuleCalc", "JdbcFilter(condition=[>($1, 0)])");
    plan =
        plan(
            batched,
            "SELECT id FROM t WHERE id IN"
                + " (SELECT id FROM t WHERE text.word_count(s) > 2 AND n > 0)");
    assertThat(plan).contains("JdbcFilter(condition=[>($1, 0)])");
  }

  @Test
  void cheap_conditions_come_first() throws SQLException {
    assertThat(
            plan(
                batched,
                "SELECT id FROM t WHERE text.levenshtein(s, 'x') > 1 AND types.id_s64(n) > 2"))
        .containsSubsequence("levenshtein", "id_s64");
  }

  @Test
  void one_call_serves_filter_and_projection() throws SQLException {
    String plan =
        plan(batched, "SELECT text.slugify(s), n FROM t WHERE text.slugify(s) <> 'x' AND id > 2");
    assertThat(plan.split("slugify", -1)).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT text.slugify(t.s), u.w FROM t JOIN u ON t.n = u.k WHERE text.slugify(t.s) <> 'x'",
        "SELECT text.slugify(t.s) FROM u JOIN t ON t.n = u.k WHERE text.slugify(t.s) || u.w <> 'x'"
            + " AND text.slugify(t.s) <> 'y'",
        "SELECT text.slugify(t.s), u.w FROM t LEFT JOIN u ON t.n = u.k"
            + " WHERE text.slugify(t.s) LIKE 'creme%'",
        "SELECT text.slugify(u.w), t.id FROM t LEFT JOIN u ON t.n = u.k"
            + " AND text.slugify(u.w) <> 'one'",
        "SELECT text.slugify(u.w), t.id FROM t JOIN u"
            + " ON text.slugify(u.w) = CASE WHEN t.id < 5 THEN 'one' ELSE 'x' END",
        "SELECT text.slugify(t.s || u.w) FROM t JOIN u ON text.slugify(t.s || u.w) <> 'x'",
        "SELECT text.slugify(t.s) FROM t JOIN u ON t.n = u.k JOIN u AS v ON t.id = v.k + 4"
            + " WHERE text.slugify(t.s) <> 'x'"
      })
  void one_call_serves_a_condition_below_a_join_and_a_column_above_it(String sql)
      throws SQLException {
    assertThat(plan(batched, sql).split("slugify", -1)).hasSize(2);
    assertThat(Answers.of(batched, sql)).isNotEmpty().hasSameElementsAs(Answers.of(rowByRow, sql));
  }

  @Test
  void a_row_without_partner_is_not_given_the_result_of_a_call_that_was_not_made()
      throws SQLException {
    String sql =
        "SELECT t.id, types.is_null(u.w) FROM t LEFT JOIN u ON t.n = u.k"
            + " AND NOT types.is_null(u.w) WHERE t.id < 60 ORDER BY 1, 2";
    assertThat(plan(batched, sql).split("is_null\\(", -1)).hasSize(3);
    assertThat(Answers.of(batched, sql)).isEqualTo(Answers.of(rowByRow, sql));
  }

  @Test
  void rows_before_one_that_fails_are_delivered() throws SQLException {
    String sql =
        "SELECT evil.trap_if_negative(700 - id) FROM (SELECT id FROM t ORDER BY id LIMIT 900) t";
    try (Statement statement = batched.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      for (int i = 0; i <= 700; i++) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getInt(1)).isEqualTo(700 - i);
      }
      SQLException error = catchThrowableOfType(SQLException.class, rows::next);
      assertThat((Throwable) error).hasMessageContaining("function evil.trap_if_negative, row 702");
    }
    assertThat(Answers.of(batched, sql + " LIMIT 701")).hasSize(701);
  }

  @Test
  void a_prepared_query_runs_again_with_other_parameters() throws SQLException {
    try (PreparedStatement query =
        batched.prepareStatement("SELECT COUNT(*) FROM t WHERE arithmetic.add(n, ?) > ?")) {
      for (long add = 0; add < 3; add++) {
        query.setLong(1, add);
        query.setLong(2, 40);
        try (ResultSet rows = query.executeQuery()) {
          assertThat(rows.next()).isTrue();
          assertThat(Answers.of(rowByRow, "SELECT COUNT(*) FROM t WHERE n + " + add + " > 40"))
              .containsExactly(List.of(rows.getString(1)));
        }
      }
    }
  }

  @Test
  void a_call_of_constants_is_made_once_and_the_database_gets_its_result() throws SQLException {
    assertThat(Answers.of(batched, "SELECT text.slugify(s), arithmetic.add(n, 1) FROM t LIMIT 1"))
        .as("instances that are ready, so that nothing takes long")
        .hasSize(1);
    assertThat(plan(batched, "SELECT id FROM t WHERE s = text.slugify('Crème No. 7')"))
        .contains("JdbcFilter", "creme-no-7")
        .doesNotContain("slugify");
    assertThat(plan(batched, "SELECT n + arithmetic.add(arithmetic.add(1, 2), 3) FROM t"))
        .contains("+($1, 6)")
        .doesNotContain("add");
  }

  @Test
  void a_call_of_constants_that_fails_does_so_where_it_is_evaluated() throws SQLException {
    assertThat(
            Answers.of(
                batched,
                "SELECT COUNT(CASE WHEN n > 1000 THEN evil.trap_if_negative(-1) END) FROM t"))
        .isEqualTo(List.of(List.of("0")));
    assertThat(Answers.of(batched, "SELECT evil.trap_if_negative(-1) FROM t WHERE n > 1000"))
        .isEmpty();
    assertThat(Answers.of(batched, "VALUES (evil.trap_if_negative(-1))").toString())
        .contains("38W01");
  }

  @Test
  void a_call_of_a_parameter_waits_for_its_value() throws SQLException {
    try (PreparedStatement query =
        batched.prepareStatement(
            "SELECT COUNT(*) FROM t WHERE n = arithmetic.add(CAST(? AS BIGINT), 1)")) {
      for (long n = 3; n < 6; n++) {
        query.setLong(1, n - 1);
        try (ResultSet rows = query.executeQuery()) {
          assertThat(rows.next()).isTrue();
          assertThat(Answers.of(rowByRow, "SELECT COUNT(*) FROM t WHERE n = " + n))
              .containsExactly(List.of(rows.getString(1)));
        }
      }
    }
  }

  @Test
  void an_analysis_tells_what_each_operator_has_called() throws SQLException {
    String sql =
        "SELECT text.slugify(s) FROM t WHERE id < 2000 AND arithmetic.add(n, 1) > 10"
            + " AND text.word_count(s) > 1";
    long left = count("SELECT COUNT(*) FROM (" + sql + ") v");
    long compared = count("SELECT COUNT(*) FROM t WHERE id < 2000 AND n + 1 > 10");
    try (Statement statement = batched.createStatement();
        ResultSet rows = statement.executeQuery("EXPLAIN ANALYZE " + sql)) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString("PLAN"))
          .containsSubsequence(
              "ModuleCalc(",
              "text.slugify: %,d rows in ".formatted(left),
              "ModuleCalc(",
              "text.word_count: %,d rows in ".formatted(compared),
              "ModuleCalc(",
              "arithmetic.add: 2,000 rows in ",
              " resets, 0 host calls, ",
              "JdbcTableScan",
              "%,d rows in ".formatted(left));
    }
    assertThat(Answers.of(batched, "EXPLAIN ANALYZE SELECT nope FROM t").toString())
        .contains("42703", "nope");
    assertThat(Answers.of(batched, "EXPLAIN ANALYZE SELECT * FROM t WHERE id = ?").toString())
        .contains("0A000");
  }

  @Test
  void a_property_that_is_neither_true_nor_false_is_refused() {
    SQLException refused =
        catchThrowableOfType(
            SQLException.class,
            () -> DriverManager.getConnection("jdbc:calcite-wasm:batches=maybe").close());
    assertThat((Throwable) refused).hasMessage("batches=maybe is neither true nor false");
    assertThat(refused.getSQLState()).isEqualTo("08001");
  }
}
