package io.calcitewasm.adapter.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.apache.calcite.avatica.util.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowChangesTest {
  /** Rows that no database can make alone. */
  private static final String LOCAL =
      "(SELECT a, b FROM u UNION ALL SELECT 0, name FROM wasm.modules)";

  private final TestDatabase database = TestDatabase.inMemory();

  @BeforeEach
  void fill() {
    database.execute(
        """
        CREATE TABLE t (a INTEGER PRIMARY KEY, b VARCHAR(5) DEFAULT 'dä', c DATE, x VARBINARY,
          n DECIMAL(5, 2) DEFAULT -1.5, d DATE DEFAULT DATE '2020-02-29', f BOOLEAN DEFAULT TRUE)
        """);
    database.execute("CREATE TABLE u (a INTEGER NOT NULL, b VARCHAR)");
    database.execute("CREATE VIEW v AS SELECT a FROM t");
    database.execute("INSERT INTO u VALUES (1, 'x'), (2, NULL), (3, 'z')");
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void valuesAndDefaultsAreInserted() {
    assertThat(
            database.change(
                "INSERT INTO t VALUES (1, 'x', DATE '2020-01-01', X'00ff', 1.25, NULL, FALSE)"))
        .isEqualTo(1);
    assertThat(database.change("INSERT INTO T (A) VALUES (2)")).isEqualTo(1);
    assertThat(database.change("INSERT INTO t (b, a) VALUES (NULL, 3), (DEFAULT, 4)")).isEqualTo(2);

    assertThat(database.rows("SELECT * FROM t ORDER BY a"))
        .containsExactly(
            Arrays.asList(
                1,
                "x",
                18262,
                new ByteString(new byte[] {0, -1}),
                new BigDecimal("1.25"),
                null,
                false),
            Arrays.asList(2, "dä", null, null, new BigDecimal("-1.50"), 18321, true),
            Arrays.asList(3, null, null, null, new BigDecimal("-1.50"), 18321, true),
            Arrays.asList(4, "dä", null, null, new BigDecimal("-1.50"), 18321, true));
  }

  @Test
  void rowsOfAnyOriginAreInserted() {
    assertThat(database.change("INSERT INTO t (a, b) SELECT a, b FROM u")).isEqualTo(3);
    assertThat(
            database.change("INSERT INTO t (a, b) SELECT a + 10, b || 'l' FROM " + LOCAL + " AS q"))
        .isEqualTo(3);
    assertThat(database.change("INSERT INTO t (a, b) SELECT a + 100, b FROM t")).isEqualTo(6);

    assertThat(database.rows("SELECT a, b FROM t WHERE a > 100 ORDER BY a").toString())
        .isEqualTo("[[101, x], [102, null], [103, z], [111, xl], [112, null], [113, zl]]");
  }

  @Test
  void whatTheDatabaseWritesInOtherWordsGoesThrough() {
    database.execute(
        """
        CREATE TABLE o (k INTEGER, tz TIMESTAMP WITH LOCAL TIME ZONE, ar INTEGER ARRAY, u UUID,
          y CHAR(3))
        """);
    database.execute("INSERT INTO o (k, ar, y) VALUES (1, ARRAY[1, 2], 'a')");
    database.execute(
        """
        INSERT INTO o (k, tz, u) VALUES (2, CAST(TIMESTAMP '2020-01-01 00:00:00' AS
          TIMESTAMP WITH LOCAL TIME ZONE), UUID '123e4567-e89b-12d3-a456-426614174000');
        """);

    assertThat(database.rows("SELECT ar, y FROM o WHERE y = 'a'"))
        .containsExactly(List.of(List.of(1, 2), "a  "));
    assertThat(
            database.rows(
                """
                SELECT k, u FROM o WHERE u = UUID '123e4567-e89b-12d3-a456-426614174000'
                AND tz > CAST(TIMESTAMP '2019-01-01 00:00:00' AS TIMESTAMP WITH LOCAL TIME ZONE)
                """))
        .containsExactly(List.of(2, UUID.fromString("123e4567-e89b-12d3-a456-426614174000")));
  }

  @Test
  void allRowsOrNone() {
    assertThatThrownBy(
            () ->
                database.execute(
                    "INSERT INTO t (a) SELECT a / 2 FROM (SELECT a FROM "
                        + LOCAL
                        + " AS q UNION ALL SELECT 1000) AS r"))
        .hasStackTraceContaining("primary key");
    assertThat(database.rows("SELECT * FROM t")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO t (a, b) VALUES (1, 'too long')",
        "INSERT INTO t (a, b) SELECT a, 'too long' FROM u",
        "INSERT INTO t (a, b) SELECT a, b || 'too long' FROM " + LOCAL + " AS q",
        "UPDATE t SET b = 'too long' WHERE a = 9",
      })
  void nothingIsCutSilently(String sql) {
    database.execute("INSERT INTO t (a) VALUES (9)");

    assertThatThrownBy(() -> database.execute(sql)).hasStackTraceContaining("Value too long");
    assertThat(database.rows("SELECT b FROM t")).containsExactly(List.of("dä"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO t (a) VALUES (3000000000)",
        "INSERT INTO t (a) SELECT a * 3000000000 FROM " + LOCAL + " AS q",
        "INSERT INTO t (a, n) VALUES (1, 12345.6)",
      })
  void numbersOutOfRangeAreRefused(String sql) {
    assertThatThrownBy(() -> database.execute(sql)).isInstanceOf(RuntimeException.class);
    assertThat(database.rows("SELECT * FROM t")).isEmpty();
  }

  @Test
  void rowsAreUpdatedAndDeleted() {
    database.execute("INSERT INTO t (a, b) VALUES (1, 'A'), (2, 'B'), (3, NULL), (4, 'D')");

    assertThat(database.change("UPDATE t SET b = lower(b), a = a + 10 WHERE a > 2 OR b LIKE 'A%'"))
        .isEqualTo(3);
    assertThat(database.change("UPDATE T SET B = CASE WHEN a = 13 THEN 'x' ELSE b || '!' END"))
        .isEqualTo(4);
    assertThat(database.rows("SELECT a, b FROM t ORDER BY a"))
        .containsExactly(List.of(2, "B!"), List.of(11, "a!"), List.of(13, "x"), List.of(14, "d!"));
    assertThat(database.change("DELETE FROM t AS z WHERE z.a BETWEEN 3 AND 13 AND z.b <> 'y'"))
        .isEqualTo(2);
    assertThat(database.change("DELETE FROM public.t WHERE a = 77")).isZero();
    assertThat(database.change("DELETE FROM t")).isEqualTo(2);
  }

  @Test
  void rowsFoundElsewhereAreChangedByTheirKey() {
    database.execute(
        "CREATE TABLE k (p INTEGER, q VARCHAR(9), r INTEGER, s DATE, PRIMARY KEY (q, p))");
    database.execute(
        "INSERT INTO k (p, q, r) VALUES (1, 'a', 1), (1, 'b', 2), (2, 'a', 3), (4, 'd', 4)");

    assertThat(
            database.change(
                "UPDATE k SET r = (SELECT max(a) * 10 FROM u), s = DATE '2020-01-01' WHERE p IN (SELECT a FROM u)"))
        .isEqualTo(3);
    assertThat(database.rows("SELECT p, q, r FROM k WHERE s IS NOT NULL ORDER BY p, q"))
        .containsExactly(List.of(1, "a", 30), List.of(1, "b", 30), List.of(2, "a", 30));
    assertThat(
            database.change(
                "UPDATE k SET p = p + 10 WHERE EXISTS (SELECT 1 FROM u WHERE u.a = k.p)"))
        .isEqualTo(3);
    assertThat(database.change("DELETE FROM k WHERE p < (SELECT count(*) + 9 FROM u)"))
        .isEqualTo(3);
    assertThat(database.rows("SELECT p, q FROM k ORDER BY p")).containsExactly(List.of(12, "a"));
    assertThat(database.change("DELETE FROM k WHERE p NOT IN (SELECT functions FROM wasm.modules)"))
        .isEqualTo(1);
  }

  @Test
  void rowsOfAQueryWithWithAreInserted() {
    database.execute("CREATE TABLE w (a INTEGER, n BIGINT, d DOUBLE, s VARCHAR)");
    assertThat(
            database.change(
                "INSERT INTO w WITH q AS (SELECT a, b FROM u) SELECT a, 1, 2, b FROM q"))
        .isEqualTo(3);
    assertThat(database.change("INSERT INTO w (n) WITH q AS (SELECT 7 AS n) SELECT n FROM q"))
        .isEqualTo(1);
    assertThat(
            database.change(
                "INSERT INTO w (n) WITH RECURSIVE r (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r"
                    + " WHERE n < 3) SELECT n + 10 FROM r"))
        .isEqualTo(3);
    assertThat(database.rows("SELECT n FROM w ORDER BY n"))
        .containsExactly(
            List.of(1L),
            List.of(1L),
            List.of(1L),
            List.of(7L),
            List.of(11L),
            List.of(12L),
            List.of(13L));
    refused("INSERT INTO u (a) WITH q AS (SELECT b FROM u) SELECT b FROM q", "");
  }

  private void refused(String sql, String message) {
    assertThatThrownBy(() -> database.execute(sql)).as(sql).hasStackTraceContaining(message);
  }

  @Test
  void whatWouldGoWrongIsRefused() {
    database.execute("INSERT INTO t (a) VALUES (1), (2), (3)");

    database.execute("CREATE TABLE w AS SELECT * FROM u");
    refused("UPDATE w SET b = (SELECT max(b) FROM u)", "UPDATE of PUBLIC.w: the database does");
    refused("UPDATE w SET b = 'x' WHERE a = (SELECT max(a) FROM u)", "sub-queries, and without a");
    refused("DELETE FROM w WHERE a IN (SELECT a FROM u)", "DELETE of PUBLIC.w: the database does");
    refused("DELETE FROM w WHERE EXISTS (SELECT 1 FROM u WHERE u.a = w.a)", "primary key");
    refused("UPDATE w SET a = row_number() OVER (ORDER BY a)", "");
    refused(
        "MERGE INTO t USING u ON t.a = u.a WHEN MATCHED THEN UPDATE SET b = u.b",
        "MERGE is not supported");
    refused("INSERT INTO v VALUES (9)", "PUBLIC.v: it is not a table whose rows can be changed");
    refused("UPDATE v SET a = 1", "not a table whose rows");
    refused("DELETE FROM v", "not a table whose rows");
    refused("DELETE FROM wasm.modules", "not a table whose rows");
    refused("INSERT INTO wasm.modules SELECT * FROM wasm.modules", "not a table whose rows");
    refused("INSERT INTO wasm.modules VALUES (1)", "wasm.modules: it is not a table whose rows");
    refused("INSERT INTO wasm.grants (x) VALUES (1)", "wasm.grants: it is not a table whose rows");
    refused("INSERT INTO u VALUES (NULL, 'x')", "does not allow NULLs");
    refused("INSERT INTO t (nope) VALUES (1)", "Unknown target column 'nope'");
    assertThat(database.rows("SELECT count(*) FROM t")).containsExactly(List.of(3L));
  }

  @Test
  void aDefaultThatOnlyTheDatabaseComputesIsAskedFor() throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:h2:mem:defaults", "sa", "")) {
      connection
          .createStatement()
          .execute("CREATE TABLE d (a INTEGER, at TIMESTAMP DEFAULT CURRENT_TIMESTAMP)");
      database.execute(
          "CREATE FOREIGN SCHEMA f TYPE 'jdbc' OPTIONS (url 'jdbc:h2:mem:defaults', user 'sa', password '')");

      refused("INSERT INTO f.d (a) VALUES (1)", "has the default CURRENT_TIMESTAMP");
      assertThat(database.change("INSERT INTO f.d VALUES (1, TIMESTAMP '2020-01-01 00:00:00')"))
          .isEqualTo(1);
      assertThat(database.change("INSERT INTO f.d SELECT a, NULL FROM " + LOCAL + " AS q"))
          .isEqualTo(3);
    }
  }
}
