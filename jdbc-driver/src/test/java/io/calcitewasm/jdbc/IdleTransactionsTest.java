package io.calcitewasm.jdbc;

import static io.calcitewasm.jdbc.Sql.rows;
import static io.calcitewasm.jdbc.Sql.run;
import static io.calcitewasm.jdbc.Sql.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

/** A transaction that is left alone does not hold others off for ever. */
@Timeout(120)
class IdleTransactionsTest {
  private static final String VIEW = "CREATE VIEW v AS SELECT 1 AS a FROM (VALUES (0))";
  private static final String PROPERTY = "calcitewasm.idleTransactionTimeout";

  private String url;
  private Connection idle;
  private Connection other;

  @BeforeEach
  void connect(TestInfo test) throws SQLException {
    url = "jdbc:calcite-wasm:mem=idle-" + test.getDisplayName();
    idle = DriverManager.getConnection(url + ";idleTransactionTimeout=300ms");
    other = DriverManager.getConnection(url);
    run(other, "CREATE TABLE t (a INTEGER)");
  }

  @AfterEach
  void close() throws SQLException {
    idle.close();
    other.close();
  }

  /** How many transactions the watch has rolled back, by the audit. */
  private void expired(int expected) throws Exception {
    String count = "SELECT COUNT(*) FROM wasm.audit WHERE sql_state = '25P03'";
    for (int i = 0;
        i < 1_000 && !rows(other, count).equals(List.of(List.of((long) expected)));
        i++) {
      Thread.sleep(20);
    }
    assertThat(rows(other, count)).containsExactly(List.of((long) expected));
  }

  @Test
  void whoIsHeldOffGoesOnWhenTheOtherHasBeenIdle() throws Exception {
    run(idle, "BEGIN", VIEW, "INSERT INTO t VALUES (1)");
    // Waits for the other transaction, and then for nobody.
    run(other, "CREATE VIEW w AS SELECT 2 AS a FROM (VALUES (0))");
    expired(1);
    assertThat(rows(other, "SELECT * FROM t")).isEmpty();
    assertThat(state(other, "SELECT * FROM v")).isEqualTo("42P01");
    assertThat(rows(other, "SELECT kind, detail FROM wasm.audit WHERE sql_state = '25P03'"))
        .containsExactly(
            List.of("LIMIT", "a transaction in which nothing was done for 300 ms was rolled back"));
  }

  @Test
  void theNextUseSaysSoUntilTheTransactionIsEnded() throws Exception {
    run(idle, "BEGIN", "INSERT INTO t VALUES (1)");
    expired(1);
    assertThatThrownBy(() -> run(idle, "INSERT INTO t VALUES (2)"))
        .hasMessageContaining("nothing was done in it for 300 ms; end it with ROLLBACK");
    for (String sql : List.of("INSERT INTO t VALUES (2)", "SELECT * FROM t", VIEW, "SAVEPOINT s")) {
      assertThat(state(idle, sql)).as(sql).isEqualTo("25P03");
    }
    run(idle, "ROLLBACK", "INSERT INTO t VALUES (3)");
    assertThat(rows(other, "SELECT a FROM t")).containsExactly(List.of(3));
  }

  @Test
  void aCommitOfItFailsAndEndsIt() throws Exception {
    idle.setAutoCommit(false);
    run(idle, "INSERT INTO t VALUES (1)");
    Savepoint point = idle.setSavepoint();
    expired(1);
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> idle.rollback(point))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("25P03"));
    }
    assertThatThrownBy(idle::commit)
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("25P03"));
    run(idle, "INSERT INTO t VALUES (2)");
    idle.commit();
    assertThat(rows(other, "SELECT a FROM t")).containsExactly(List.of(2));
  }

  @Test
  void whoDoesSomethingIsNotIdle() throws Exception {
    run(idle, "BEGIN", "INSERT INTO t VALUES (0)");
    long end = System.nanoTime() + 1_500_000_000;
    int rows = 1;
    while (System.nanoTime() < end) {
      run(idle, "INSERT INTO t VALUES (0)");
      rows++;
      Thread.sleep(30);
    }
    run(idle, "COMMIT");
    assertThat(rows(other, "SELECT COUNT(*) FROM t")).containsExactly(List.of((long) rows));
    expired(0);
  }

  @Test
  void aStatementThatTakesLongIsNotIdle() throws Exception {
    run(other, TestDatabase.install("fixtures/evil"));
    run(other, "ALTER MODULE evil SET (call_time = '1500ms')");
    run(idle, "BEGIN", "INSERT INTO t VALUES (1)");
    assertThat(state(idle, "INSERT INTO t SELECT evil.spin() FROM t")).isEqualTo("57014");
    run(idle, "COMMIT");
    assertThat(rows(other, "SELECT a FROM t")).containsExactly(List.of(1));
  }

  @Test
  void whatIsOpenAndHoldsNothingMayWait() throws Exception {
    idle.setAutoCommit(false);
    assertThat(rows(idle, "SELECT * FROM t")).isEmpty();
    Thread.sleep(1_000);
    run(idle, "INSERT INTO t VALUES (1)");
    idle.commit();
    assertThat(rows(other, "SELECT a FROM t")).containsExactly(List.of(1));
    expired(0);
  }

  /** A result from which nobody reads keeps no transaction alive, and outlives it. */
  @Test
  void anOpenResultGoesOn() throws Exception {
    run(other, "INSERT INTO t VALUES (1), (2), (3)");
    run(idle, "BEGIN", VIEW, "INSERT INTO t VALUES (4)");
    try (Statement statement = idle.createStatement();
        ResultSet rows = statement.executeQuery("SELECT a FROM t ORDER BY a")) {
      assertThat(rows.next()).isTrue();
      expired(1);
      run(other, VIEW);
      for (int a = 2; a <= 4; a++) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getInt(1)).isEqualTo(a);
      }
    }
    assertThat(state(idle, "SELECT a FROM t")).isEqualTo("25P03");
  }

  @Test
  void theProcessSaysTheMost() throws SQLException {
    System.setProperty(PROPERTY, "2s");
    try {
      for (String longer : List.of("3s", "0", "1h")) {
        refused(url + ";idleTransactionTimeout=" + longer, "idle for 2 s at most");
      }
      DriverManager.getConnection(url + ";idleTransactionTimeout=2s").close();
      DriverManager.getConnection(url).close();
    } finally {
      System.clearProperty(PROPERTY);
    }
    DriverManager.getConnection(url + ";idleTransactionTimeout=0").close();
  }

  @Test
  void whatIsNoTimeIsRefused() {
    for (String text : List.of("soon", "30", "-1s", "25h", "0s")) {
      refused(url + ";idleTransactionTimeout=" + text, "idleTransactionTimeout");
    }
  }

  private static void refused(String url, String message) {
    assertThatThrownBy(() -> DriverManager.getConnection(url).close())
        .as(url)
        .hasMessageContaining(message)
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08001"));
  }
}
