package io.calcitewasm.adapter.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.calcitewasm.adapter.catalogue.DatabaseLocation;
import io.calcitewasm.udf.SqlError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestartTest {
  @TempDir Path folder;

  private TestDatabase open() {
    return new TestDatabase(DatabaseLocation.file(folder.resolve("my.db").toString()));
  }

  @Test
  void tablesViewsAndForeignSchemasAreThereAgain() throws SQLException {
    try (Connection other = DriverManager.getConnection("jdbc:h2:mem:other", "sa", "secret");
        TestDatabase database = open()) {
      other.createStatement().execute("CREATE TABLE n AS SELECT 5 AS k");
      database.execute(
          "CREATE FOREIGN SCHEMA Other TYPE 'jdbc' OPTIONS (url 'jdbc:h2:mem:other', user 'sa', password 'secret')");
      database.execute("CREATE TABLE T AS SELECT k, 'it''s ü' AS s FROM other.n");
      database.execute("CREATE VIEW v (a) AS SELECT t.s || 'x' FROM t JOIN other.n ON n.k = t.k");
      database.close();

      try (TestDatabase again = open()) {
        assertThat(again.rows("SELECT * FROM t")).containsExactly(List.of(5, "it's ü"));
        assertThat(again.rows("SELECT A FROM v")).containsExactly(List.of("it's üx"));
        again.execute("DROP VIEW v");
        again.execute("DROP FOREIGN SCHEMA other");
      }
      try (TestDatabase third = open()) {
        assertThat(third.rows("SELECT * FROM t")).hasSize(1);
        assertThat(third.namespace().views()).isEmpty();
        assertThat(third.namespace().foreignSchema("other")).isNull();
        third.execute("DROP TABLE t");
      }
    }
  }

  @Test
  void aForeignDatabaseThatIsDownHindersOnlyItsStatements() throws SQLException {
    try (Connection other = DriverManager.getConnection("jdbc:h2:mem:down", "sa", "a");
        TestDatabase database = open()) {
      other.createStatement().execute("CREATE TABLE n AS SELECT 5 AS k");
      database.execute(
          "CREATE FOREIGN SCHEMA down TYPE 'jdbc' OPTIONS (url 'jdbc:h2:mem:down;IFEXISTS=TRUE', user 'sa', password 'a')");
      database.execute("CREATE TABLE t AS SELECT k FROM down.n");
    }
    try (TestDatabase again = open()) {
      assertThat(again.rows("SELECT * FROM t")).hasSize(1);
      assertThatThrownBy(() -> again.rows("SELECT * FROM down.n"))
          .isInstanceOfSatisfying(
              TestDatabase.Failed.class, e -> assertThat(e.sqlState()).isEqualTo("08001"))
          .hasMessageContaining("foreign schema down cannot connect");

      try (Connection up = DriverManager.getConnection("jdbc:h2:mem:down", "sa", "a")) {
        up.createStatement().execute("CREATE TABLE n AS SELECT 6 AS k");
        assertThat(again.rows("SELECT * FROM down.n")).containsExactly(List.of(6));
      }
    }
  }

  @Test
  void aFileThatIsNoDatabaseIsRefused() throws IOException {
    Files.writeString(folder.resolve("my.db.mv.db"), "This is not a database.".repeat(500));

    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            TestDatabase.Failed.class, e -> assertThat(e.sqlState()).isEqualTo("08001"))
        .hasMessageContaining("my.db cannot be opened");
  }

  @Test
  void pathsThatNameNoDatabaseAreRefused() {
    for (String path : List.of("", " ", "a;INIT=SELECT 1", "a\0b")) {
      assertThatThrownBy(() -> DatabaseLocation.file(path))
          .isInstanceOfSatisfying(SqlError.class, e -> assertThat(e.sqlState()).isEqualTo("08001"));
    }
  }

  @Test
  void aCatalogueOfALaterVersionIsRefused() {
    try (TestDatabase database = open()) {
      database.namespace().store().define("UPDATE CALCITE_WASM.FORMAT SET VERSION = 99");
    }
    assertThatThrownBy(this::open).hasMessageContaining("format 99, this version reads format 6");
  }

  @Test
  void theCatalogueIsNoUsersTable() {
    try (TestDatabase database = open()) {
      assertThatThrownBy(() -> database.rows("SELECT * FROM calcite_wasm.modules"))
          .hasStackTraceContaining("'calcite_wasm' not found");
    }
  }
}
