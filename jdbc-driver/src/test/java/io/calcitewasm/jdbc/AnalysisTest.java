package io.calcitewasm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What EXPLAIN and EXPLAIN ANALYZE tell of calls. */
class AnalysisTest {
  private static TestDatabase database;

  @BeforeAll
  static void open() throws SQLException {
    database =
        new TestDatabase(
            "components/text",
            "components/stats",
            "components/lines",
            "fixtures/logging",
            "fixtures/evil");
    database.execute("create table t (id int primary key, s varchar)");
    database.execute("insert into t values (1, 'one'), (2, 'two words'), (3, 'a b c'), (4, null)");
  }

  @AfterAll
  static void close() throws SQLException {
    database.close();
  }

  private static String analysis(String sql) throws SQLException {
    return String.valueOf(database.value("explain analyze " + sql));
  }

  @Test
  void a_plan_shows_operator_functions_isolation_and_engine() throws SQLException {
    boolean compiled = Boolean.TRUE.equals(database.value("select optimising from wasm.engine"));
    assertThat(String.valueOf(database.value("explain plan for select text.slugify(s) from t")))
        .contains(
            "ModuleCalc($2=[text.strings.slugify($1)]",
            "isolation=[text CALL]",
            "engine=[GraalWasm " + (compiled ? "JIT" : "interpreter") + "]");
  }

  @Test
  void an_analysis_tells_of_each_operator_rows_batches_resets_and_memory() throws SQLException {
    assertThat(analysis("select text.slugify(s) from t where text.word_count(s) > 1"))
        .containsSubsequence(
            "ModuleCalc(",
            "text.slugify: 2 rows in 1 batch, 0 one by one; ",
            " ms in row loops; 2 resets, 0 host calls, 1,152 KiB of memory\n",
            "ModuleCalc(",
            "text.word_count: 4 rows in 1 batch",
            "JdbcTableScan",
            "2 rows in ")
        .doesNotContain("called by other operators");
  }

  @Test
  void calls_of_the_host_are_counted() throws SQLException {
    assertThat(analysis("select logging.repeat(id, s) from t where s is not null"))
        .contains(" 3 rows in ", ", 6 host calls, ");
  }

  @Test
  void memory_is_told_at_its_peak_though_a_call_after_it_sees_less() throws SQLException {
    String told = analysis("select evil.grow_by(n) from (values (1), (2), (40), (3)) as v (n)");
    assertThat(told).containsPattern("evil\\.grow_by: 4 rows in .* KiB of memory");
    int kib =
        Integer.parseInt(
            told.replaceAll("(?s).*host calls, ([0-9,]+) KiB of memory.*", "$1").replace(",", ""));
    assertThat(kib).isBetween(41 * 64, 60 * 64);
  }

  @Test
  void plans_show_isolation_and_engine_of_aggregates() throws SQLException {
    for (String sql :
        new String[] {
          "select stats.median(cast(id as double)) from t",
          "select stats.moving_average(cast(id as double)) over (order by id rows 1 preceding)"
              + " from t"
        }) {
      assertThat(String.valueOf(database.value("explain plan for " + sql)))
          .containsPattern("Module(Groups|Window)\\(.*isolation=\\[stats STATEMENT\\]")
          .containsPattern("Module(Groups|Window)\\(.*engine=\\[GraalWasm (JIT|interpreter)\\]");
    }
  }

  @Test
  void an_analysis_tells_of_groups_and_windows() throws SQLException {
    assertThat(analysis("select stats.median(cast(id as double)) from t"))
        .containsSubsequence(
            "ModuleGroups(",
            "stats.median.step: 4 rows in 1 batch",
            " ms in row loops; ",
            " resets, 0 host calls, ",
            " KiB of memory\n",
            "stats.median.value: 1 row in 1 batch",
            "JdbcTableScan",
            "1 row in ")
        .doesNotContain("called by other operators");
    assertThat(
            analysis(
                "select stats.moving_average(cast(id as double)) over (order by id"
                    + " rows 1 preceding) from t"))
        .containsSubsequence("ModuleWindow(", "stats.moving_average.step: ", "JdbcTableScan")
        .containsSubsequence("ModuleWindow(", "stats.moving_average.value: ", "JdbcTableScan")
        .containsSubsequence("ModuleWindow(", "stats.moving_average: ", "JdbcTableScan")
        .doesNotContain("called by other operators");
  }

  @Test
  void an_analysis_tells_of_joins() throws SQLException {
    String sql =
        "select * from t a left join t b on a.id = b.id and text.levenshtein(a.s, b.s) < 1";
    assertThat(analysis(sql))
        .containsSubsequence(
            "ModuleJoin(",
            "ModuleCalc(",
            "text.strings.levenshtein(",
            "isolation=[text CALL]",
            "text.levenshtein: ",
            " rows in 1 batch, 0 one by one; ",
            "ModulePairs(");
  }

  @Test
  void an_analysis_tells_of_table_functions() throws SQLException {
    assertThat(analysis("select * from table(lines.read_lines('a')) where number > 0"))
        .containsSubsequence("lines.reading.read_lines(", "lines.read_lines: ")
        .doesNotContain("called by other operators");
  }

  @Test
  void the_plan_of_an_analysis_is_that_of_the_query() throws SQLException {
    String sql = "select text.slugify(s) from t where id > 1 order by 1";
    String plan = String.valueOf(database.value("explain plan for " + sql));
    assertThat(analysis(sql).lines().toList()).containsAll(plan.lines().toList());
  }
}
