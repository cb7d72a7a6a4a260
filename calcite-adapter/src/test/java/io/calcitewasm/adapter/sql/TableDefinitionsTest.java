package io.calcitewasm.adapter.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.schema.lookup.LikePattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TableDefinitionsTest {
  private final TestDatabase database = TestDatabase.inMemory();

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aTableIsSeenAtOnceAndGoneAtOnce() {
    database.execute("CREATE TABLE Person (Id INTEGER PRIMARY KEY, name VARCHAR(20) NOT NULL)");
    assertThat(database.rows("SELECT * FROM person")).isEmpty();
    assertThat(database.rows("SELECT ID, \"NAME\" FROM PUBLIC.PERSON p WHERE p.iD > 1")).isEmpty();

    database.execute("DROP TABLE PERSON");
    assertThatThrownBy(() -> database.rows("SELECT * FROM person"))
        .hasStackTraceContaining("Object 'person' not found");
    database.execute("CREATE TABLE PERSON (other DOUBLE)");
    assertThat(database.rows("SELECT other FROM person")).isEmpty();
  }

  @Test
  void everyTypeIsReadBackAsItself() {
    database.execute(
        """
        CREATE TABLE t (b BOOLEAN, i8 TINYINT, i16 SMALLINT, i32 INTEGER, i64 BIGINT, f REAL,
          d DOUBLE, fl FLOAT, n DECIMAL(38, 18), c CHAR(3), v VARCHAR, v5 VARCHAR(5), x VARBINARY,
          da DATE, ti TIME, ts TIMESTAMP, ts0 TIMESTAMP(0), tz TIMESTAMP WITH LOCAL TIME ZONE,
          u UUID, a INTEGER ARRAY, s VARCHAR(9) ARRAY)
        """);

    assertThat(database.rowType("SELECT * FROM t").toString())
        .isEqualTo(
            "RecordType(BOOLEAN b, TINYINT i8, SMALLINT i16, INTEGER i32, BIGINT i64, REAL f,"
                + " DOUBLE d, DOUBLE fl, DECIMAL(38, 18) n, CHAR(3) c, VARCHAR v, VARCHAR(5) v5,"
                + " VARBINARY x, DATE da, TIME(3) ti, TIMESTAMP(3) ts, TIMESTAMP(0) ts0,"
                + " TIMESTAMP_WITH_LOCAL_TIME_ZONE(3) tz, UUID u, INTEGER ARRAY a,"
                + " VARCHAR ARRAY s)");
  }

  @Test
  void valuesGoThrough() {
    database.execute(
        """
        CREATE TABLE t AS SELECT TRUE AS b, CAST(1 AS TINYINT) AS i8, CAST(300 AS SMALLINT) AS i16,
          70000 AS i32, 5000000000 AS i64, CAST(1.5 AS REAL) AS f, 2.5e0 AS d,
          CAST(1.234567890123456789 AS DECIMAL(19, 18)) AS n, 'äöü' AS c,
          CAST('x' AS VARCHAR) AS v, X'00ff' AS x, DATE '2020-02-29' AS da, TIME '12:34:56' AS ti,
          TIMESTAMP '2020-02-29 12:34:56.789' AS ts,
          UUID '123e4567-e89b-12d3-a456-426614174000' AS u, ARRAY[1, 2] AS a,
          INTERVAL '1-2' YEAR TO MONTH AS ym, INTERVAL '1 02:03:04.5' DAY TO SECOND AS ds,
          CAST(NULL AS INTEGER) AS nothing
        FROM (VALUES (1)) AS x (k)
        """);

    assertThat(database.rows("SELECT * FROM t"))
        .containsExactly(
            Arrays.asList(
                true,
                (byte) 1,
                (short) 300,
                70000,
                5_000_000_000L,
                1.5f,
                2.5,
                new BigDecimal("1.234567890123456789"),
                "äöü",
                "x",
                new ByteString(new byte[] {0, -1}),
                18321,
                45_296_000,
                1_582_979_696_789L,
                UUID.fromString("123e4567-e89b-12d3-a456-426614174000"),
                List.of(1, 2),
                14,
                93_784_500L,
                null));
  }

  @Test
  void aQueryGivesColumnsAndRows() {
    database.execute("CREATE TABLE first_one (k INTEGER NOT NULL, v VARCHAR)");
    assertThat(database.execute("CREATE TABLE two (a, b) AS SELECT k, v FROM first_one"))
        .isEqualTo(new Answer.Count(0));
    assertThat(database.execute("CREATE TABLE three AS VALUES (1), (2)"))
        .isEqualTo(new Answer.Count(2));
    assertThat(database.rows("SELECT a, b FROM two")).isEmpty();
    assertThat(database.rows("SELECT * FROM three ORDER BY 1")).hasSize(2);
  }

  @Test
  void aQueryThatFailsLeavesNothing() {
    assertThatThrownBy(
            () ->
                database.execute(
                    "CREATE TABLE t AS SELECT 1 / (x - 1) AS q FROM (VALUES (3), (1)) AS v (x)"))
        .isInstanceOf(RuntimeException.class);
    assertThatThrownBy(() -> database.rows("SELECT * FROM t"))
        .hasStackTraceContaining("'t' not found");
    assertThat(
            database
                .namespace()
                .rootSchema()
                .subSchemas()
                .get("PUBLIC")
                .tables()
                .getNames(LikePattern.any()))
        .isEmpty();
  }

  @Test
  void whatCannotBeIsRefused() {
    database.execute("CREATE TABLE t (a INTEGER)");
    database.execute("CREATE VIEW v AS SELECT a FROM t");
    database.refuses("CREATE TABLE T (b INTEGER)", "42P07", "table T exists already");
    database.refuses("CREATE TABLE V (b INTEGER)", "42P07", "'V' is a view already");
    database.refuses("CREATE OR REPLACE TABLE t (a INTEGER)", "0A000", "drop the table first");
    database.refuses("CREATE TABLE s.x (a INTEGER)", "0A000", "in schema public only");
    database.refuses("CREATE TABLE x", "42601", "columns or a query");
    database.refuses("CREATE TABLE x (a)", "42601", "column a needs a type");
    database.refuses("CREATE TABLE x (a INTEGER, A BIGINT)", "42701", "column A is named twice");
    database.refuses("CREATE TABLE x (a INTEGER, PRIMARY KEY (b))", "42703", "key's column b");
    database.refuses("CREATE TABLE x (a DECIMAL(39))", "22023", "1 to 38 digits");
    database.refuses("CREATE TABLE x (a ROW(b INTEGER))", "0A000", "type ROW are not stored");
    database.refuses("CREATE TABLE x (a INTEGER MULTISET)", "0A000", "MULTISET");
    database.refuses("CREATE TABLE x (a wibble)", "0A000", "wibble");
    database.refuses(
        "CREATE TABLE x (a INTEGER DEFAULT 1 + 1)", "0A000", "default must be a literal");
    database.refuses("CREATE TABLE x AS SELECT NULL AS n", "42P18", "column n is only NULL");
    database.refuses(
        "CREATE TABLE x (a, b) AS SELECT 1", "42601", "names 2 columns, its query has 1");
    database.refuses("CREATE TABLE x (a INTEGER) AS SELECT 1", "42601", "names of columns only");
    database.refuses("CREATE TABLE x AS SELECT 1 AS a, 2 AS a", "42701", "column a is named twice");
    database.refuses("DROP TABLE nope", "42P01", "there is no table nope");
    database.refuses("DROP TABLE v", "42809", "use DROP VIEW");
    database.refuses("DROP TABLE t", "2BP01", "table t is needed by view v: drop it first");
    database.execute("DROP TABLE IF EXISTS nope");
    database.execute("CREATE TABLE IF NOT EXISTS t (other INTEGER)");
    assertThat(database.rows("SELECT a FROM t")).isEmpty();
  }
}
