package io.calcitewasm.jdbc;

import static io.calcitewasm.jdbc.Sql.column;
import static io.calcitewasm.jdbc.Sql.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where NULLs stand when a database sorts for us: as SQL says, not as the database has it. */
class NullOrderTest {
  private Connection connection;

  @BeforeEach
  void open() throws SQLException {
    connection = DriverManager.getConnection("jdbc:calcite-wasm:");
    run(connection, "CREATE TABLE t (id INTEGER, k BIGINT)");
    run(connection, "INSERT INTO t VALUES (1, 1), (2, 2), (3, NULL), (4, 3)");
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "k|1 2 4 3",
        "k DESC|3 4 2 1",
        "k NULLS FIRST|3 1 2 4",
        "k DESC NULLS LAST|4 2 1 3",
      })
  void theyStandWhereTheStatementSays(String order, String ids) throws SQLException {
    assertThat(column(connection, "SELECT id FROM t ORDER BY " + order))
        .extracting(String::valueOf)
        .containsExactly(ids.split(" "));
  }

  /** Sorted rows are merged, which ends where the first NULL is met. */
  @Test
  void aJoinOfSortedRowsKeepsThoseBehindANull() throws SQLException {
    assertThat(
            column(
                connection,
                "SELECT b.v FROM t AS a LEFT JOIN (SELECT k, ANY_VALUE(k) + 0 AS v, COLLECT(id) AS c"
                    + " FROM t GROUP BY k) AS b ON a.k = b.k ORDER BY a.id"))
        .containsExactly(1L, 2L, null, 3L);
  }
}
