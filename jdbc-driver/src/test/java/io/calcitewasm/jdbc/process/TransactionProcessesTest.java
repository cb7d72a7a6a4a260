package io.calcitewasm.jdbc.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Transactions of several processes on one file, and of processes that are killed. */
@Timeout(300)
class TransactionProcessesTest {
  @TempDir Path folder;
  private String url;
  private String module;

  @BeforeEach
  void prepare() throws Exception {
    url = "jdbc:calcite-wasm:file=" + folder.resolve("db");
    module = Versions.replace(Versions.in(folder).adding());
  }

  private static List<String> rows(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> all = new ArrayList<>();
      while (rows.next()) {
        all.add(String.valueOf(rows.getObject(1)));
      }
      return all;
    }
  }

  private static void run(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static void answers(OtherProcess process, String... statements) {
    for (String sql : statements) {
      assertThat(process.execute(sql)).as(sql).isEqualTo("[]");
    }
  }

  @Test
  void nothingOfAKilledTransactionIsLeft() throws Exception {
    OtherProcess process = new OtherProcess(url);
    try {
      answers(
          process,
          "CREATE TABLE t (a BIGINT)",
          "INSERT INTO t VALUES (1)",
          "BEGIN",
          module,
          "GRANT EXECUTE ON MODULE m TO PUBLIC",
          "CREATE TABLE u AS SELECT m.add(a, 1) AS b FROM t",
          "INSERT INTO t SELECT b FROM u",
          "CREATE VIEW v AS SELECT b FROM u");
      assertThat(process.execute("SELECT b FROM v")).contains("2");
    } finally {
      process.kill();
    }
    try (Connection connection = DriverManager.getConnection(url)) {
      assertThat(rows(connection, "SELECT a FROM t")).containsExactly("1");
      for (String table : List.of("modules", "versions", "grants", "audit")) {
        assertThat(rows(connection, "SELECT * FROM wasm." + table)).as(table).isEmpty();
      }
      assertThatThrownBy(() -> rows(connection, "SELECT * FROM v")).hasMessageContaining("'v'");
      run(connection, "CREATE TABLE u (c INTEGER)", "INSERT INTO u VALUES (7)");
      assertThat(rows(connection, "SELECT c FROM u")).containsExactly("7");
    }
    try (Connection store =
            DriverManager.getConnection("jdbc:h2:file:" + folder.resolve("db"), "sa", "");
        Statement statement = store.createStatement()) {
      assertThat(count(statement, "CALCITE_WASM.CONTENTS")).isZero();
      assertThat(count(statement, "CALCITE_WASM.TABLES")).as("tables that nobody sees").isZero();
      assertThat(count(statement, "INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA = 'PUBLIC'"))
          .as("t and u")
          .isEqualTo(2);
    }
  }

  private static int count(Statement statement, String of) throws SQLException {
    try (ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM " + of)) {
      row.next();
      return row.getInt(1);
    }
  }

  @Test
  void aCommittedTransactionSurvivesTheKill() throws Exception {
    OtherProcess process = new OtherProcess(url);
    try {
      answers(
          process,
          "BEGIN",
          module,
          "CREATE TABLE t (a BIGINT)",
          "INSERT INTO t VALUES (m.add(1, 1))",
          "DROP TABLE t",
          "CREATE TABLE t (a BIGINT)",
          "INSERT INTO t VALUES (m.add(2, 1))",
          "COMMIT");
    } finally {
      process.kill();
    }
    try (Connection connection = DriverManager.getConnection(url)) {
      assertThat(rows(connection, "SELECT a FROM t")).containsExactly("3");
      assertThat(rows(connection, "VALUES (m.add(2, 2))")).containsExactly("4");
      assertThat(rows(connection, "SELECT kind FROM wasm.audit")).containsExactly("LOAD");
    }
  }

  @Test
  void anotherProcessSeesAChangeOnceItIsCommitted() throws Exception {
    String shared = url + ";shared=true";
    try (Connection here = DriverManager.getConnection(shared);
        OtherProcess process = new OtherProcess(shared)) {
      answers(process, "BEGIN", module, "CREATE TABLE t (a BIGINT)", "INSERT INTO t VALUES (5)");
      Thread.sleep(1_000);
      assertThat(rows(here, "SELECT name FROM wasm.modules")).isEmpty();
      assertThatThrownBy(() -> rows(here, "SELECT a FROM t")).hasMessageContaining("'t'");
      assertThatThrownBy(() -> run(here, "CREATE VIEW v AS SELECT 1 AS a FROM (VALUES (0))"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("40001"));
      answers(process, "COMMIT");
      Thread.sleep(1_000);
      assertThat(rows(here, "VALUES (m.add(1, 1))")).containsExactly("2");
      assertThat(rows(here, "SELECT a FROM t")).containsExactly("5");
      run(here, "CREATE VIEW v AS SELECT a FROM t");
    }
  }

  @Test
  void aKilledProcessDoesNotKeepTheCatalogue() throws Exception {
    String shared = url + ";shared=true";
    try (Connection here = DriverManager.getConnection(shared)) {
      OtherProcess process = new OtherProcess(shared);
      try {
        answers(process, "BEGIN", module, "CREATE TABLE t (a BIGINT)");
      } finally {
        process.kill();
      }
      Thread.sleep(500);
      run(here, "CREATE TABLE t (b VARCHAR)");
      assertThat(rows(here, "SELECT b FROM t")).isEmpty();
      assertThat(rows(here, "SELECT name FROM wasm.modules")).isEmpty();
    }
  }
}
