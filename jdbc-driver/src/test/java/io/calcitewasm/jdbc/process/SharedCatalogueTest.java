package io.calcitewasm.jdbc.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a process does to a shared catalogue, others see within a second. */
@Timeout(180)
class SharedCatalogueTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  @TempDir Path folder;
  private Versions versions;
  private String url;

  @BeforeEach
  void prepare() throws IOException {
    versions = Versions.in(folder);
    url = "jdbc:calcite-wasm:file=" + folder.resolve("db") + ";shared=true";
  }

  private static String value(Connection connection, String sql) {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getString(1) : "no row";
    } catch (SQLException e) {
      return e.getSQLState();
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void within(long nanos, String expected, Supplier<String> is)
      throws InterruptedException {
    long end = System.nanoTime() + nanos;
    while (!is.get().equals(expected) && System.nanoTime() < end) {
      Thread.sleep(10);
    }
    assertThat(is.get()).isEqualTo(expected);
  }

  @Test
  void changesOfOneProcessAreSeenByAnotherWithinASecond() throws Exception {
    try (Connection here = DriverManager.getConnection(url);
        OtherProcess there = new OtherProcess(url)) {
      // The first call of a function compiles; what is measured is the catalogue.
      execute(here, "CREATE TABLE t (n BIGINT)");
      execute(here, "INSERT INTO t VALUES (5)");
      execute(here, "CREATE MODULE warm FROM '" + versions.adding() + "'");
      String sum = "SELECT m.add(n, 1) FROM t";
      value(here, "SELECT warm.add(n, 1) FROM t");
      within(10 * SECOND, "[5]", () -> there.execute("SELECT n FROM t"));
      within(10 * SECOND, "[6]", () -> there.execute("SELECT warm.add(n, 1) FROM t"));

      assertThat(there.execute(Versions.replace(versions.adding()))).isEqualTo("[]");
      within(SECOND, "6", () -> value(here, sum));
      execute(here, Versions.replace(versions.subtracting()));
      within(SECOND, "[4]", () -> there.execute(sum));
      assertThat(there.execute("ALTER MODULE m ROLLBACK")).isEqualTo("[]");
      within(SECOND, "6", () -> value(here, sum));

      assertThat(there.execute("CREATE VIEW v AS SELECT m.add(n, 1) AS x FROM t")).isEqualTo("[]");
      within(SECOND, "6", () -> value(here, "SELECT x FROM v"));
      execute(here, "DROP MODULE m CASCADE");
      within(SECOND, "[false]", () -> there.execute("SELECT COUNT(*) > 1 FROM wasm.modules"));
      assertThat(there.execute("SELECT * FROM v")).startsWith("!42P01");
      assertThat(there.execute("CREATE BUCKET b LOCATION '" + folder + "'")).isEqualTo("[]");
      within(SECOND, "b", () -> value(here, "SELECT name FROM wasm.buckets"));
    }
  }

  @Test
  void twoProcessesThatReplaceTheSameModuleBothSucceed() throws Exception {
    try (Connection here = DriverManager.getConnection(url);
        OtherProcess there = new OtherProcess(url)) {
      execute(here, Versions.replace(versions.adding()));
      for (int i = 0; i < 10; i++) {
        there.begin(Versions.replace(versions.subtracting()));
        execute(here, Versions.replace(versions.adding()));
        assertThat(there.answer()).isEqualTo("[]");
      }
      within(SECOND, "21", () -> value(here, "SELECT MAX(number) FROM wasm.versions"));
      within(SECOND, "[21]", () -> there.execute("SELECT MAX(number) FROM wasm.versions"));
    }
  }

  @Test
  void whatOneProcessTakesFromRunningStatementsAnotherTakesTooWithinASecond() throws Exception {
    try (Connection here = DriverManager.getConnection(url);
        OtherProcess there = new OtherProcess(url)) {
      execute(
          here,
          "CREATE MODULE w FROM '"
              + Path.of("../guest-sdk/fixtures/asks/asks.component.wasm").toRealPath()
              + "' GRANT (clock) WITH (call_time => '2min')");
      execute(here, "CREATE TABLE t (n BIGINT)");
      execute(here, "INSERT INTO t VALUES (1)");
      // Planned and compiled once, so that the next statement soon runs.
      String rows = "SELECT w.sleep(%d) FROM t";
      within(20 * SECOND, "[1]", () -> there.execute("SELECT n FROM t"));
      assertThat(there.execute(String.format(Locale.ROOT, rows, 1))).startsWith("[");
      there.begin(String.format(Locale.ROOT, rows, 60 * SECOND));
      Thread.sleep(2_000);
      // Another version takes the place of the one that runs.
      execute(here, "ALTER MODULE w SET (memory = '32MB')");
      execute(here, "ALTER MODULE w REVOKE clock IMMEDIATE");
      long before = System.nanoTime();
      assertThat(there.answer()).startsWith("!42501").contains("revoked");
      assertThat(System.nanoTime() - before).isLessThan(10 * SECOND);
    }
  }

  /** The process that opens the file first serves it; the other takes over. */
  @Test
  void whenTheServingProcessIsKilledAnotherTakesOver() throws Exception {
    OtherProcess first = new OtherProcess(url);
    try (Connection here = DriverManager.getConnection(url)) {
      assertThat(first.execute(Versions.replace(versions.adding()))).isEqualTo("[]");
      within(SECOND, "m", () -> value(here, "SELECT name FROM wasm.modules"));
      first.kill();

      execute(here, Versions.replace(versions.subtracting()));
      assertThat(value(here, "VALUES m.add(5, 1)")).isEqualTo("4");
      try (OtherProcess second = new OtherProcess(url)) {
        assertThat(second.execute("SELECT number FROM wasm.versions")).isEqualTo("[1, 2]");
      }
    } finally {
      first.kill();
    }
  }

  @Test
  void aFileThatAProcessHasForItselfIsRefused() throws Exception {
    String alone = url.replace(";shared=true", "");
    try (OtherProcess other = new OtherProcess(alone)) {
      assertThat(other.execute("SHOW MODULES")).isEqualTo("[]");
      for (String wanted : new String[] {alone, url}) {
        assertThatThrownBy(() -> DriverManager.getConnection(wanted).close())
            .isInstanceOf(SQLException.class)
            .hasMessageContaining("in use by another process")
            .hasMessageContaining("shared=true");
      }
    }
    try (Connection here = DriverManager.getConnection(url)) {
      assertThat(here.isValid(1)).isTrue();
      assertThatThrownBy(() -> DriverManager.getConnection(alone).close())
          .hasMessageContaining("this process has the database file open with shared=true");
    }
    assertThatThrownBy(() -> DriverManager.getConnection("jdbc:calcite-wasm:shared=true").close())
        .hasMessageContaining("shared=true is for a database in a file");
  }
}
