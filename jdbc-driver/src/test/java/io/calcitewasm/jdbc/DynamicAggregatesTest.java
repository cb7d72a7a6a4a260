package io.calcitewasm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import java.sql.Date;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Aggregates of any arguments: {@code dynamic-aggregate}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DynamicAggregatesTest {
  private static final int ROWS = 400;

  private TestDatabase database;

  /** Of each row its group, and a value that may be missing. */
  private final List<String> groups = new ArrayList<>();

  private final List<@Nullable Integer> values = new ArrayList<>();

  @BeforeAll
  void open() throws SQLException {
    database = new TestDatabase("components/poly");
    database.execute(
        "CREATE TABLE t (id INT PRIMARY KEY, g VARCHAR(5), x INT, d DECIMAL(10, 2), s VARCHAR(10),"
            + " f DOUBLE, made DATE)");
    Random random = new Random(7);
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      String group = "g" + random.nextInt(5);
      Integer x = random.nextInt(8) == 0 ? null : random.nextInt(6) - 2;
      groups.add(group);
      values.add(x);
      rows.add(
          "(%d, '%s', %s, %s, %s, %s, %s)"
              .formatted(
                  i,
                  group,
                  x,
                  x == null ? null : x + ".50",
                  x == null ? null : "'s" + x + "'",
                  x == null ? null : x + "e0",
                  x == null ? null : "DATE '2024-01-0" + (x + 3) + "'"));
    }
    database.execute("INSERT INTO t VALUES " + String.join(", ", rows));
  }

  @AfterAll
  void close() throws SQLException {
    database.close();
  }

  /** The most frequent of some values, the least of these: what the guest is measured by. */
  private static @Nullable Integer mode(List<@Nullable Integer> values) {
    Map<Integer, Integer> counts = new TreeMap<>();
    values.stream().filter(Objects::nonNull).forEach(x -> counts.merge(x, 1, Integer::sum));
    return counts.entrySet().stream()
        .max(
            Map.Entry.<Integer, Integer>comparingByValue()
                .thenComparing(Map.Entry.<Integer, Integer>comparingByKey().reversed()))
        .map(Map.Entry::getKey)
        .orElse(null);
  }

  private List<@Nullable Integer> of(String group) {
    List<@Nullable Integer> own = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      if (groups.get(i).equals(group)) {
        own.add(values.get(i));
      }
    }
    return own;
  }

  @Test
  void each_group_has_its_own_in_every_type() throws SQLException {
    List<List<@Nullable Object>> expected = new ArrayList<>();
    for (String group : groups.stream().distinct().sorted().toList()) {
      Integer x = Objects.requireNonNull(mode(of(group)));
      expected.add(
          Arrays.asList(
              group,
              x,
              new BigDecimal(x + ".50"),
              "s" + x,
              x.doubleValue(),
              Date.valueOf("2024-01-0" + (x + 3))));
    }
    // texts and numbers have the same order here but for the sign
    List<List<@Nullable Object>> rows =
        database.rows(
            "SELECT g, poly.mode(x), poly.mode(d), poly.mode(s), poly.mode(f), poly.mode(made)"
                + " FROM t GROUP BY g ORDER BY g");
    assertThat(rows).hasSameSizeAs(expected);
    for (int i = 0; i < rows.size(); i++) {
      for (int column : new int[] {0, 1, 2, 4, 5}) {
        assertThat(rows.get(i).get(column)).isEqualTo(expected.get(i).get(column));
      }
    }
  }

  @Test
  void filters_and_distinct_and_having_hold() throws SQLException {
    assertThat(
            database.rows(
                "SELECT poly.mode(x) FILTER (WHERE x > 1), poly.mode(DISTINCT x), MIN(x),"
                    + " poly.first_any(x, 9) FILTER (WHERE x IS NULL) FROM t"))
        .containsExactly(
            Arrays.asList(
                mode(values.stream().filter(x -> x != null && x > 1).toList()), -2, -2, 9));
    assertThat(
            database.rows(
                "SELECT COUNT(*) FROM (SELECT g FROM t GROUP BY g HAVING poly.mode(x) = 77) AS v"))
        .containsExactly(List.of(0L));
  }

  @Test
  void no_rows_give_the_value_of_a_fresh_accumulator() throws SQLException {
    assertThat(
            database.rows(
                "SELECT poly.mode(x), poly.first_any(x, d), poly.json_object_agg(g, x) FROM t"
                    + " WHERE id < 0"))
        .containsExactly(Arrays.asList(null, null, "{}"));
  }

  @ParameterizedTest
  @CsvSource({"3, 0", "2, 2", "0, 4", "40, 1"})
  void frames_by_inverse_are_frames_by_recomputing(int before, int after) throws SQLException {
    List<@Nullable Object> expected = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      expected.add(mode(values.subList(Math.max(0, i - before), Math.min(ROWS, i + after + 1))));
    }
    assertThat(
            database
                .rows(
                    "SELECT poly.mode(x) OVER (ORDER BY id ROWS BETWEEN "
                        + before
                        + " PRECEDING AND "
                        + after
                        + " FOLLOWING) FROM t ORDER BY id")
                .stream()
                .map(List::getFirst))
        .containsExactlyElementsOf(expected);
  }

  @Test
  void without_inverse_frames_are_recomputed() throws SQLException {
    assertThat(
            database.rows(
                "SELECT poly.first_any(x, -9) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND CURRENT"
                    + " ROW) FROM (VALUES (1, 5), (2, CAST(NULL AS INT)), (3, 7)) AS v (id, x)"
                    + " ORDER BY id"))
        .containsExactly(List.of(5), List.of(5), List.of(-9));
  }

  @Test
  void the_result_has_the_type_that_the_arguments_have_in_common() throws SQLException {
    assertThat(database.value("SELECT poly.first_any(x, d) FROM (VALUES (1, 2.5)) AS v (x, d)"))
        .isEqualTo(new BigDecimal("1.0"));
    assertThat(
            database.value(
                "SELECT poly.json_object_agg(n, x) FROM (VALUES ('a', 1), ('b', NULL)) AS v (n, x)"))
        .isEqualTo("{\"a\":1,\"b\":null}");
  }

  @Test
  void what_does_not_fit_the_memory_is_saved_and_resolved_again() throws SQLException {
    try (TestDatabase small = new TestDatabase()) {
      small.execute(
          "CREATE MODULE poly FROM '"
              + TestDatabase.file("components/poly")
              + "' WITH (memory => '2MB')");
      small.execute("CREATE TABLE n (x INT)");
      for (int i = 0; i < 270; i++) {
        small.execute("INSERT INTO n VALUES (" + i + ")");
      }
      // groups come again after all of them were begun
      assertThat(
              small.rows(
                  "SELECT COUNT(*), SUM(m) FROM (SELECT MOD(y, 9000) AS k,"
                      + " poly.first_any(y / 9000) AS m, poly.mode(y / 9000) AS o FROM"
                      + " (SELECT a.x * 100 + b.x AS y FROM n AS a, n AS b WHERE b.x < 100) AS v"
                      + " GROUP BY MOD(y, 9000)) AS w WHERE o = 0"))
          .containsExactly(List.of(9000L, 0));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SELECT poly.mode(x, d) FROM t | 22023 | mode takes one argument, not 2
          SELECT poly.mode(NULL) FROM t | 22023 | needs a type
          SELECT poly.mode(ARRAY[x]) FROM t | 42804 | scalars only
          SELECT poly.mode(a => x) FROM t | 0A000 | by position
          SELECT poly.first_any(x, s) FROM t | 22023 | argument 2 is VARCHAR(10), those before it are INTEGER
          SELECT id, poly.json_object_agg(n, 1) FROM (VALUES (1, 'a'), (2, NULL)) AS v (id, n) GROUP BY id | 22004 | a name is NULL (group 2)
          """)
  void an_error_tells_what_is_wrong_and_in_which_group(String sql, String state, String words)
      throws SQLException {
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(() -> database.rows(sql))
        .withMessageContaining(words)
        .satisfies(e -> assertThat(e.getSQLState()).isEqualTo(state));
    assertThat(database.rows("SELECT poly.mode(1)")).containsExactly(List.of(1));
  }

  @Test
  void the_catalogue_lists_them() throws SQLException {
    assertThat(
            database.rows(
                "SELECT signature FROM wasm.functions WHERE kind = 'dynamic aggregate' ORDER BY 1"))
        .containsExactly(
            List.of("first_any(…)"), List.of("json_object_agg(…)"), List.of("mode(…)"));
  }
}
