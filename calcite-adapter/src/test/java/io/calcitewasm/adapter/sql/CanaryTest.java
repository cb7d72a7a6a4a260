package io.calcitewasm.adapter.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.calcitewasm.adapter.catalogue.DatabaseLocation;
import io.calcitewasm.guest.Arithmetic;
import io.calcitewasm.guest.Guests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class CanaryTest {
  @TempDir Path folder;
  private TestDatabase database;

  @BeforeEach
  void open() throws IOException {
    database = new TestDatabase(DatabaseLocation.file(folder.resolve("db").toString()));
    if (database.rows("SHOW MODULES").isEmpty()) {
      database.execute(
          "CREATE MODULE m FROM '"
              + Files.write(folder.resolve("arithmetic.wasm"), Arithmetic.adding())
              + "'");
      database.execute("CREATE TABLE t (n BIGINT)");
      database.execute("INSERT INTO t VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)");
      database.execute("INSERT INTO t SELECT a.n FROM t a, t b, t c WHERE a.n <> 100");
    }
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void canary(byte[] content, String fraction) throws IOException {
    database.execute(
        "ALTER MODULE m CANARY WITH '"
            + Files.write(folder.resolve("arithmetic.wasm"), content)
            + "' FRACTION "
            + fraction);
  }

  private List<Object> compared(String columns, long calls) throws InterruptedException {
    String total = "SELECT SUM(c.\"calls\" + c.\"skipped\" + c.\"missing\") FROM wasm.canary c";
    for (int i = 0; i < 500; i++) {
      if (((Number) database.rows(total).getFirst().getFirst()).longValue() >= calls) {
        break;
      }
      Thread.sleep(20);
    }
    List<List<Object>> rows =
        database.rows(
            "SELECT "
                + columns
                + " FROM wasm.canary AS c WHERE c.calls + c.skipped + c.missing > 0");
    assertThat(rows).hasSize(1);
    return rows.getFirst();
  }

  @Test
  void anEqualVersionIsFoundEqual() throws Exception {
    canary(Arithmetic.adding(1), "0.05");
    assertThat(database.rows("SELECT SUM(m.add(n, 1)) FROM t")).containsExactly(List.of(5555L));
    assertThat(compared("\"function\", calls, \"equal\", fraction, first_difference", 50))
        .isEqualTo(Arrays.asList("add(a BIGINT, b BIGINT) -> BIGINT", 50L, 50L, 0.05, null));
    assertThat(compared("active_us > 0 AND canary_us > 0", 50)).isEqualTo(List.of(true));
  }

  @Test
  void aDifferenceIsOnRecordAndChangesNoAnswer() throws Exception {
    canary(Arithmetic.subtracting(), "0.1");
    for (int i = 0; i < 2; i++) {
      assertThat(database.rows("SELECT SUM(m.add(n, 1)) FROM t")).containsExactly(List.of(5555L));
    }
    assertThat(database.rows("VALUES (m.add(5, 1))")).containsExactly(List.of(6L));
    List<Object> row =
        compared("calls, different, \"equal\", failed, unstable, first_difference", 202);
    assertThat((long) row.get(0) + skipped()).isBetween(202L, 204L);
    assertThat(row.get(1)).isEqualTo(row.get(0));
    assertThat(row.subList(2, 5)).containsOnly(0L);
    assertThat(row.get(5)).asString().matches("m.add\\(\\d, 1\\) -> \\d+, now -?\\d+");
  }

  private long skipped() {
    return (long) database.rows("SELECT skipped FROM wasm.canary").getFirst().getFirst();
  }

  @Test
  void functionsThatTheNewVersionLacksAreMissing() throws Exception {
    canary(Guests.bytes("components/geo"), "1");
    assertThat(database.rows("SELECT SUM(m.add(n, 1)) FROM t WHERE n < 1")).hasSize(1);
    assertThat(compared("calls, missing, not_compared", 101))
        .isEqualTo(List.of(0L, 101L, "the new version has no such function of these types"));
  }

  @Test
  void aCanaryThatFailsFailsNoStatement() throws Exception {
    String create = "CREATE OR REPLACE MODULE m FROM '";
    database.execute(create + Guests.copy("fixtures/types", folder) + "'");
    database.execute(
        "ALTER MODULE m CANARY WITH '" + Guests.copy("fixtures/types", folder) + "' FRACTION 1");
    assertThatThrownBy(() -> database.rows("SELECT m.err_text(n = n) FROM t"))
        .hasMessageContaining("function m.err_text, row 1: because");
    List<Object> row = compared("calls, \"equal\", failed", 1);
    assertThat(row).as("the same error").isEqualTo(List.of(1L, 1L, 0L));
  }

  @Test
  void aCanaryIsPromotedOrDiscarded() throws Exception {
    canary(Arithmetic.subtracting(), "1.0");
    database.execute("ALTER MODULE m DISCARD CANARY");
    assertThat(database.rows("SELECT * FROM wasm.canary")).isEmpty();
    assertThat(database.rows("VALUES (m.add(5, 1))")).containsExactly(List.of(6L));

    canary(Arithmetic.subtracting(), "0.01");
    database.execute("ALTER MODULE m PROMOTE");
    assertThat(database.rows("SELECT * FROM wasm.canary")).isEmpty();
    assertThat(database.rows("VALUES (m.add(5, 1))")).containsExactly(List.of(4L));
    assertThat(database.rows("SELECT number, state FROM wasm.versions ORDER BY 1"))
        .containsExactly(List.of(1, "kept"), List.of(2, "active"));
    database.execute("ALTER MODULE m ROLLBACK");
    assertThat(database.rows("VALUES (m.add(5, 1))")).containsExactly(List.of(6L));
    database.refuses("ALTER MODULE m PROMOTE", "42704", "module m has no canary");
    database.refuses("ALTER MODULE m DISCARD", "42704", "module m has no canary");
  }

  @Test
  void aCanaryIsThereAgainAndEndsWithItsModulesVersion() throws Exception {
    canary(Arithmetic.subtracting(), "0.25");
    database.close();
    open();
    assertThat(database.rows("SELECT fraction, calls FROM wasm.canary"))
        .containsExactly(List.of(0.25, 0L));
    database.execute("ALTER MODULE m SET (memory = '8MB')");
    assertThat(database.rows("SELECT * FROM wasm.canary")).isEmpty();
    canary(Arithmetic.subtracting(), "0.25");
    database.execute("DROP MODULE m");
    assertThat(database.rows("SELECT * FROM wasm.canary")).isEmpty();
  }

  @Test
  void whatCannotBeTriedIsRefused() throws Exception {
    Path same = Files.write(folder.resolve("arithmetic.wasm"), Arithmetic.subtracting());
    for (String fraction : List.of("0", "0.0", "1.5", "2")) {
      database.refuses(
          "ALTER MODULE m CANARY WITH '" + same + "' FRACTION " + fraction, "22023", "FRACTION");
    }
    database.refuses("ALTER MODULE m CANARY WITH 'none.wasm' FRACTION 0.1", "58P01", "none.wasm");
    database.refuses(
        "ALTER MODULE m CANARY WITH '" + same + "' DIGEST 'sha256:0' FRACTION 0.1",
        "WM003",
        "DIGEST");
    database.refuses(
        "ALTER MODULE n CANARY WITH '" + same + "' FRACTION 0.1", "42704", "no module n");
    assertThat(database.rows("SELECT * FROM wasm.canary")).isEmpty();
  }

  /** Both versions have to be given all calls of the statement to come to the same state. */
  @Test
  void whatAFunctionRemembersForAStatementIsRememberedInTheTrialToo() throws Exception {
    Path state = Guests.copy("fixtures/state", folder);
    database.execute("CREATE OR REPLACE MODULE m FROM '" + state + "' ISOLATION STATEMENT");
    database.execute("ALTER MODULE m CANARY WITH '" + state + "' FRACTION 0.5");
    String sum = "SELECT SUM(m.next_of(n)) FROM t WHERE n < 2";
    for (int i = 0; i < 4; i++) {
      assertThat(database.rows(sum)).containsExactly(List.of(202L * 203 / 2));
      assertThat(total("calls", 202L * ((i + 1) / 2))).isEqualTo(202L * ((i + 1) / 2));
    }
    assertThat(compared("\"function\", calls, \"equal\", skipped", 404))
        .isEqualTo(List.of("next_of(row BIGINT) -> BIGINT", 404L, 404L, 0L));
    // One call after the other, of several functions.
    for (int i = 0; i < 2; i++) {
      assertThat(database.rows("SELECT m.next_of(n) + m.next() FROM t WHERE n = 0")).hasSize(101);
    }
    assertThat(total("\"equal\"", 404 + 202)).isEqualTo(404 + 202);
    assertThat(total("unstable", 0)).isZero();
  }

  private long total(String column, long atLeast) throws InterruptedException {
    return new CanaryCounts(database).total(column, atLeast);
  }

  @Test
  void aDifferenceOfFunctionsThatRememberIsFound() throws Exception {
    database.execute("ALTER MODULE m SET (isolation = STATEMENT)");
    canary(Arithmetic.subtracting(), "1.0");
    assertThat(database.rows("SELECT SUM(m.add(n, 1)) FROM t WHERE n < 2"))
        .containsExactly(List.of(303L));
    List<Object> row = compared("calls, different, first_difference", 202);
    assertThat(row.subList(0, 2)).containsOnly(202L);
    assertThat(row.get(2)).asString().matches("m.add\\(\\d, 1\\) -> \\d+, now -?\\d+");
  }

  @Test
  void noInstanceOfATrialIsLeftWhenItsStatementsHaveEnded() throws Exception {
    database.execute("ALTER MODULE m SET (isolation = STATEMENT, instances = 1)");
    canary(Arithmetic.adding(1), "1.0");
    // Two statements at the same time would wait for the only instance, trials do not: one is
    // followed when the one before has been compared.
    for (int i = 0; i < 500 && total("calls", 0) < 20; i++) {
      assertThat(database.rows("VALUES (m.add(5, 1))")).containsExactly(List.of(6L));
    }
    assertThat(total("calls", 20)).isGreaterThanOrEqualTo(20);
    assertThat(total("\"equal\"", 20)).isGreaterThanOrEqualTo(20);
  }

  @Test
  void whatIsNotComparedIsSaid() throws Exception {
    database.execute("DROP TABLE t");
    String lines = Guests.copy("components/lines", folder).toString();
    database.execute("CREATE OR REPLACE MODULE m FROM '" + lines + "'");
    database.execute(
        "ALTER MODULE m CANARY WITH '" + Guests.copy("fixtures/state", folder) + "' FRACTION 1.0");
    assertThat(
            database.rows(
                "SELECT \"function\" FROM wasm.canary WHERE not_compared ="
                    + " 'the new version has no such function of these types'"))
        .contains(List.of("open_now() -> INTEGER"))
        .hasSize(3);
  }
}
