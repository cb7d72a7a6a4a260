package io.calcitewasm.adapter.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ViewDefinitionsTest {
  private final TestDatabase database = TestDatabase.inMemory();

  @BeforeEach
  void fill() {
    database.execute("CREATE TABLE t (a, b) AS VALUES (1, 'x'), (2, 'y')");
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aViewReadsWhatItsQueryReads() {
    database.execute("CREATE VIEW V (n, Twice) AS SELECT a, a * 2 FROM T WHERE b <> 'y'");
    database.execute("CREATE VIEW w AS SELECT twice AS val, n FROM v UNION ALL VALUES (7, 8)");

    assertThat(database.rows("SELECT N, twice FROM v")).containsExactly(List.of(1, 2));
    assertThat(database.rows("SELECT w.* FROM public.W AS w ORDER BY n"))
        .containsExactly(List.of(2, 1), List.of(7, 8));
  }

  @Test
  void reservedWordsAfterADotWorkInViews() {
    database.execute("CREATE TABLE r (\"value\" INTEGER, \"date\" INTEGER)");
    database.execute("CREATE VIEW v AS SELECT r.value, r.date FROM r WHERE r.value = 1");

    assertThat(database.rows("SELECT v.value FROM v")).isEmpty();
  }

  @Test
  void replacingAViewChangesWhatOthersRead() {
    database.execute("CREATE VIEW v AS SELECT a FROM t WHERE a = 1");
    database.execute("CREATE VIEW w AS SELECT a FROM v");
    database.execute("CREATE OR REPLACE VIEW V AS SELECT a FROM t WHERE a = 2");

    assertThat(database.rows("SELECT * FROM w")).containsExactly(List.of(2));
  }

  @Test
  void whatCannotBeIsRefused() {
    database.execute("CREATE VIEW v AS SELECT a FROM t");
    database.execute("CREATE VIEW w AS WITH x AS (SELECT * FROM v) SELECT * FROM x");
    database.refuses("CREATE VIEW V AS SELECT 1 AS a", "42P07", "view V exists already");
    database.refuses("CREATE VIEW t AS SELECT 1 AS a", "42P07", "'t' is a table already");
    database.refuses(
        "CREATE OR REPLACE VIEW v AS SELECT a FROM w", "42P17", "view v would read itself");
    database.refuses(
        "CREATE OR REPLACE VIEW v AS SELECT a FROM public.V", "42P17", "would read itself");
    database.refuses(
        "CREATE VIEW x (a, b) AS SELECT 1", "42601", "names 2 columns, its query has 1");
    database.refuses("CREATE VIEW x (a, A) AS SELECT 1, 2", "42701", "two columns A");
    database.refuses(
        "CREATE VIEW x AS SELECT a FROM t WHERE a = ?", "42P02", "cannot have parameters");
    database.refuses("CREATE VIEW s.x AS SELECT 1", "0A000", "in schema public only");
    database.refuses("DROP VIEW v", "2BP01", "view v is needed by view w");
    database.refuses("DROP VIEW t", "42809", "use DROP TABLE");
    database.refuses("DROP VIEW nope", "42P01", "there is no view nope");
    database.execute("DROP VIEW IF EXISTS nope");
    database.execute("DROP VIEW w");
    database.execute("DROP VIEW v");
    assertThatThrownBy(() -> database.execute("CREATE VIEW x AS SELECT nope FROM t"))
        .hasStackTraceContaining("Column 'nope' not found");
    assertThat(database.namespace().views()).isEmpty();
  }
}
