package io.calcitewasm.jdbc;

import static io.calcitewasm.jdbc.Sql.rows;
import static io.calcitewasm.jdbc.Sql.run;
import static io.calcitewasm.jdbc.Sql.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Modules, tables, views, rows, grants and audit belong to one transaction. */
class TransactionsTest {
  private static final String MODULE = TestDatabase.install("fixtures/arithmetic AS m");

  private Connection one;
  private Connection two;

  @BeforeEach
  void connect(TestInfo test) throws SQLException {
    String url = "jdbc:calcite-wasm:mem=transactions-" + test.getDisplayName();
    one = DriverManager.getConnection(url);
    two = DriverManager.getConnection(url);
  }

  @AfterEach
  void close() throws SQLException {
    one.close();
    two.close();
  }

  private static void fails(Connection connection, String sql, String state) {
    assertThat(state(connection, sql)).as(sql).isEqualTo(state);
  }

  private static List<Object> first(List<List<@Nullable Object>> rows) {
    return rows.stream().<Object>map(row -> String.valueOf(row.getFirst())).toList();
  }

  @Test
  void aModuleThatIsRolledBackLeavesNothing() throws SQLException {
    run(one, "BEGIN", MODULE, "GRANT EXECUTE ON MODULE m TO PUBLIC");
    assertThat(rows(one, "VALUES (m.add(2, 3))")).containsExactly(List.of(5L));
    assertThat(first(rows(one, "SELECT kind FROM wasm.audit"))).containsExactly("LOAD", "GRANT");
    run(one, "ROLLBACK");

    for (Connection connection : List.of(one, two)) {
      for (String table : List.of("modules", "versions", "grants", "audit", "functions")) {
        assertThat(rows(connection, "SELECT * FROM wasm." + table)).as(table).isEmpty();
      }
      fails(connection, "VALUES (m.add(2, 3))", "42883");
    }
    run(two, MODULE);
    assertThat(rows(two, "SELECT version_number FROM wasm.modules")).containsExactly(List.of(1));
  }

  @Test
  void contentsOfARolledBackModuleAreNotKept() throws SQLException {
    run(one, "START TRANSACTION", MODULE, "ROLLBACK WORK", MODULE, "DROP MODULE m");
    assertThat(rows(two, "SELECT * FROM wasm.versions WHERE state <> 'draining'")).isEmpty();
  }

  @Test
  void othersSeeAModuleOnceItIsCommitted() throws SQLException {
    one.setAutoCommit(false);
    run(one, MODULE, "CREATE VIEW v AS SELECT m.add(1, 1) AS n FROM (VALUES (0))");
    assertThat(rows(one, "SELECT n FROM v")).containsExactly(List.of(2L));
    fails(two, "VALUES (m.add(1, 1))", "42883");
    fails(two, "SELECT n FROM v", "42P01");
    assertThat(rows(two, "SELECT * FROM wasm.audit")).isEmpty();

    one.commit();
    assertThat(rows(two, "SELECT n FROM v")).containsExactly(List.of(2L));
    assertThat(first(rows(two, "SELECT kind FROM wasm.audit"))).containsExactly("LOAD");
    assertThat(one.getAutoCommit()).isFalse();
  }

  @Test
  void noInstanceOfARolledBackModuleIsLeft() throws SQLException {
    run(one, "BEGIN", MODULE);
    try (Statement statement = one.createStatement();
        ResultSet rows = statement.executeQuery("VALUES (m.add(1, 1)), (m.add(2, 2))")) {
      rows.next();
      run(one, "ROLLBACK");
      assertThat(rows.next()).as("an open result goes on").isTrue();
      assertThat(rows.getLong(1)).isEqualTo(4);
    }
    assertThat(rows(two, "SELECT * FROM wasm.modules")).isEmpty();
    assertThat(rows(two, "SELECT * FROM wasm.versions")).as("draining ones too").isEmpty();
  }

  @Test
  void rowsTablesViewsAndModulesAreOneTransaction() throws SQLException {
    run(one, "CREATE TABLE earlier (a INTEGER PRIMARY KEY)", "INSERT INTO earlier VALUES (1)");
    one.setAutoCommit(false);
    run(
        one,
        MODULE,
        "CREATE TABLE t (a BIGINT)",
        "INSERT INTO t VALUES (m.add(1, 2))",
        "CREATE TABLE u AS SELECT m.add(a, 1) AS b FROM t",
        "UPDATE earlier SET a = 7",
        "INSERT INTO earlier VALUES (8)",
        "DELETE FROM earlier WHERE a = 8");
    assertThat(rows(one, "SELECT b FROM u")).containsExactly(List.of(4L));
    assertThat(rows(one, "SELECT a FROM earlier")).containsExactly(List.of(7));
    fails(two, "SELECT * FROM t", "42P01");
    fails(two, "SELECT * FROM u", "42P01");
    assertThat(rows(two, "SELECT a FROM earlier")).containsExactly(List.of(1));
    one.rollback();
    fails(one, "SELECT * FROM t", "42P01");
    assertThat(rows(one, "SELECT a FROM earlier")).containsExactly(List.of(1));
    assertThat(rows(two, "SELECT a FROM earlier")).containsExactly(List.of(1));
  }

  @Test
  void aTableIsDroppedAndMadeAgainInOneTransaction() throws SQLException {
    run(one, "CREATE TABLE t (a INTEGER PRIMARY KEY)", "INSERT INTO t VALUES (1)");
    run(one, "BEGIN", "DROP TABLE t", "CREATE TABLE t (b VARCHAR)", "INSERT INTO t VALUES ('x')");
    assertThat(rows(one, "SELECT b FROM t")).containsExactly(List.of("x"));
    assertThat(rows(two, "SELECT a FROM t")).containsExactly(List.of(1));
    run(one, "COMMIT");
    assertThat(rows(two, "SELECT b FROM t")).containsExactly(List.of("x"));
    run(two, "INSERT INTO t VALUES ('y')", "UPDATE t SET b = 'z' WHERE b = 'x'");
    assertThat(rows(one, "SELECT b FROM t ORDER BY b")).containsExactly(List.of("y"), List.of("z"));
    run(one, "BEGIN", "DROP TABLE t", "ROLLBACK");
    assertThat(rows(one, "SELECT COUNT(*) FROM t")).containsExactly(List.of(2L));
    run(one, "DROP TABLE t", "CREATE TABLE t (c INTEGER)");
    assertThat(rows(two, "SELECT c FROM t")).isEmpty();
  }

  @Test
  void whatFailsInATransactionIsUndoneAlone() throws SQLException {
    run(one, "CREATE TABLE t (a INTEGER PRIMARY KEY)", "BEGIN", "INSERT INTO t VALUES (1)");
    fails(one, "INSERT INTO t VALUES (2), (3), (1)", "23505");
    fails(one, "CREATE MODULE public FROM '" + TestDatabase.file("fixtures/liar") + "'", "42P06");
    fails(one, "CREATE TABLE u AS SELECT 1 / (a - 1) AS b FROM t", "22012");
    fails(one, "CREATE TABLE t (b INTEGER)", "42P07");
    run(one, MODULE, "INSERT INTO t VALUES (4)", "COMMIT");
    assertThat(rows(two, "SELECT a FROM t ORDER BY a")).containsExactly(List.of(1), List.of(4));
    assertThat(rows(two, "VALUES (m.add(1, 1))")).containsExactly(List.of(2L));
    run(two, "CREATE TABLE u (a INTEGER)");
  }

  @Test
  void aDenialStaysOnRecordWhateverBecomesOfTheTransaction() throws SQLException {
    run(one, "BEGIN", MODULE);
    fails(one, "CREATE MODULE k FROM '" + TestDatabase.file("fixtures/kv-required") + "'", "42501");
    run(one, "ROLLBACK");
    assertThat(rows(two, "SELECT kind, sql_state FROM wasm.audit"))
        .containsExactly(List.of("DENIAL", "42501"));
  }

  @Test
  void savepointsUndoAPart() throws SQLException {
    run(one, "CREATE TABLE t (a INTEGER)");
    one.setAutoCommit(false);
    Savepoint empty = one.setSavepoint();
    run(one, "INSERT INTO t VALUES (1)");
    Savepoint named = one.setSavepoint("first");
    assertThat(named.getSavepointName()).isEqualTo("first");
    run(one, MODULE, "INSERT INTO t VALUES (2)", "CREATE TABLE u (a INTEGER)");
    one.rollback(named);
    fails(one, "VALUES (m.add(1, 1))", "42883");
    fails(one, "SELECT * FROM u", "42P01");
    assertThat(rows(one, "SELECT a FROM t")).containsExactly(List.of(1));
    run(two, "CREATE VIEW w AS SELECT 1 AS a FROM (VALUES (0))");
    run(one, "SAVEPOINT x", MODULE, "ROLLBACK TO SAVEPOINT x", "CREATE TABLE u (b INTEGER)");
    fails(one, "ROLLBACK TO y", "3B001");
    one.commit();
    assertThat(rows(two, "SELECT b FROM u")).isEmpty();
    assertThat(rows(two, "SELECT a FROM t")).containsExactly(List.of(1));
    assertThat(rows(two, "SELECT * FROM wasm.modules")).isEmpty();
    SQLException gone = catchThrowableOfType(SQLException.class, () -> one.rollback(empty));
    assertThat(gone.getSQLState()).isEqualTo("3B001");
  }

  @Test
  void twoTransactionsDoNotChangeTheCatalogueAtTheSameTime() throws SQLException {
    run(one, "CREATE TABLE t (a INTEGER)", "BEGIN", MODULE);
    run(two, "INSERT INTO t VALUES (1)");
    fails(two, "CREATE VIEW w AS SELECT a FROM t", "40001");
    fails(two, "SELECT * FROM w", "42P01");
    run(one, "COMMIT");
    run(two, "CREATE VIEW w AS SELECT a FROM t");
    assertThat(rows(one, "SELECT a FROM w")).containsExactly(List.of(1));
  }

  @Test
  void twoTransactionsThatChangeARowWaitForEachOther() throws SQLException {
    run(one, "CREATE TABLE t (a INTEGER PRIMARY KEY, b INTEGER)", "INSERT INTO t VALUES (1, 1)");
    run(one, "BEGIN", "UPDATE t SET b = 2");
    run(two, "BEGIN");
    fails(two, "UPDATE t SET b = 3", "HYT00");
    run(one, "COMMIT");
    run(two, "UPDATE t SET b = b + 10", "COMMIT");
    assertThat(rows(one, "SELECT b FROM t")).containsExactly(List.of(12));
  }

  @Test
  void ofTwoThatWaitForEachOtherOneIsRolledBack() throws Exception {
    run(one, "CREATE TABLE t (a INTEGER PRIMARY KEY, b INTEGER)");
    run(one, "INSERT INTO t VALUES (1, 0), (2, 0)");
    run(one, "BEGIN", "UPDATE t SET b = 1 WHERE a = 1");
    run(two, "BEGIN", "UPDATE t SET b = 2 WHERE a = 2");
    CompletableFuture<String> first =
        CompletableFuture.supplyAsync(() -> state(one, "UPDATE t SET b = 1 WHERE a = 2"));
    String second = state(two, "UPDATE t SET b = 2 WHERE a = 1");
    assertThat(List.of(first.get(), second)).containsExactlyInAnyOrder("", "40001");
    Connection lost = second.isEmpty() ? one : two;
    fails(lost, "INSERT INTO t VALUES (3, 0)", "40001");
    fails(lost, "CREATE VIEW v AS SELECT a FROM t", "40001");
    fails(lost, "COMMIT", "40001");
    run(lost == one ? two : one, "COMMIT");
    int winner = lost == one ? 2 : 1;
    assertThat(rows(lost, "SELECT b FROM t ORDER BY a"))
        .containsExactly(List.of(winner), List.of(winner));
  }

  @Test
  void whatIsOpenWhenTheConnectionClosesIsRolledBack() throws SQLException {
    run(one, "CREATE TABLE t (a INTEGER)");
    one.setAutoCommit(false);
    run(one, MODULE, "INSERT INTO t VALUES (1)", "CREATE TABLE u (a INTEGER)");
    one.close();
    assertThat(rows(two, "SELECT * FROM t")).isEmpty();
    assertThat(rows(two, "SELECT * FROM wasm.modules")).isEmpty();
    run(two, MODULE, "CREATE TABLE u (b INTEGER)");
    assertThat(rows(two, "SELECT b FROM u")).isEmpty();
  }

  @Test
  void autocommitIsTurnedOnByACommit() throws SQLException {
    one.setAutoCommit(false);
    run(one, MODULE);
    one.setAutoCommit(true);
    assertThat(rows(two, "VALUES (m.add(1, 1))")).containsExactly(List.of(2L));
    SQLException none = catchThrowableOfType(SQLException.class, one::commit);
    assertThat(none.getSQLState()).isEqualTo("25P01");
    fails(one, "ROLLBACK", "25P01");
    run(one, "BEGIN");
    fails(one, "BEGIN", "25001");
  }

  @Test
  void aPreparedStatementFollowsItsTransaction() throws SQLException {
    run(one, MODULE);
    try (PreparedStatement prepared =
        one.prepareStatement("VALUES (m.add(1, CAST(? AS BIGINT)))")) {
      prepared.setLong(1, 1);
      run(one, "BEGIN", "DROP MODULE m");
      SQLException gone = catchThrowableOfType(SQLException.class, prepared::executeQuery);
      assertThat(gone.getSQLState()).isEqualTo("42883");
      run(one, "ROLLBACK");
      try (ResultSet rows = prepared.executeQuery()) {
        assertThat(Sql.rows(rows)).containsExactly(List.of(2L));
      }
    }
    assertThat(rows(two, "VALUES (m.add(1, 1))")).containsExactly(List.of(2L));
  }

  @Test
  void whatCannotBeRolledBackIsRefused() throws SQLException {
    run(one, "BEGIN");
    fails(one, "RELOAD POLICY", "25001");
    run(one, "ROLLBACK", "RELOAD POLICY");
  }

  @Test
  void thePolicyIsReadAgainWhileATransactionIsOpen() throws SQLException {
    run(one, "BEGIN", MODULE);
    run(two, "RELOAD POLICY");
    run(one, "COMMIT");
    assertThat(rows(two, "VALUES (m.add(1, 1))")).containsExactly(List.of(2L));
    assertThat(rows(two, "SELECT state FROM wasm.modules")).containsExactly(List.of("ready"));
  }

  @Test
  void rowsOfAnotherDatabaseAreNotChangedInATransaction() throws SQLException {
    run(
        one,
        "CREATE FOREIGN SCHEMA other TYPE 'jdbc' OPTIONS (url 'jdbc:h2:mem:transactions;"
            + "DB_CLOSE_DELAY=-1;INIT=CREATE TABLE IF NOT EXISTS T (A INTEGER)', user 'sa',"
            + " password '')",
        "INSERT INTO other.t VALUES (1)",
        "BEGIN");
    fails(one, "INSERT INTO other.t VALUES (2)", "0A000");
    assertThat(rows(one, "SELECT COUNT(*) FROM other.t")).hasSize(1);
    run(one, "DROP FOREIGN SCHEMA other");
    fails(one, "SELECT * FROM other.t", "42P01");
    run(one, "ROLLBACK");
    assertThat(rows(one, "SELECT COUNT(*) FROM other.t")).hasSize(1);
  }

  @Test
  void aCanaryBeginsWhenItIsCommitted() throws SQLException {
    run(one, MODULE, "BEGIN");
    String canary =
        "ALTER MODULE m CANARY WITH '"
            + TestDatabase.file("fixtures/arithmetic")
            + "' FRACTION 1.0";
    run(one, canary);
    assertThat(rows(one, "SELECT * FROM wasm.canary")).isEmpty();
    run(one, "ROLLBACK");
    assertThat(rows(two, "SELECT * FROM wasm.canary")).isEmpty();
    run(one, "BEGIN", canary, "COMMIT");
    assertThat(rows(two, "SELECT module FROM wasm.canary")).containsExactly(List.of("m"));
    run(one, "BEGIN", "ALTER MODULE m DISCARD");
    assertThat(rows(two, "SELECT module FROM wasm.canary")).hasSize(1);
    run(one, "COMMIT");
    assertThat(rows(two, "SELECT module FROM wasm.canary")).isEmpty();
  }

  @Test
  void bucketsBelongToTheTransaction() throws SQLException {
    run(one, "BEGIN", "CREATE BUCKET b LOCATION '../guest-sdk/fixtures'");
    fails(one, "CREATE MODULE n FROM '../guest-sdk/components/text/text.component.wasm'", "42501");
    run(two, "BEGIN", "ROLLBACK");
    assertThat(first(rows(two, "SELECT name FROM wasm.buckets"))).containsExactly("*");
    run(one, "ROLLBACK");
    assertThat(first(rows(one, "SELECT name FROM wasm.buckets"))).containsExactly("*");
  }
}
