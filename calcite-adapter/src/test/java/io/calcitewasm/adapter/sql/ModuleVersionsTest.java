package io.calcitewasm.adapter.sql;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.io.TempDir;

class ModuleVersionsTest {
  private static final String ACTIVE =
      "SELECT number, replaced FROM wasm.versions WHERE state = 'active'";

  @TempDir Path folder;
  private TestDatabase database;

  @BeforeEach
  void open() {
    database = new TestDatabase(DatabaseLocation.file(folder.resolve("db").toString()));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void reopen() {
    database.close();
    open();
  }

  private void create(byte[] content, String... clauses) throws IOException {
    database.execute(
        "CREATE OR REPLACE MODULE m FROM '"
            + Files.write(folder.resolve("arithmetic.wasm"), content)
            + "' "
            + String.join(" ", clauses));
  }

  private Object add() {
    return database.rows("VALUES (m.add(5, 1))").getFirst().getFirst();
  }

  @Test
  void aReplacedVersionIsKeptAndComesBack() throws IOException {
    create(Arithmetic.adding());
    create(Arithmetic.subtracting());
    assertThat(add()).isEqualTo(4L);
    assertThat(database.rows(ACTIVE)).containsExactly(List.of(2, 1));

    database.execute("ALTER MODULE M ROLLBACK");
    assertThat(add()).isEqualTo(6L);
    assertThat(database.rows(ACTIVE)).containsExactly(Arrays.asList(1, null));
    reopen();
    assertThat(add()).isEqualTo(6L);
    database.refuses(
        "ALTER MODULE m ROLLBACK", "42704", "version 1 of module m replaced none; kept are 1 (");

    database.execute("ALTER MODULE m ROLLBACK TO VERSION 2");
    assertThat(add()).isEqualTo(4L);
    create(Arithmetic.adding());
    assertThat(database.rows(ACTIVE)).containsExactly(List.of(3, 2));
  }

  @Test
  void aVersionIsNamedByItsNumberItsOwnNameOrItsDigest() throws IOException {
    create(Arithmetic.adding());
    String digest =
        database.rows("SELECT digest FROM wasm.modules").getFirst().getFirst().toString();
    create(Arithmetic.subtracting());
    create(Arithmetic.subtracting(), "WITH (memory => '8MB')");

    database.execute("ALTER MODULE m ROLLBACK TO VERSION '" + digest.substring(0, 20) + "'");
    assertThat(database.rows(ACTIVE)).containsExactly(Arrays.asList(1, null));
    database.execute("ALTER MODULE m ROLLBACK TO VERSION '0.1.0'");
    assertThat(database.rows(ACTIVE)).as("the newest of that name").containsExactly(List.of(3, 2));
    database.refuses(
        "ALTER MODULE m ROLLBACK TO VERSION 7", "42704", "m has no version 7; kept are 1 (0.1.0)");
    database.refuses("ALTER MODULE m ROLLBACK TO VERSION 'x'", "42704", "has no version 'x'");
    database.refuses("ALTER MODULE n ROLLBACK", "42704", "there is no module n; there are m");
    assertThat(database.rows(ACTIVE)).containsExactly(List.of(3, 2));
  }

  @Test
  void settingsAreAVersionOfTheSameContent() throws IOException {
    create(Arithmetic.adding(), "ISOLATION CALL WITH (memory => '8MB', instances => 3)");
    database.execute("ALTER MODULE m SET (isolation = STATEMENT, memory = '16MB')");
    String settings = "SELECT isolation, memory_bytes, instances, version_number FROM wasm.modules";
    assertThat(database.rows(settings)).containsExactly(List.of("STATEMENT", 16L << 20, 3, 2));
    reopen();
    assertThat(database.rows(settings)).containsExactly(List.of("STATEMENT", 16L << 20, 3, 2));

    database.refuses("ALTER MODULE m SET (colour = 'red')", "22023", "'colour' is not a limit");
    database.refuses("ALTER MODULE m SET (memory = '1KB')", "22023", "memory must be from 64 KB");
    assertThat(database.rows(settings)).containsExactly(List.of("STATEMENT", 16L << 20, 3, 2));
    database.execute("ALTER MODULE m ROLLBACK");
    assertThat(database.rows(settings)).containsExactly(List.of("CALL", 8L << 20, 3, 1));
  }

  @Test
  void grantsAreTheModulesAndNoVersionsOwn() throws IOException {
    create(Arithmetic.adding(), "GRANT (clock)");
    create(Arithmetic.adding());
    database.execute("ALTER MODULE m ROLLBACK");
    assertThat(database.rows("SELECT grants FROM wasm.modules")).containsExactly(List.of(""));
    database.execute("ALTER MODULE m ROLLBACK TO VERSION 2");
    assertThat(database.rows("SELECT grants FROM wasm.modules")).containsExactly(List.of(""));
  }

  @Test
  void whatAViewsColumnsWouldChangeIsToldBefore() throws IOException {
    Path types = Guests.copy("fixtures/types", folder);
    database.execute("CREATE MODULE m FROM '" + types + "'");
    database.execute("CREATE VIEW v AS SELECT m.root_add(1, 2) AS total FROM (VALUES (1))");
    database.refuses(
        "CREATE OR REPLACE MODULE m FROM '"
            + Files.write(folder.resolve("arithmetic.wasm"), Arithmetic.adding())
            + "'",
        "2BP01",
        "view v would fail: no function m.root_add");
    database.execute("ALTER MODULE m SET (memory = '32MB')");
    database.execute("ALTER MODULE m ROLLBACK");
    assertThat(database.rows("SELECT total FROM v")).containsExactly(List.of(3));
    assertThat(database.rows(ACTIVE)).hasSize(1);
  }

  /** A result that was computed while planning is the old version's. */
  @Test
  void plansAreKeptOnlyWhereTheyHold() throws Exception {
    create(Arithmetic.adding());
    database.execute("CREATE TABLE t (n BIGINT)");
    database.execute("INSERT INTO t VALUES (5)");
    try (TestDatabase.Statement rows = database.prepare("SELECT m.add(n, 1) FROM t");
        TestDatabase.Statement folded = database.prepare("SELECT n + m.add(5, 1) FROM t");
        TestDatabase.Statement viewed = database.prepare("SELECT * FROM t")) {
      assertThat(rows.value()).isEqualTo(6L);
      assertThat(folded.value()).isEqualTo(11L);
      Object plan = rows.plan();
      create(Arithmetic.subtracting());
      assertThat(rows.value()).isEqualTo(4L);
      assertThat(rows.plan()).as("nothing has to be planned again").isSameAs(plan);
      assertThat(folded.value()).isEqualTo(9L);

      create(Arithmetic.adding(), "ISOLATION STATEMENT");
      assertThat(rows.value()).isEqualTo(6L);
      assertThat(rows.plan()).as("it is called otherwise now").isNotSameAs(plan);
      database.execute("DROP TABLE t");
      database.execute("CREATE TABLE t (n VARCHAR(3))");
      database.execute("INSERT INTO t VALUES ('x')");
      assertThat(viewed.value()).isEqualTo("x");
    }
  }

  @Test
  void incompatibleChangesAreOnRecord() throws IOException {
    create(Arithmetic.adding());
    create(Guests.bytes("components/geo"));
    assertThat(database.rows("SELECT changes FROM wasm.versions WHERE number = 2"))
        .singleElement()
        .asString()
        .contains("m.add(BIGINT, BIGINT) -> BIGINT is gone");
  }

  @Test
  void contentsChangedInTheStoreAreRefused() throws IOException {
    create(Arithmetic.adding());
    create(Arithmetic.subtracting());
    database
        .namespace()
        .store()
        .define("UPDATE CALCITE_WASM.CONTENTS SET BYTES = X'0061736D0D000100'");

    database.refuses("ALTER MODULE m ROLLBACK", "WM003", "was changed in the catalogue");
    assertThat(add()).as("nothing is switched").isEqualTo(4L);
    reopen();
    assertThat(database.rows("SELECT state FROM wasm.modules")).containsExactly(List.of("broken"));
    database.refuses("DESCRIBE MODULE m", "WM003", "module m is broken: the content sha256:");
    create(Arithmetic.adding(7));
    assertThat(add()).isEqualTo(6L);
  }

  @Test
  void onlyTheLastVersionsAreKept() throws IOException {
    for (int i = 1; i <= 24; i++) {
      create(Arithmetic.adding(i));
    }
    List<List<Object>> numbers = database.rows("SELECT number FROM wasm.versions ORDER BY 1");
    assertThat(numbers).hasSize(21).startsWith(List.of(4)).endsWith(List.of(24));

    database.execute("ALTER MODULE m ROLLBACK TO VERSION 4");
    create(Arithmetic.adding(25));
    create(Arithmetic.adding(26));
    assertThat(database.rows(ACTIVE)).containsExactly(List.of(26, 25));
    database.execute("DROP MODULE m");
    assertThat(database.rows("SELECT * FROM wasm.versions WHERE state <> 'draining'")).isEmpty();
    create(Arithmetic.adding());
    assertThat(database.rows(ACTIVE)).containsExactly(Arrays.asList(1, null));
  }

  @Test
  void aCatalogueOfTheFirstFormatIsBroughtUpToDate() throws IOException {
    create(Arithmetic.adding());
    database.execute("CREATE VIEW v AS SELECT m.add(1, 2) AS n FROM (VALUES (1))");
    for (String ddl :
        List.of(
            "DROP TABLE CALCITE_WASM.VERSIONS",
            "DROP TABLE CALCITE_WASM.CANARIES",
            "DROP TABLE CALCITE_WASM.BUCKETS",
            "DROP TABLE CALCITE_WASM.GENERATION",
            "ALTER TABLE CALCITE_WASM.MODULES DROP COLUMN VERSION",
            "UPDATE CALCITE_WASM.FORMAT SET VERSION = 1")) {
      database.namespace().store().define(ddl);
    }
    reopen();
    assertThat(database.rows("SELECT n FROM v")).containsExactly(List.of(3L));
    create(Arithmetic.subtracting());
    database.execute("ALTER MODULE m ROLLBACK");
    assertThat(add()).isEqualTo(6L);
  }
}
