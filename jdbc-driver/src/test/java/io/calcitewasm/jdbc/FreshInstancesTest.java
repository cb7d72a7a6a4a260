package io.calcitewasm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Queries over guests that remember give what they give with the results of fresh instances in the
 * place of the calls, whatever operator makes the calls: every result is asked for once, in a
 * statement of its own and an instance that nobody has called before.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class FreshInstancesTest {
  /** Arguments are from 0 on and below; sums of two of them, too. */
  private static final int ARGUMENTS = 13;

  private static final int SIZE = 100_000;

  /** Functions by what they leave behind: few and many bytes, growth, table entries, segments. */
  private static final List<String> FUNCTIONS =
      List.of(
          "state.hoard",
          "state.flood",
          "pointers.heap_next",
          "pointers.entry_next",
          "undo.global_next",
          "undo.drop_data");

  /** F is a function, and its argument an expression without parentheses. */
  private static final List<String> QUERIES =
      List.of(
          "select id, F(n) from t order by id",
          "select id, F(n), F(m), F(n + m) from t order by id",
          "select id from t where F(n) >= 0 and F(m) < 1000 order by id",
          "select id, case when n > 3 then F(m) else F(n) end from t order by id",
          "select k, sum(F(n)), count(*) from t group by k order by k",
          "select F(n), count(*) from t group by F(n) order by 1",
          "select k, stats.median(cast(F(n + m) as double)) from t group by k order by k",
          "select id, sum(F(n)) over (partition by k order by id) from t order by id",
          "select id, stats.moving_average(cast(F(n) as double)) over (partition by k order by id"
              + " rows 3 preceding) from t order by id",
          "select id from t order by F(n) desc, id",
          "select l.id, r.id from t l join u r on l.k = r.k and F(l.n + r.m) <= F(r.n)"
              + " order by 1, 2",
          "select l.id, r.id, F(r.n) from t l left join u r on l.k = r.k and F(l.n + r.m) > 20"
              + " order by 1, 2",
          "select l.id, r.id from t l full join u r on l.k = r.k and F(l.n + r.n) < 9"
              + " order by 1, 2",
          "select id from t where exists (select 1 from u where u.k = t.k and F(u.n) <= F(t.m))"
              + " order by id",
          "select id, F(n) from t union all select id, F(m) from u order by 1, 2");

  private static final Pattern CALL = Pattern.compile("\\bF\\(([^)]*)\\)");

  private final Random random = new Random(6);
  private final Map<String, String> results = new TreeMap<>();
  private TestDatabase database;

  @BeforeAll
  void open() throws SQLException {
    database =
        new TestDatabase(
            "fixtures/state", "fixtures/pointers", "fixtures/undo", "components/stats");
    for (String guest : List.of("state", "pointers", "undo")) {
      database.execute(
          "create module fresh_"
              + guest
              + " from '"
              + TestDatabase.file("fixtures/" + guest)
              + "' isolation statement");
    }
    fill("t", 120);
    fill("u", 40);
    for (String function : FUNCTIONS) {
      results.put(function, results(function));
    }
  }

  @AfterAll
  void close() throws SQLException {
    database.close();
  }

  private void fill(String table, int rows) throws SQLException {
    database.execute(
        "create table " + table + " (id int primary key, k int, n int not null, m int not null)");
    for (int row = 0; row < rows; row++) {
      database.execute(
          "insert into %s values (%d, %s, %d, %d)"
              .formatted(
                  table,
                  row,
                  random.nextInt(9) == 0 ? "null" : String.valueOf(random.nextInt(8)),
                  random.nextInt(ARGUMENTS / 2 + 1),
                  random.nextInt(ARGUMENTS / 2 + 1)));
    }
  }

  /** {@code CASE (X) WHEN 0 THEN 1 … END}: what fresh instances have given. */
  private String results(String function) throws SQLException {
    StringBuilder all = new StringBuilder("CASE (X)");
    String type = "";
    for (int argument = 0; argument < ARGUMENTS; argument++) {
      List<@Nullable Object> row =
          database.rows("values " + call("fresh_" + function, String.valueOf(argument))).getFirst();
      Object value = row.getFirst();
      type = value instanceof Integer ? "int" : value instanceof Long ? "bigint" : "decimal(20)";
      all.append(" WHEN ").append(argument).append(" THEN ").append(value);
    }
    return "cast(" + all.append(" END as ").append(type).append(")");
  }

  /** Heaps are to grow within the pages that are there, and beyond them. */
  private static String call(String function, String argument) {
    return function.endsWith(".hoard")
        ? function + "((" + argument + ") * " + SIZE + ")"
        : function + "(" + argument + ")";
  }

  Stream<String[]> queries() {
    return FUNCTIONS.stream()
        .flatMap(function -> QUERIES.stream().map(query -> new String[] {function, query}));
  }

  @ParameterizedTest
  @MethodSource("queries")
  void a_query_gives_what_fresh_instances_give(String function, String query) throws SQLException {
    String expected =
        CALL.matcher(query)
            .replaceAll(
                call -> Objects.requireNonNull(results.get(function)).replace("X", call.group(1)));
    String actual = CALL.matcher(query).replaceAll(call -> call(function, call.group(1)));
    assertThat(database.rows(actual)).as(actual).isEqualTo(database.rows(expected)).isNotEmpty();
  }
}
