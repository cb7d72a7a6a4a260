package io.calcitewasm.adapter.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.calcitewasm.adapter.catalogue.DatabaseLocation;
import io.calcitewasm.guest.Guests;
import io.calcitewasm.guest.Patched;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Canaries of functions that do more than answer one call after the other. */
@Timeout(120)
class CanaryKindsTest {
  private static final byte[] SUM = {0x29, 3, 0, 0x20, 1, 0x7c};
  private static final byte[] DIFFERENCE = {0x29, 3, 0, 0x20, 1, 0x7d};
  private static final byte[] ONE_MORE = {0x42, 1, 0x7c};
  private static final byte[] TWO_MORE = {0x42, 2, 0x7c};

  @TempDir Path folder;
  private TestDatabase database;

  @BeforeEach
  void open() {
    database = new TestDatabase(new DatabaseLocation.PrivateMemory());
    database.execute("CREATE TABLE t (g INTEGER, n BIGINT, x DOUBLE)");
    database.execute(
        "INSERT INTO t VALUES (1, 1, 1.5), (1, 2, 2), (2, 3, 3), (2, 4, 4), (2, 5, 5), (3, 6, NULL)");
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void module(String guest) throws IOException {
    database.execute("CREATE MODULE m FROM '" + Guests.copy(guest, folder) + "'");
  }

  private void canary(byte[] content, String fraction) throws IOException {
    Path file = Files.write(folder.resolve("canary.wasm"), content);
    database.execute("ALTER MODULE m CANARY WITH '" + file + "' FRACTION " + fraction);
  }

  private long total(String column, long atLeast) throws InterruptedException {
    return new CanaryCounts(database).total(column, atLeast);
  }

  private List<Object> row(String columns) {
    return database.rows("SELECT " + columns + " FROM wasm.canary AS c").getFirst();
  }

  @Test
  void groupsAreGivenToAnEqualVersionToo() throws Exception {
    module("components/stats");
    canary(Guests.bytes("components/stats"), "1.0");
    String sql = "SELECT g, m.median(x), m.percentile(0.5, x) FROM t GROUP BY g ORDER BY g";
    assertThat(database.rows(sql))
        .containsExactly(
            List.of(1, 1.75, 1.75), List.of(2, 4.0, 4.0), Arrays.asList(3, null, null));
    // The group without numbers gives nothing to either version.
    assertThat(total("\"equal\"", 4)).isEqualTo(4);
    assertThat(total("calls", 4)).isEqualTo(4);
    assertThat(row("active_us > 0 AND canary_us > 0")).containsExactly(true);
  }

  @Test
  void aShareOfTheGroupsIsTried() throws Exception {
    module("components/stats");
    canary(Guests.bytes("components/stats"), "0.1");
    database.execute("CREATE TABLE wide (g INTEGER, x DOUBLE)");
    database.execute(
        "INSERT INTO wide SELECT CAST(a.n * 36 + b.n * 6 + c.n AS INTEGER), a.x FROM t a, t b, t c");
    String sql = "SELECT COUNT(*), COUNT(y) FROM";
    sql += " (SELECT g, m.median(x) AS y FROM wide GROUP BY g) AS v";
    // Groups without a number give nothing to either version.
    assertThat(database.rows(sql)).containsExactly(List.of(216L, 180L));
    assertThat(total("calls", 15)).isBetween(15L, 21L);
    assertThat(total("different", 0) + total("failed", 0) + total("unstable", 0)).isZero();
  }

  @Test
  void aGroupWithAnotherValueIsOnRecordAndChangesNoAnswer() throws Exception {
    module("fixtures/resources");
    canary(Patched.of(Guests.bytes("fixtures/resources"), SUM, DIFFERENCE), "1.0");
    assertThat(database.rows("SELECT g, m.tally(n) FROM t GROUP BY g ORDER BY g"))
        .containsExactly(List.of(1, 3L), List.of(2, 12L), List.of(3, 6L));
    assertThat(total("different", 3)).isEqualTo(3);
    assertThat(row("first_difference").getFirst())
        .isEqualTo("m.tally of 2 rows: (1), (2) -> 3, now -3");
  }

  @Test
  void framesOfWindowsCountAsGroups() throws Exception {
    module("fixtures/resources");
    canary(Patched.of(Guests.bytes("fixtures/resources"), SUM, DIFFERENCE), "1.0");
    assertThat(
            database.rows(
                "SELECT m.tally(n) OVER (ORDER BY n ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)"
                    + " FROM t"))
        .containsExactlyInAnyOrder(
            List.of(1L), List.of(3L), List.of(5L), List.of(7L), List.of(9L), List.of(11L));
    assertThat(total("different", 6)).isEqualTo(6);
  }

  /** Of a large group the canary takes the first rows, whatever its value is. */
  @Test
  void ofALargeGroupTheFirstRowsAreCompared() throws Exception {
    module("fixtures/resources");
    canary(Guests.bytes("fixtures/resources"), "1.0");
    String rows = " FROM t a, t b, t c, t d, t e, t f";
    assertThat(database.rows("SELECT m.tally(a.n)" + rows)).containsExactly(List.of(163_296L));
    assertThat(total("\"equal\"", 1)).isEqualTo(1);
    assertThat(total("calls", 1)).isEqualTo(1);
  }

  @Test
  void aStatementThatFailsHasItsGroupsComparedToo() throws Exception {
    module("fixtures/broken-aggregates");
    canary(Guests.bytes("fixtures/broken-aggregates"), "1.0");
    assertThatThrownBy(() -> database.rows("SELECT m.step_errs(n - 5) FROM t"))
        .hasMessageContaining("m.step_errs");
    assertThat(total("\"equal\"", 1)).as("the same error").isEqualTo(1);
  }

  @Test
  void rowsOfCursorsAreReadAgainAsFarAsTheyWereRead() throws Exception {
    module("components/lines");
    canary(Guests.bytes("components/lines"), "1.0");
    assertThat(database.rows("SELECT n FROM TABLE(m.count_from(1, 5)) LIMIT 3"))
        .containsExactly(List.of(1L), List.of(6L), List.of(11L));
    assertThat(total("\"equal\"", 1)).isEqualTo(1);
    assertThatThrownBy(() -> database.rows("SELECT * FROM TABLE(m.read_lines(U&'a\\000Ab\\0000'))"))
        .hasMessageContaining("line 2 has a NUL");
    assertThat(total("\"equal\"", 2)).as("the same error").isEqualTo(2);
    assertThat(total("calls", 2)).isEqualTo(2);
  }

  @Test
  void otherRowsOfACursorAreOnRecordAndChangeNoAnswer() throws Exception {
    module("components/lines");
    canary(Patched.of(Guests.bytes("components/lines"), ONE_MORE, TWO_MORE), "1.0");
    assertThat(database.rows("SELECT * FROM TABLE(m.read_lines(U&'a\\000Ab'))"))
        .containsExactly(List.of(1L, "a"), List.of(2L, "b"));
    assertThat(total("different", 1)).isEqualTo(1);
    assertThat(row("first_difference").getFirst())
        .asString()
        .endsWith(" -> ARRAY[ROW(1, 'a'), ROW(2, 'b')], now ARRAY[ROW(2, 'a'), ROW(4, 'b')]");
  }

  @Test
  void functionsOfAnyArgumentsAreResolvedInBothVersions() throws Exception {
    module("components/poly");
    canary(
        Patched.of(
            Guests.bytes("components/poly"),
            "BIGINTDOUBLE".getBytes(StandardCharsets.US_ASCII),
            "BIGINTdouble".getBytes(StandardCharsets.US_ASCII)),
        "1.0");
    assertThat(database.rows("SELECT m.json_array(g, x) FROM t WHERE g = 1 ORDER BY n"))
        .containsExactly(List.of("[1,1.5]"), List.of("[1,2.0]"));
    assertThat(total("\"equal\"", 2)).isEqualTo(2);
    assertThat(database.rows("SELECT m.type_names(x, g) FROM t WHERE n = 1"))
        .containsExactly(List.of("DOUBLE, INTEGER"));
    assertThat(total("different", 1)).isEqualTo(1);
    assertThat(database.rows("SELECT first_difference FROM wasm.canary WHERE different > 0"))
        .containsExactly(
            List.of("m.type_names(1.5, 1) -> 'DOUBLE, INTEGER', now 'double, INTEGER'"));
  }

  @Test
  void aggregatesOfAnyArgumentsAreTriedToo() throws Exception {
    module("components/poly");
    canary(Guests.bytes("components/poly"), "1.0");
    assertThat(database.rows("SELECT m.mode(g), m.first_any(x, g) FROM t"))
        .containsExactly(List.of(2, 1.5));
    assertThat(total("\"equal\"", 2)).isEqualTo(2);
    assertThat(total("calls", 2)).isEqualTo(2);
  }

  @Test
  void whatAConnectionKeepsIsKeptForTheTrialToo() throws Exception {
    module("fixtures/state");
    database.execute("ALTER MODULE m SET (isolation = SESSION)");
    canary(Guests.bytes("fixtures/state"), "1.0");
    for (long i = 0; i < 3; i++) {
      assertThat(database.rows("VALUES (m.next())")).containsExactly(List.of(i + 1));
    }
    assertThat(database.rows("SELECT MAX(m.next_of(n)) FROM t")).containsExactly(List.of(9L));
    assertThat(total("\"equal\"", 9)).isEqualTo(9);
    assertThat(total("unstable", 0) + total("different", 0) + total("skipped", 0)).isZero();
  }

  @Test
  void aConnectionThatHasCalledBeforeIsNotFollowed() throws Exception {
    module("fixtures/state");
    database.execute("ALTER MODULE m SET (isolation = SESSION)");
    assertThat(database.rows("VALUES (m.next())")).containsExactly(List.of(1L));
    canary(Guests.bytes("fixtures/state"), "1.0");
    assertThat(database.rows("VALUES (m.next())")).containsExactly(List.of(2L));
    assertThat(total("calls", 0)).isZero();
  }

  @Test
  void noInstanceIsLeftWhenACanaryIsDiscarded() throws Exception {
    module("components/stats");
    canary(Guests.bytes("components/stats"), "1.0");
    assertThat(database.rows("SELECT m.median(x) FROM t")).containsExactly(List.of(3.0));
    assertThat(total("calls", 1)).isEqualTo(1);
    database.execute("ALTER MODULE m DISCARD CANARY");
    assertThat(database.rows("SELECT m.median(x) FROM t")).containsExactly(List.of(3.0));
    assertThat(database.rows("SELECT draining_statements FROM wasm.modules"))
        .containsExactly(List.of(0));
  }
}
