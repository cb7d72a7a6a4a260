package io.calcitewasm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Results do not depend on the size of batches: each kind of function answers the same row by row,
 * in batches of any fill, and divided over threads. Numbers of rows are those at which batches,
 * which grow from 16 rows to 1,024, begin and end.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class BatchSizesTest {
  /** With an order of rows, wherever an answer depends on one. */
  private static final List<String> QUERIES =
      List.of(
          // scalar functions, whole blocks, any arguments
          "SELECT text.slugify(s), blocks.clamp(n, 3, id), poly.coalesce_any(n, id) FROM t ORDER BY id",
          "SELECT id FROM t WHERE text.word_count(s) = 1 AND blocks.is_even(id) ORDER BY id",
          "SELECT blocks.initial(s, 'x'), COUNT(*) FROM t GROUP BY blocks.initial(s, 'x') ORDER BY 1",
          // aggregates: one group, few, many, filtered, ordered, divided, sets
          "SELECT stats.median(x), stats.hyperloglog(id), stats.count_nulls(s) FROM t",
          "SELECT n, stats.median(x) FROM t GROUP BY n ORDER BY n",
          "SELECT id, stats.percentile(0.9, x) FROM t GROUP BY id ORDER BY id",
          "SELECT n, stats.median(x) FILTER (WHERE id > 7), COUNT(*) FROM t GROUP BY n ORDER BY n",
          "SELECT n, s, COUNT(*), stats.median(x), MIN(s), SUM(n), AVG(x), COUNT(n) FILTER (WHERE id >"
              + " 7) FROM t GROUP BY n, s ORDER BY n, s",
          "SELECT id, SUM(x), stats.median(x), MAX(s) FROM t GROUP BY id ORDER BY id",
          "SELECT COUNT(*), SUM(x), stats.median(x), MAX(s) FROM t",
          "SELECT stats.concat_all(s) WITHIN GROUP (ORDER BY id DESC) FROM t",
          "SELECT stats.median(DISTINCT n), poly.mode(n) FROM t",
          "SELECT n, s, stats.median(x) FROM t GROUP BY ROLLUP (n, s) ORDER BY n, s, 3",
          // windows, by inverse and without
          "SELECT id, stats.moving_average(x) OVER (ORDER BY id ROWS 5 PRECEDING) FROM t ORDER BY id",
          "SELECT id, stats.median(x) OVER (PARTITION BY n ORDER BY id ROWS 2 PRECEDING) FROM t"
              + " ORDER BY id",
          // table functions
          "SELECT t.id, w.token FROM t, LATERAL TABLE(text.tokens(t.s)) AS w ORDER BY t.id, w.ordinal",
          "SELECT COUNT(*), SUM(n) FROM (SELECT n FROM TABLE(lines.count_from(1, 3)) FETCH FIRST %d"
              + " ROWS ONLY) AS c",
          // collations
          "SELECT id FROM t ORDER BY s COLLATE natural, id",
          "SELECT COUNT(*) FROM t GROUP BY s COLLATE natural ORDER BY 1",
          "SELECT l.id, r.id FROM t AS l JOIN t AS r ON l.s COLLATE natural = r.s AND l.n = r.n + 1"
              + " WHERE l.id < 40 ORDER BY 1, 2",
          // an error behind rows that come
          "SELECT blocks.plus(n, CASE WHEN id = %d - 2 THEN 9223372036854775807 ELSE 0 END) FROM t"
              + " WHERE n > 0 ORDER BY id");

  private TestDatabase database;
  private Connection batched;
  private Connection rowByRow;
  private Connection divided;

  @BeforeAll
  void open() throws SQLException {
    database =
        new TestDatabase(
            "components/text",
            "components/blocks",
            "components/poly",
            "components/stats",
            "components/lines",
            "components/collate AS collation");
    batched = database.connection();
    rowByRow = database.connect("batches=false");
    divided = database.connect("parallelism=3");
    database.execute("CREATE TABLE t (id INT PRIMARY KEY, n INT, x DOUBLE, s VARCHAR(20))");
  }

  @AfterAll
  void close() throws SQLException {
    database.close();
  }

  private void fill(int rows) throws SQLException {
    Random random = new Random(rows);
    database.execute("DELETE FROM t");
    try (PreparedStatement insert = batched.prepareStatement("INSERT INTO t VALUES (?, ?, ?, ?)")) {
      for (int id = 0; id < rows; id++) {
        insert.setInt(1, id);
        insert.setObject(2, random.nextInt(9) == 0 ? null : (Object) random.nextInt(7));
        insert.setObject(3, random.nextInt(9) == 0 ? null : (Object) (random.nextInt(99) / 4.0));
        insert.setString(4, random.nextInt(9) == 0 ? null : text(random));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(4); i >= 0; i--) {
      text.append(List.of("File ", "file", "9", "10 ", "é").get(random.nextInt(5)));
    }
    return text.toString().strip();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 16, 17, 1_023, 1_024, 1_025, 2_049})
  void answers_are_those_of_row_by_row(int rows) throws SQLException {
    fill(rows);
    for (String template : QUERIES) {
      String sql = template.formatted(rows);
      List<List<@Nullable Object>> expected = Answers.of(rowByRow, sql);
      assertThat(Answers.of(batched, sql)).as(sql).isEqualTo(expected);
      assertThat(Answers.of(divided, sql)).as(sql).isEqualTo(expected);
      assertThat(expected)
          .as("no query is refused")
          .noneMatch(row -> String.valueOf(row.getFirst()).matches("(42|0A|38W|XX).{3} .*"));
    }
  }
}
