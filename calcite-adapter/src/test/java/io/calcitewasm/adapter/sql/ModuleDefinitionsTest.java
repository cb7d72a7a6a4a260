package io.calcitewasm.adapter.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.calcitewasm.adapter.catalogue.DatabaseLocation;
import io.calcitewasm.guest.Guests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModuleDefinitionsTest {
  @TempDir static Path folder;

  private TestDatabase database;
  private Path text;

  @BeforeEach
  void open() throws IOException {
    text = Guests.copy("components/text", folder);
    database = TestDatabase.inMemory();
  }

  @AfterEach
  void close() {
    database.close();
  }

  private String create(String module) {
    return "CREATE MODULE " + module + " FROM '" + text + "'";
  }

  @Test
  void aModuleIsShownAndDescribed() {
    assertThat(database.rows("SHOW MODULES")).isEmpty();
    assertThat(database.execute(create("Text") + " WITH (memory => '8MB', instances => 2)"))
        .isEqualTo(new Answer.Done());

    List<Object> row = database.rows("SHOW MODULES").getFirst();
    assertThat(row).startsWith("Text").contains("ready", "CALL", 8L << 20, 2, text.toString());
    assertThat(database.rows("SELECT name, state, memory_bytes FROM wasm.modules"))
        .containsExactly(List.of("Text", "ready", 8L << 20));
    List<List<Object>> functions = database.rows("DESCRIBE MODULE TEXT");
    assertThat(functions)
        .anySatisfy(
            f ->
                assertThat(f)
                    .startsWith("Text", "slugify", "scalar", "slugify(s VARCHAR) -> VARCHAR"));
    assertThat(database.rows("SELECT * FROM WASM.functions")).isEqualTo(functions);
  }

  @Test
  void isolationIsShownAndDescribed() {
    database.execute(create("c"));
    database.execute(create("s") + " ISOLATION SESSION");

    assertThat(database.rows("SELECT name, isolation FROM wasm.modules ORDER BY name"))
        .containsExactly(List.of("c", "CALL"), List.of("s", "SESSION"));
    assertThat(
            database.rows(
                "SELECT DISTINCT f.\"module\", f.\"isolation\", f.\"deterministic\""
                    + " FROM wasm.functions AS f ORDER BY 1"))
        .containsExactly(List.of("c", "CALL", true), List.of("s", "SESSION", false));
    assertThat(database.rows("DESCRIBE MODULE s")).allMatch(f -> f.contains("SESSION"));
  }

  @Test
  void theEngineTellsItself() {
    List<Object> row =
        database
            .rows("SELECT runtime, optimising, reason, java_version FROM wasm.engine")
            .getFirst();
    assertThat(row.get(0)).asString().isNotEmpty();
    assertThat(row.get(1)).isInstanceOf(Boolean.class);
    assertThat(row.get(3)).isEqualTo(Runtime.version().toString());
  }

  @Test
  void everyChangeIsANewGeneration() {
    long before = database.namespace().generation();
    database.execute(create("m"));
    long created = database.namespace().generation();
    database.execute("DROP MODULE m");

    assertThat(created).isGreaterThan(before);
    assertThat(database.namespace().generation()).isGreaterThan(created);
    assertThat(database.rows("SHOW MODULES")).isEmpty();
  }

  @Test
  void aModuleIsReplacedOrKept() throws IOException {
    database.execute(create("m"));
    Object digest = database.rows("SELECT digest FROM wasm.modules").getFirst().getFirst();
    text = Guests.copy("components/geo", folder);
    database.execute(create("IF NOT EXISTS M"));
    assertThat(database.rows("SELECT digest FROM wasm.modules")).containsExactly(List.of(digest));
    database.execute(create("M").replace("CREATE", "CREATE OR REPLACE"));
    assertThat(database.rows("SELECT digest FROM wasm.modules"))
        .hasSize(1)
        .doesNotContain(List.of(digest));
    assertThat(database.rows("DESCRIBE MODULE m"))
        .anySatisfy(f -> assertThat(f.get(1)).isEqualTo("haversine"));
  }

  @Test
  void whatCannotBeIsRefusedAndNothingRemains() throws IOException {
    Path broken = folder.resolve("broken.wasm");
    Files.write(broken, Arrays.copyOf(Files.readAllBytes(text), 100));
    database.execute("CREATE FOREIGN SCHEMA f TYPE 'jdbc' OPTIONS (url 'jdbc:h2:mem:')");

    database.refuses("CREATE MODULE m FROM 'nowhere.wasm'", "58P01", "'nowhere.wasm'");
    database.refuses("CREATE MODULE m FROM '" + folder + "'", "58030", "is a directory");
    database.refuses("CREATE MODULE m FROM '" + broken + "'", "WM001", "module m");
    database.refuses(create("m") + " DIGEST 'sha256:" + "0".repeat(64) + "'", "WM003", "digest");
    database.refuses(create("m") + " DIGEST 'md5'", "WM003", "md5");
    database.refuses(create("m") + " GRANT (flying)", "22023", "'flying' is not a capability");
    database.refuses(create("m") + " GRANT (clock, clock)", "22023", "granted twice");
    database.refuses(
        create("m") + " GRANT (environment (names => 'A', names => 'B'))", "22023", "given twice");
    database.refuses(create("m") + " GRANT (network)", "0A000", "not available");
    database.refuses(
        create("m") + " GRANT (filesystem (read => '/srv'))", "0A000", "files of the host");
    database.refuses(
        create("m") + " GRANT (filesystem (read => '*'))", "0A000", "files of the host");
    database.refuses(
        create("m") + " GRANT (filesystem (write => 'module:/a'))", "22023", "not written");
    database.refuses(
        create("m") + " WITH (environment => 'TZ')", "22023", "as in 'TZ=Europe/Berlin'");
    database.refuses(
        create("m") + " WITH (environment => ('A=1', 'A=2'))", "22023", "sets 'A' twice");
    database.refuses(create("m") + " WITH (environment => '1A=1')", "22023", "name of a variable");
    database.refuses(create("m") + " WITH (memory => NULL)", "22023", "memory cannot be NULL");
    database.refuses(create("m") + " WITH (colour => 'red')", "22023", "'colour' is not a limit");
    database.refuses(create("wasm"), "42P06", "system schema");
    database.refuses(create("public"), "42P06", "user's tables");
    database.refuses(create("F"), "42P06", "a foreign schema already");
    database.refuses(create("\"a b\""), "42602", "cannot be a module's name");
    database.refuses(
        create("IF NOT EXISTS m").replace("CREATE", "CREATE OR REPLACE"), "42601", "exclude");
    database.refuses("DROP MODULE m", "42704", "there is no module m");
    database.refuses("DESCRIBE MODULE m", "42704", "there is no module m");
    assertThat(database.rows("SHOW MODULES")).isEmpty();

    database.execute(create("m"));
    database.refuses(create("M"), "42710", "module M exists already");
    database.refuses("CREATE OR REPLACE MODULE m FROM '" + broken + "'", "WM001", "module m");
    database.refuses("DESCRIBE MODULE n", "42704", "there are m");
    database.refuses(
        "CREATE FOREIGN SCHEMA M TYPE 'jdbc' OPTIONS (url 'jdbc:h2:mem:')", "42P06", "a module");
    assertThat(database.rows("SELECT state FROM wasm.modules")).containsExactly(List.of("ready"));
    database.execute("DROP MODULE IF EXISTS n");
  }

  @Test
  void theDigestThatTheFileHasIsAccepted() throws IOException, NoSuchAlgorithmException {
    String digest =
        HexFormat.of()
            .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(text)));
    database.execute(create("m") + " DIGEST 'sha256:" + digest + "'");

    assertThat(database.rows("SELECT digest FROM wasm.modules"))
        .containsExactly(List.of("sha256:" + digest));
  }

  @Test
  void modulesAreThereAgainWithoutTheirFiles() throws IOException {
    DatabaseLocation location = DatabaseLocation.file(folder.resolve("again").toString());
    try (TestDatabase first = new TestDatabase(location)) {
      first.execute(create("m") + " GRANT (clock) ISOLATION STATEMENT WITH (call_time => '3s')");
      first.execute(create("n"));
      first.execute("DROP MODULE n");
    }
    Files.delete(text);
    try (TestDatabase again = new TestDatabase(location)) {
      assertThat(
              again.rows("SELECT name, state, grants, isolation, call_time_ms FROM wasm.modules"))
          .containsExactly(List.of("m", "ready", "clock", "STATEMENT", 3000L));
      assertThat(again.rows("DESCRIBE MODULE m")).isNotEmpty();
      again.execute("DROP MODULE m");
    }
    try (TestDatabase third = new TestDatabase(location)) {
      assertThat(third.rows("SHOW MODULES")).isEmpty();
    }
  }

  @Test
  void aModuleThatNoLongerLoadsIsListedAsBroken() {
    DatabaseLocation location = DatabaseLocation.file(folder.resolve("broken").toString());
    try (TestDatabase first = new TestDatabase(location)) {
      first.execute(create("m"));
      first.execute(create("n") + " WITH (memory => '16MB')");
      first.namespace().store().define("SET REFERENTIAL_INTEGRITY FALSE");
      first
          .namespace()
          .store()
          .define("UPDATE CALCITE_WASM.MODULES SET SQL = REPLACE(SQL, '16MB', '16 elephants')");
      first.execute("CREATE TABLE t (a INTEGER)");
    }
    try (TestDatabase again = new TestDatabase(location)) {
      assertThat(again.rows("SELECT name, state FROM wasm.modules ORDER BY 1"))
          .containsExactly(List.of("m", "ready"), List.of("n", "broken"));
      assertThat(
              again.rows("SELECT error FROM wasm.modules WHERE name = 'n'").getFirst().getFirst())
          .asString()
          .startsWith("22023: ")
          .contains("16 elephants");
      assertThat(again.rows("SELECT * FROM t")).isEmpty();
      assertThatThrownBy(() -> again.execute("DESCRIBE MODULE n"))
          .isInstanceOf(TestDatabase.Failed.class)
          .hasMessageContaining("module n is broken: ");
      assertThatThrownBy(() -> again.execute(create("N"))).hasMessageContaining("exists already");
      again.execute(create("n").replace("CREATE", "CREATE OR REPLACE"));
      assertThat(again.rows("SELECT DISTINCT state FROM wasm.modules"))
          .containsExactly(List.of("ready"));
    }
  }
}
