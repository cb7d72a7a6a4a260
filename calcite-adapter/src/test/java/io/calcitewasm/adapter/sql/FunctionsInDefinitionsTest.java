package io.calcitewasm.adapter.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.calcitewasm.guest.Guests;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Functions of modules in tables, views and changes of rows. */
class FunctionsInDefinitionsTest {
  @TempDir static Path folder;

  private final TestDatabase database = TestDatabase.inMemory();

  @BeforeEach
  void fill() throws IOException {
    database.execute("CREATE MODULE text FROM '" + Guests.copy("components/text", folder) + "'");
    database.execute("CREATE TABLE t (id INTEGER, title VARCHAR(40), slug VARCHAR(20))");
    database.execute(
        "INSERT INTO t (id, title) VALUES (1, 'Hello, World!'), (2, NULL), (3, 'Größe')");
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void resultsAreStored() {
    assertThat(database.change("INSERT INTO t SELECT id + 10, title, text.slugify(title) FROM t"))
        .isEqualTo(3);
    assertThat(database.rows("SELECT slug FROM t WHERE id = 11"))
        .containsExactly(List.of("hello-world"));
    assertThat(database.change("INSERT INTO t VALUES (20, 'x', text.slugify('A b'))")).isEqualTo(1);
    assertThat(database.rows("SELECT slug FROM t WHERE id = 20")).containsExactly(List.of("a-b"));

    assertThat(
            database.execute(
                "CREATE TABLE s AS SELECT id, text.slugify(title) AS slug FROM t WHERE id < 10"))
        .isEqualTo(new Answer.Count(3));
    assertThat(database.rows("SELECT count(*), count(slug) FROM s"))
        .containsExactly(List.of(3L, 2L));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text.slugify('a much longer title than the column takes, by far and without any doubt')",
        "UPPER('a much longer title than the column takes, by far and without any doubt')",
        "'a much longer title than the column takes, ' || 'by far and without any doubt at all'"
      })
  void valuesThatDoNotFitAreNotCut(String expression) {
    assertThatThrownBy(
            () -> database.execute("INSERT INTO t (id, slug) VALUES (7, " + expression + ")"))
        .isInstanceOfSatisfying(
            TestDatabase.Failed.class, e -> assertThat(e.sqlState()).isEqualTo("22001"));
    assertThat(database.rows("SELECT * FROM t")).hasSize(3);
  }

  @Test
  void rowsThatDoNotFitAreNoneOfThemStored() {
    assertThatThrownBy(
            () ->
                database.execute(
                    "INSERT INTO t (id, slug) SELECT id, text.slugify(title || title || title) FROM t"))
        .isInstanceOfSatisfying(
            TestDatabase.Failed.class, e -> assertThat(e.sqlState()).isEqualTo("22001"))
        .hasMessageContaining("Value too long for column")
        .hasMessageNotContaining("INSERT INTO");
    assertThat(database.rows("SELECT * FROM t")).hasSize(3);
  }

  @Test
  void updatesWithFunctionsNeedAPrimaryKey() {
    for (String sql :
        List.of(
            "UPDATE t SET slug = text.slugify(title)",
            "UPDATE t SET slug = 'x' WHERE text.slugify(title) = 'y'",
            "DELETE FROM t WHERE id = 1 AND text.slugify(title) = 'y'")) {
      assertThatThrownBy(() -> database.execute(sql))
          .isInstanceOfSatisfying(
              TestDatabase.Failed.class, e -> assertThat(e.sqlState()).isEqualTo("0A000"))
          .hasMessageContaining("PUBLIC.t: function text.slugify does not run in the database");
    }
    assertThat(database.rows("SELECT * FROM t WHERE slug IS NOT NULL")).isEmpty();

    database.execute("CREATE TABLE k (id INTEGER PRIMARY KEY, title VARCHAR, slug VARCHAR(20))");
    database.execute("INSERT INTO k SELECT * FROM t");
    assertThat(
            database.change(
                "UPDATE k SET slug = text.slugify(title), id = id * 10 WHERE title IS NOT NULL"))
        .isEqualTo(2);
    assertThat(database.rows("SELECT id, slug FROM k WHERE slug IS NOT NULL ORDER BY id"))
        .containsExactly(List.of(10, "hello-world"), List.of(30, "grosse"));
    assertThat(database.change("DELETE FROM k WHERE text.slugify(title) LIKE 'hello%' OR id = 2"))
        .isEqualTo(2);
    assertThat(database.rows("SELECT id FROM k")).containsExactly(List.of(30));
  }

  @Test
  void viewsCallFunctionsOfTheModuleAsItIs() throws IOException {
    database.execute("CREATE VIEW v AS SELECT id, text.slugify(title) AS slug FROM t");
    database.execute("CREATE VIEW w AS SELECT slug FROM v WHERE id = 1");
    assertThat(database.rows("SELECT * FROM w")).containsExactly(List.of("hello-world"));

    String other =
        "CREATE OR REPLACE MODULE text FROM '" + Guests.copy("components/geo", folder) + "'";
    assertThatThrownBy(() -> database.execute(other))
        .isInstanceOfSatisfying(
            TestDatabase.Failed.class, e -> assertThat(e.sqlState()).isEqualTo("2BP01"))
        .hasMessageContaining("view w would fail: no function text.slugify")
        .hasMessageContaining("view v would fail: no function text.slugify")
        .hasMessageContaining("changes: text.normalize(VARCHAR) -> VARCHAR is gone")
        .hasMessageEndingWith(" more; with CASCADE those that fail are dropped");
    assertThat(database.rows("SELECT * FROM w")).containsExactly(List.of("hello-world"));

    database.execute(other + " CASCADE");
    assertThat(database.namespace().views()).isEmpty();
    database.execute(
        "CREATE OR REPLACE MODULE text FROM '" + Guests.copy("components/text", folder) + "'");
    database.execute("CREATE VIEW v AS SELECT text.slugify(title) AS slug FROM t WHERE id = 1");
    assertThat(database.rows("SELECT * FROM v")).containsExactly(List.of("hello-world"));
  }

  @Test
  void aModuleThatViewsNeedIsDroppedWithThemOrNotAtAll() {
    database.execute("CREATE VIEW v AS SELECT id, TEXT.slugify(title) AS slug FROM t");
    database.execute("CREATE VIEW w AS SELECT slug FROM v");
    database.execute("CREATE VIEW other AS SELECT id FROM t");

    assertThatThrownBy(() -> database.execute("DROP MODULE Text"))
        .isInstanceOfSatisfying(
            TestDatabase.Failed.class, e -> assertThat(e.sqlState()).isEqualTo("2BP01"))
        .hasMessage("module Text is needed by view v: drop it first or use CASCADE");
    assertThat(database.rows("SELECT * FROM w")).hasSize(3);

    database.execute("DROP MODULE Text CASCADE");
    assertThat(database.rows("SHOW MODULES")).isEmpty();
    assertThat(database.namespace().views()).extracting(v -> v.name()).containsExactly("other");
  }
}
