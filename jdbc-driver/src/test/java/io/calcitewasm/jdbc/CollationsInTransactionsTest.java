package io.calcitewasm.jdbc;

import static io.calcitewasm.jdbc.Sql.column;
import static io.calcitewasm.jdbc.Sql.run;
import static io.calcitewasm.jdbc.Sql.state;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What columns declare goes and comes with the module that brings their collations. */
class CollationsInTransactionsTest {
  private static final String MODULE = TestDatabase.install("components/collate AS texts");
  private static final String ORDERED = "SELECT name FROM files ORDER BY name";
  private static final List<String> NATURAL = List.of("file 9", "File 10");
  private static final List<String> PLAIN = List.of("File 10", "file 9");

  @TempDir Path folder;
  private String url;
  private Connection one;
  private Connection two;

  @BeforeEach
  void connect() throws SQLException {
    url = "jdbc:calcite-wasm:file=" + folder.resolve("db");
    one = DriverManager.getConnection(url);
    two = DriverManager.getConnection(url);
    run(
        one,
        MODULE,
        "CREATE TABLE files (name VARCHAR COLLATE natural, owner VARCHAR COLLATE texts.natural)",
        "INSERT INTO files VALUES ('File 10', 'b'), ('file 9', 'a')");
    assertThat(texts(two, ORDERED)).isEqualTo(NATURAL);
  }

  @AfterEach
  void close() throws SQLException {
    one.close();
    two.close();
  }

  private static List<String> texts(Connection connection, String sql) throws SQLException {
    return column(connection, sql).stream().map(String::valueOf).toList();
  }

  @Test
  void aRollbackBringsBackCollationAndDeclarations() throws SQLException {
    run(one, "BEGIN", "DROP MODULE texts CASCADE");
    assertThat(texts(one, ORDERED)).as("where it is dropped").isEqualTo(PLAIN);
    assertThat(state(one, ORDERED + " COLLATE natural")).isEqualTo("42704");
    assertThat(texts(two, ORDERED)).as("for others").isEqualTo(NATURAL);
    run(one, "ROLLBACK");
    for (Connection connection : List.of(one, two)) {
      assertThat(texts(connection, ORDERED)).isEqualTo(NATURAL);
      assertThat(state(connection, "DROP MODULE texts")).isEqualTo("2BP01");
    }
    assertThat(texts(two, "SELECT name FROM wasm.collations WHERE name = 'natural'")).hasSize(1);
  }

  @Test
  void aSavepointBringsThemBackToo() throws SQLException {
    run(one, "BEGIN", "SAVEPOINT s", "DROP MODULE texts CASCADE", "ROLLBACK TO s");
    assertThat(texts(one, ORDERED)).isEqualTo(NATURAL);
    run(one, "INSERT INTO files VALUES ('file 11', 'c')", "COMMIT");
    assertThat(texts(two, ORDERED)).containsExactly("file 9", "File 10", "file 11");
  }

  @Test
  void aCommitLeavesTheColumnsWithout() throws SQLException {
    run(one, "BEGIN", "DROP MODULE texts CASCADE");
    run(one, "CREATE TABLE copy AS SELECT name FROM files", "COMMIT");
    for (Connection connection : List.of(one, two)) {
      assertThat(texts(connection, ORDERED)).isEqualTo(PLAIN);
      assertThat(texts(connection, "SELECT name FROM copy ORDER BY name")).isEqualTo(PLAIN);
    }
    run(two, MODULE);
    for (Connection connection : List.of(one, two)) {
      assertThat(texts(connection, ORDERED)).as("another module").isEqualTo(PLAIN);
      assertThat(texts(connection, ORDERED + " COLLATE natural")).isEqualTo(NATURAL);
    }
    run(two, "DROP MODULE texts");
  }

  @Test
  void aTableOfTheSameTransactionIsLeftWithoutToo() throws SQLException {
    run(one, "BEGIN", "CREATE TABLE other (name VARCHAR COLLATE natural)");
    assertThat(state(one, "DROP MODULE texts")).isEqualTo("2BP01");
    run(one, "INSERT INTO other SELECT name FROM files", "DROP MODULE texts CASCADE", "COMMIT");
    assertThat(texts(two, "SELECT name FROM other ORDER BY name")).isEqualTo(PLAIN);
    run(two, MODULE);
    assertThat(texts(two, "SELECT name FROM other ORDER BY name")).isEqualTo(PLAIN);
  }

  /** As if the process had been killed between the commit and what follows it. */
  @Test
  void whatADropHasNotTakenFromAColumnIsTakenLater() throws SQLException {
    run(one, "DROP MODULE texts CASCADE");
    close();
    try (Connection store =
            DriverManager.getConnection("jdbc:h2:file:" + folder.resolve("db"), "sa", "");
        Statement statement = store.createStatement()) {
      statement.execute(
          "COMMENT ON COLUMN PUBLIC.\"files\".\"name\" IS 'calcite-wasm: COLLATE texts.natural'");
    }
    one = DriverManager.getConnection(url);
    two = DriverManager.getConnection(url);
    assertThat(texts(two, ORDERED)).isEqualTo(PLAIN);
    run(one, MODULE);
    assertThat(texts(two, ORDERED)).isEqualTo(PLAIN);
    run(one, "DROP MODULE texts");
  }
}
