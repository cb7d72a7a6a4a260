package io.calcitewasm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the planner makes of functions' traits: plans, and the calls that guests see. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TraitsTest {
  private TestDatabase database;
  private GuestCalls calls;

  @BeforeAll
  void open() throws SQLException {
    database = new TestDatabase("fixtures/traits");
    database.execute("CREATE TABLE t (id INT PRIMARY KEY, x BIGINT, y BIGINT NOT NULL)");
    database.execute("INSERT INTO t VALUES (1, 5, 2), (2, -3, 2), (3, NULL, 7), (4, 8, 4)");
    database.execute("CREATE TABLE u (k BIGINT)");
    database.execute("INSERT INTO u VALUES (5), (5), (8)");
    calls = new GuestCalls();
  }

  @BeforeEach
  void forget() {
    calls.forget();
  }

  @AfterAll
  void close() throws SQLException {
    calls.close();
    database.close();
  }

  private String plan(String sql) throws SQLException {
    return Sql.plan(database.connection(), sql);
  }

  private List<Object> column(String sql) throws SQLException {
    return database.rows(sql).stream().map(row -> (Object) String.valueOf(row.getFirst())).toList();
  }

  @Test
  void the_catalogue_tells_them() throws SQLException {
    assertThat(
            database.rows(
                "SELECT name, \"deterministic\", traits FROM wasm.functions WHERE module = 'traits'"))
        .containsExactly(
            List.of("touch", false, "side-effects"),
            List.of("plain", false, ""),
            List.of("pure", true, ""),
            List.of("add", true, "commutative"),
            List.of("halve", true, "monotonic"),
            List.of("negate", true, "antitonic"),
            List.of("cheap", true, "cost 2"),
            List.of("dear", true, "cost 1000"));
  }

  // ------------------------------------------------------------ deterministic

  @Test
  void a_deterministic_call_of_constants_is_made_once() throws SQLException {
    String sql = "SELECT id FROM t WHERE x = traits.pure(5)";
    assertThat(plan(sql)).contains("JdbcFilter(condition=[=($1, 5)])");
    calls.forget();
    assertThat(column(sql)).containsExactly("1");
    assertThat(calls.taken()).isEqualTo(Map.of("pure", 1));
  }

  @Test
  void a_call_that_reads_packed_files_is_made_once_as_well() throws SQLException {
    String call = "packed.text('words/capital.txt')";
    database.execute(
        "CREATE MODULE packed FROM '"
            + TestDatabase.file("fixtures/packed")
            + "' GRANT (filesystem (read => 'module:/words'))");
    assertThat(
            database.rows(
                "SELECT \"deterministic\", traits FROM wasm.functions WHERE module = 'packed'"))
        .containsExactly(List.of(true, ""));
    assertThat(plan("SELECT id FROM t WHERE " + call + " = 'Paris'")).doesNotContain("packed.text");
    assertThat(column("SELECT id FROM t WHERE " + call + " = 'Paris' ORDER BY id")).hasSize(4);
    try (PreparedStatement prepared = database.connection().prepareStatement("VALUES " + call)) {
      assertThat(only(prepared)).isEqualTo("Paris");
      database.execute("ALTER MODULE packed REVOKE filesystem");
      assertThat(only(prepared)).as("what was folded is not kept").isNull();
    }
    database.execute("DROP MODULE packed");
  }

  private static @Nullable Object only(PreparedStatement prepared) throws SQLException {
    try (ResultSet rows = prepared.executeQuery()) {
      return Sql.rows(rows).getFirst().getFirst();
    }
  }

  @Test
  void of_another_function_it_is_made_for_each_row() throws SQLException {
    String sql = "SELECT id FROM t WHERE x = traits.plain(5)";
    assertThat(plan(sql)).contains("traits.calls.plain(5");
    assertThat(column(sql)).containsExactly("1");
    assertThat(calls.taken()).isEqualTo(Map.of("plain", 4));
  }

  @Test
  void equal_calls_of_a_deterministic_function_are_one() throws SQLException {
    assertThat(
            column(
                "SELECT traits.pure(x) + traits.pure(x) FROM t WHERE traits.pure(x) > 0"
                    + " ORDER BY traits.pure(x)"))
        .containsExactly("10", "16");
    assertThat(calls.taken()).isEqualTo(Map.of("pure", 3));
    assertThat(column("SELECT traits.plain(y) + traits.plain(y) FROM t WHERE traits.plain(y) > 3"))
        .containsExactly("14", "8");
    assertThat(calls.taken()).isEqualTo(Map.of("plain", 4 + 2 + 2));
  }

  // ------------------------------------------------------------ commutative

  @Test
  void a_commutative_call_is_one_whatever_the_order_of_its_arguments() throws SQLException {
    String sql =
        "SELECT traits.add(x, y), traits.add(y, x) FROM t WHERE traits.add(y, x) < 9 ORDER BY 1";
    assertThat(plan(sql).split("traits.calls.add", -1)).hasSize(2);
    calls.forget();
    assertThat(column(sql)).containsExactly("-1", "7");
    assertThat(calls.taken()).isEqualTo(Map.of("add", 3));
  }

  @Test
  void it_is_one_too_where_a_view_has_it_the_other_way_round() throws SQLException {
    assertThat(
            column(
                "SELECT s + traits.add(b, a) FROM"
                    + " (SELECT y AS b, x AS a, traits.add(x, y) AS s FROM t) AS v ORDER BY 1"))
        .containsExactly("-2", "14", "24", "null");
    assertThat(calls.taken()).isEqualTo(Map.of("add", 3));
  }

  // ------------------------------------------------------------ cost

  @Test
  void of_two_conditions_the_cheaper_one_is_tested_first() throws SQLException {
    for (String both :
        List.of("traits.dear(y) AND traits.cheap(id)", "traits.cheap(id) AND traits.dear(y)")) {
      assertThat(column("SELECT id FROM t WHERE " + both + " ORDER BY id"))
          .containsExactly("2", "4");
      assertThat(calls.taken()).as(both).isEqualTo(Map.of("cheap", 4, "dear", 2));
    }
  }

  // ------------------------------------------------------------ monotonic

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SELECT traits.halve(x, 7) AS h FROM (SELECT x FROM t ORDER BY x FETCH FIRST 9 ROWS ONLY) AS s ORDER BY h              | 5 9 11 null
          SELECT traits.halve(x, 7) AS h FROM (SELECT x FROM t ORDER BY x FETCH FIRST 9 ROWS ONLY) AS s ORDER BY h FETCH FIRST 2 ROWS ONLY | 5 9
          SELECT traits.negate(x) AS h FROM (SELECT x FROM t ORDER BY x DESC NULLS LAST FETCH FIRST 9 ROWS ONLY) AS s ORDER BY h | -8 -5 3 null
          SELECT traits.negate(traits.halve(x, 0)) AS h FROM (SELECT x FROM t ORDER BY x, y FETCH FIRST 9 ROWS ONLY) AS s ORDER BY h DESC NULLS LAST | 2 -2 -4 null
          SELECT traits.halve(y, 7) AS h FROM (SELECT y FROM t ORDER BY y FETCH FIRST 9 ROWS ONLY) AS s WHERE traits.cheap(y) ORDER BY h   | 8 8 9
          """)
  void rows_sorted_by_an_argument_are_sorted_by_the_result(String sql, String values)
      throws SQLException {
    assertThat(Stream.of(plan(sql).split("\n"))).noneMatch(line -> line.contains("EnumerableSort"));
    assertThat(plan(sql)).containsOnlyOnce("JdbcSort");
    assertThat(String.join(" ", column(sql).toArray(String[]::new))).isEqualTo(values);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SELECT traits.halve(y, 7) AS h FROM (SELECT x, y FROM t ORDER BY x, y FETCH FIRST 9 ROWS ONLY) AS s ORDER BY h            | 8 8 9 10
          SELECT traits.halve(x, 7) AS h FROM (SELECT x FROM t ORDER BY x FETCH FIRST 9 ROWS ONLY) AS s ORDER BY h NULLS FIRST      | null 5 9 11
          SELECT traits.halve(x, 7) AS h FROM (SELECT x FROM t ORDER BY x DESC NULLS LAST FETCH FIRST 9 ROWS ONLY) AS s ORDER BY h  | 5 9 11 null
          SELECT traits.halve(x, y) AS h FROM (SELECT x, y FROM t ORDER BY x FETCH FIRST 9 ROWS ONLY) AS s ORDER BY h               | 0 4 8 null
          SELECT traits.pure(x) AS h FROM (SELECT x FROM t ORDER BY x FETCH FIRST 9 ROWS ONLY) AS s ORDER BY h                      | -3 5 8 null
          SELECT h FROM (SELECT traits.halve(y, 7) AS h, id FROM (SELECT y, id FROM t ORDER BY y FETCH FIRST 9 ROWS ONLY) AS s) AS r ORDER BY h, id DESC | 8 8 9 10
          """)
  void other_sorts_stay(String sql, String values) throws SQLException {
    assertThat(plan(sql)).contains("EnumerableSort");
    assertThat(String.join(" ", column(sql).toArray(String[]::new))).isEqualTo(values);
  }

  // ------------------------------------------------------------ side effects

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT id FROM (SELECT id, traits.touch(y) AS z FROM t) AS s",
        "SELECT COUNT(*) FROM (SELECT traits.touch(y) AS z FROM t) AS s",
        "SELECT z, z, z + 1 FROM (SELECT traits.touch(y) AS z FROM t) AS s WHERE z > 2 AND z < 9",
        "SELECT z FROM (SELECT traits.touch(y) AS z FROM t) AS s WHERE z > 2 ORDER BY z + 1",
        "SELECT id FROM t WHERE traits.touch(y) > 2",
        "SELECT s.id FROM (SELECT id, traits.touch(y) AS z FROM t) AS s JOIN u ON s.id = u.k",
        "SELECT a.z, u.k FROM (SELECT traits.touch(y) AS z FROM t) AS a, u WHERE a.z > 3",
        "SELECT SUM(traits.touch(y)), MAX(id) FROM t",
        "SELECT traits.touch(y), COUNT(*) FROM t GROUP BY traits.touch(y)",
        "SELECT id FROM (SELECT id, traits.touch(y) AS z FROM t) AS s UNION ALL SELECT 1 FROM u",
        "SELECT DISTINCT 1 FROM (SELECT traits.touch(y) AS z FROM t) AS s",
        "SELECT id FROM t WHERE y IN (SELECT z FROM (SELECT traits.touch(y) AS z FROM t) AS s)"
      })
  void a_call_with_side_effects_is_made_once_for_each_row(String sql) throws SQLException {
    database.rows(sql);
    assertThat(calls.taken()).isEqualTo(Map.of("touch", 4));
    assertThat(plan(sql)).doesNotContain("ModuleCalc");
  }

  /** The number of calls, and the query. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          4  | SELECT SUM(traits.touch(y)) OVER (ORDER BY id) FROM t
          4  | SELECT id FROM (SELECT id, SUM(traits.touch(y)) OVER (ORDER BY id) AS z FROM t) AS s
          4  | SELECT id, SUM(x) OVER (PARTITION BY traits.touch(y)) FROM t
          4  | SELECT traits.touch(y) + SUM(x) OVER () FROM t
          2  | SELECT CASE WHEN SUM(y) OVER (ORDER BY id) > 4 THEN traits.touch(y) END FROM t
          2  | SELECT CASE WHEN y > (SELECT MIN(3) FROM u) THEN traits.touch(y) END FROM t
          4  | SELECT id FROM t WHERE traits.touch(y) IN (SELECT k FROM u)
          4  | SELECT id FROM t WHERE traits.touch(y) IN (SELECT k FROM u WHERE u.k >= t.y)
          4  | SELECT id FROM t WHERE traits.touch(y) > (SELECT COUNT(*) FROM u WHERE u.k >= t.y)
          4  | SELECT z, (SELECT COUNT(*) FROM u WHERE u.k = s.z) FROM (SELECT traits.touch(y) AS z FROM t) AS s
          4  | SELECT traits.touch(y) + (SELECT MAX(k) FROM u) FROM t
          4  | SELECT traits.touch(y), (SELECT COUNT(*) FROM u WHERE u.k = t.x) FROM t
          4  | SELECT (SELECT MAX(traits.touch(t.y + v.n)) FROM (VALUES (1)) AS v (n)) FROM t
          12 | SELECT (SELECT COUNT(traits.touch(u.k + t.y)) FROM u) FROM t
          3  | SELECT (SELECT COUNT(traits.touch(u.k)) FROM u WHERE u.k = t.x) FROM t
          12 | SELECT t.id FROM t JOIN u ON traits.touch(t.y + u.k) > 0
          3  | SELECT t.id FROM t JOIN u ON t.x = u.k AND traits.touch(t.y + u.k) > 7
          4  | SELECT a.z, u.k FROM u, (SELECT traits.touch(y) AS z FROM t) AS a WHERE a.z > u.k
          4  | SELECT a.z, u.k FROM (SELECT traits.touch(y) AS z FROM t) AS a LEFT JOIN u ON a.z > u.k
          4  | SELECT a.z, u.k FROM u LEFT JOIN (SELECT traits.touch(y) AS z FROM t) AS a ON a.z > u.k
          4  | SELECT a.z, u.k FROM u RIGHT JOIN (SELECT traits.touch(y) AS z FROM t) AS a ON a.z > u.k
          4  | SELECT u.k FROM u FULL JOIN (SELECT traits.touch(y) AS z FROM t) AS a ON a.z > u.k
          4  | SELECT a.z FROM (SELECT traits.touch(y) AS z FROM t) AS a LEFT JOIN u ON traits.plain(a.z) = u.k
          4  | SELECT u.k FROM u LEFT JOIN (SELECT traits.touch(y) AS z FROM t) AS a ON traits.plain(a.z) > u.k
          4  | SELECT u.k FROM u WHERE EXISTS (SELECT 1 FROM (SELECT traits.touch(y) AS z FROM t) AS a WHERE a.z > u.k)
          4  | SELECT u.k FROM u WHERE k NOT IN (SELECT z FROM (SELECT traits.touch(y) AS z FROM t) AS a)
          4  | SELECT u.k FROM u WHERE k > ALL (SELECT z FROM (SELECT traits.touch(y) AS z FROM t) AS a)
          4  | SELECT u.k, k IN (SELECT z FROM (SELECT traits.touch(y) AS z FROM t) AS a) FROM u
          2  | SELECT u.k FROM u WHERE k NOT IN (SELECT traits.touch(x) FROM t WHERE x > 0 OR x IS NULL)
          7  | SELECT a.z, b.z FROM (SELECT traits.touch(y) AS z FROM t) AS a, (SELECT traits.touch(x) AS z FROM t) AS b WHERE a.z <> b.z
          8  | SELECT a.z, b.z FROM (SELECT traits.touch(y) AS z FROM t) AS a LEFT JOIN (SELECT traits.touch(y) AS z FROM t) AS b ON a.z = b.z
          """)
  void so_it_is_in_windows_sub_queries_and_joins(int calls, String sql) throws SQLException {
    database.rows(sql);
    assertThat(this.calls.taken()).containsEntry("touch", calls);
  }

  @Test
  void a_correlated_query_beside_a_call_sees_its_row() throws SQLException {
    assertThat(
            database.rows(
                "SELECT traits.touch(y), (SELECT COUNT(*) FROM u WHERE u.k = t.x) FROM t ORDER BY"
                    + " id"))
        .isEqualTo(List.of(List.of(2L, 2L), List.of(2L, 0L), List.of(7L, 0L), List.of(4L, 1L)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          outer join | column 40 | SELECT id FROM t LEFT JOIN u ON traits.touch(t.y + u.k) > 0
          depends on the outer query's row | column 48 | SELECT id FROM t WHERE y NOT IN (SELECT traits.touch(k + t.y) FROM u)
          before IN  | column 36 | SELECT CASE WHEN y > 2 THEN traits.touch(y) IN (SELECT k FROM u) END FROM t
          """)
  void where_nobody_knows_how_often_it_is_refused(String where, String place, String sql) {
    SQLException failure = database.failure(sql);
    assertThat(failure.getSQLState()).isEqualTo("0A000");
    assertThat(failure.getMessage())
        .contains("traits.touch")
        .contains(where)
        .contains("line 1, " + place);
    assertThat(calls.taken()).isEmpty();
  }

  @Test
  void rows_of_which_calls_are_counted_are_the_same_wherever_they_are_read() throws SQLException {
    String touched = "(SELECT traits.touch(y) AS z FROM t) AS a";
    assertThat(
            database.rows(
                "SELECT k, z FROM u LEFT JOIN " + touched + " ON z > k AND k < 6 ORDER BY k, z"))
        .isEqualTo(List.of(List.of(5L, 7L), List.of(5L, 7L), Arrays.asList(8L, null)));
    assertThat(database.rows("SELECT k, k NOT IN (SELECT z FROM " + touched + ") FROM u"))
        .isEqualTo(List.of(List.of(5L, true), List.of(5L, true), List.of(8L, true)));
  }

  @Test
  void it_is_not_made_for_rows_that_other_conditions_leave_out() throws SQLException {
    assertThat(column("SELECT id FROM t WHERE traits.touch(y) > 0 AND traits.cheap(y) AND id > 1"))
        .containsExactly("2", "4");
    assertThat(calls.taken()).isEqualTo(Map.of("cheap", 3, "touch", 2));
    assertThat(column("SELECT CASE WHEN id > 2 THEN traits.touch(y) END FROM t ORDER BY id"))
        .containsExactly("null", "null", "7", "4");
    assertThat(calls.taken()).isEqualTo(Map.of("touch", 2));
  }

  @Test
  void two_calls_that_look_alike_are_two() throws SQLException {
    database.rows("SELECT traits.touch(y) + traits.touch(y) FROM t");
    assertThat(calls.taken()).isEqualTo(Map.of("touch", 8));
  }

  @Test
  void without_side_effects_nobody_makes_calls_whose_result_nobody_reads() throws SQLException {
    database.rows("SELECT id FROM (SELECT id, traits.plain(y) AS z FROM t) AS s");
    assertThat(calls.taken()).isEmpty();
  }
}
