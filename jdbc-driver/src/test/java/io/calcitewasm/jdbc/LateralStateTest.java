package io.calcitewasm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Table functions that are called for the rows of another table and remember the calls before:
 * where they are called in batches, they are called in the order in which they are row by row.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class LateralStateTest {
  private TestDatabase database;
  private Connection byRows;

  @BeforeAll
  void open() throws SQLException {
    database = new TestDatabase("components/text");
    database.execute(TestDatabase.install("fixtures/turns") + " ISOLATION STATEMENT");
    database.execute(
        TestDatabase.install("fixtures/turns AS kept") + " ISOLATION CALL, SESSION FOR (turns)");
    database.execute("CREATE TABLE t (id BIGINT PRIMARY KEY, s VARCHAR(20))");
    byRows = database.connect("batches=false");
    for (int from = 0; from < 2_000; from += 500) {
      database.execute(
          "INSERT INTO t VALUES "
              + IntStream.range(from, from + 500)
                  .mapToObj(id -> "(" + id + ", 'Text " + id + "')")
                  .collect(Collectors.joining(", ")));
    }
  }

  @AfterAll
  void close() throws SQLException {
    database.close();
  }

  private List<List<@Nullable Object>> same(String sql) throws SQLException {
    List<List<@Nullable Object>> rows = database.rows(sql);
    assertThat(rows).isEqualTo(Sql.rows(byRows, sql));
    return rows;
  }

  private String plan(String sql) throws SQLException {
    return Sql.plan(database.connection(), sql);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT t.id, r.turn, r.given FROM t, LATERAL TABLE(turns.turns(t.id)) AS r WHERE t.id < %s",
        "SELECT t.id, r.turn FROM t LEFT JOIN LATERAL TABLE(turns.turns(NULLIF(t.id, 3))) AS r ON"
            + " TRUE WHERE t.id < %s",
        "SELECT text.slugify(t.s), r.turn + 1 FROM t, LATERAL TABLE(turns.turns(t.id)) AS r WHERE"
            + " t.id < %s AND r.given >= 0",
        "SELECT COUNT(*), MAX(r.turn) FROM t, LATERAL TABLE(turns.turns(t.id)) AS r WHERE t.id < %s",
        "SELECT t.id, r.turn FROM t, LATERAL TABLE(turns.turns(t.id)) AS r FETCH FIRST %s ROWS ONLY"
      })
  void callsOfAStatementAreMadeInBatchesInTheirOrder(String sql) throws SQLException {
    assertThat(plan(sql.formatted(9)))
        .contains("ModuleRows(", "isolation=[turns STATEMENT")
        .doesNotContain("Correlate");
    for (int rows : new int[] {1, 15, 16, 17, 1_025, 2_000}) {
      assertThat(same(sql.formatted(rows))).isNotEmpty();
    }
  }

  @Test
  void theFirstTurnIsThatOfTheFirstRow() throws SQLException {
    assertThat(
            database.rows(
                "SELECT t.id, r.turn FROM t, LATERAL TABLE(turns.turns(t.id)) AS r WHERE r.turn <="
                    + " 2 AND r.given <= 0"))
        .containsExactly(List.of(0L, 1L), List.of(0L, 1L), List.of(1L, 2L));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "calls at two places|SELECT turns.turn(t.id), t.id, r.turn FROM t, LATERAL"
            + " TABLE(turns.turns(t.id)) AS r WHERE t.id < 50",
        "calls behind each other|SELECT t.id, r.turn, q.turn FROM t, LATERAL TABLE(turns.turns(t.id))"
            + " AS r, LATERAL TABLE(turns.turns(r.turn)) AS q WHERE t.id < 50",
        "a condition that calls|SELECT t.id, r.turn FROM t, LATERAL TABLE(turns.turns(t.id)) AS r"
            + " WHERE turns.turn(t.id) > 20 AND t.id < 50",
      })
  void whereTheSizeOfBatchesWouldMatterEachRowIsCalledAlone(String why, String sql)
      throws SQLException {
    assertThat(plan(sql)).as(why).contains("Correlate").doesNotContain("ModuleRows(");
    assertThat(same(sql)).isNotEmpty();
  }

  /** Nothing is called that SQL does not ask for. */
  @Test
  void callsOfASessionAreMadeRowByRow() throws SQLException {
    String sql =
        "SELECT r.turn FROM t, LATERAL TABLE(kept.turns(t.id)) AS r FETCH FIRST 3 ROWS ONLY";
    assertThat(plan(sql)).contains("Correlate").doesNotContain("ModuleRows(");
    assertThat(database.rows(sql)).containsExactly(List.of(1L), List.of(1L), List.of(2L));
    assertThat(database.rows(sql)).containsExactly(List.of(3L), List.of(3L), List.of(4L));
  }
}
