package io.calcitewasm.jdbc.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShellTest {
  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private Connection connection;
  private Shell shell;

  @BeforeEach
  void open() throws SQLException {
    connection = DriverManager.getConnection("jdbc:h2:mem:");
    shell = new Shell(connection, Screen.of(out, err), false);
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  /** What the lines print, errors behind results. */
  private String type(String... lines) throws IOException {
    out.reset();
    err.reset();
    for (String line : lines) {
      shell.accept(line);
    }
    return out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aStatementRunsOnceItsSemicolonComes() throws IOException {
    assertThat(type("SELECT 1", " AS \"x\"")).isEmpty();
    assertThat(shell.isPending()).isTrue();
    assertThat(type(";")).isEqualTo(" x\n---\n 1\n(1 row)\n");
    assertThat(shell.isPending()).isFalse();
  }

  @Test
  void severalStatementsMayStandOnALine() throws IOException {
    assertThat(type(".mode csv", "SELECT 1 AS \"a\"; SELECT 2 AS \"b\";"))
        .isEqualTo("a\n1\nb\n2\n");
  }

  @Test
  void aSemicolonInAStringOrCommentEndsNothing() throws IOException {
    assertThat(type(".mode csv", "SELECT ';' -- ;", " AS \"x\" /* ; */;")).isEqualTo("x\n;\n");
  }

  @Test
  void anErrorIsToldAndTheShellGoesOn() throws IOException {
    assertThat(type("nonsense;")).startsWith("error 42");
    assertThat(type("SELECT 1;")).contains("(1 row)");
    assertThat(shell.failed()).isTrue();
  }

  @Test
  void anUnknownCommandSuggestsTheNearest() throws IOException {
    assertThat(type(".functoins")).contains("did you mean .functions?");
    assertThat(type(".xyzzy"))
        .contains("there is no command .xyzzy")
        .doesNotContain("did you mean");
  }

  @Test
  void helpNamesEveryCommand() throws IOException {
    String help = type(".help");
    assertThat(shell.commands().all())
        .allSatisfy(command -> assertThat(help).contains(command.name() + " "));
  }

  @Test
  void modesChangeTheFormOfResults() throws IOException {
    assertThat(type(".mode json", "SELECT 1 AS \"x\";"))
        .startsWith("{\"columns\":[{\"name\":\"x\"");
    assertThat(type(".mode csv", "SELECT 1 AS \"x\";")).isEqualTo("x\n1\n");
    assertThat(type(".mode")).isEqualTo("mode is csv\n");
    assertThat(type(".mode xml")).contains("no mode xml").contains("table|csv|json");
  }

  @Test
  void theTimerShowsTimes() throws IOException {
    assertThat(type(".timer on", "SELECT 1;")).containsPattern("\\(1 row, [0-9.]+ m?s\\)");
    assertThat(type(".timer off", "SELECT 1;")).contains("(1 row)");
    assertThat(type(".timer maybe")).contains("on or off, not maybe");
  }

  @Test
  void tablesAreListedBySchema() throws IOException {
    type("CREATE SCHEMA s; CREATE TABLE s.one (x INT); CREATE VIEW two AS SELECT 1;");
    assertThat(type(".tables s")).contains(" S      | ONE   | BASE TABLE\n").contains("(1 row)");
    assertThat(type(".tables")).contains("ONE").contains("TWO");
    assertThat(type(".tables nowhere")).contains("no tables in a schema 'nowhere'");
  }

  @Test
  void aFileRunsWithItsCommandsUpToItsFirstError() throws IOException {
    Path inner = Files.writeString(folder.resolve("inner file.sql"), "SELECT 1\nAS \"x\"");
    Path outer =
        Files.writeString(
            folder.resolve("outer.sql"),
            ".mode csv\n.read '" + inner + "'\n\nSELECT\n  nonsense;\nSELECT 2 AS \"y\";\n");
    String printed = type(".read " + outer);
    assertThat(printed)
        .startsWith("x\n1\n")
        .contains("outer.sql, line 4")
        .contains("outer.sql was left at line 5")
        .doesNotContain("y\n2");
  }

  @Test
  void aFileThatReadsItselfIsStopped() throws IOException {
    Path file = folder.resolve("loop.sql");
    Files.writeString(file, ".read " + file + "\n");
    assertThat(type(".read " + file)).contains("16 deep");
  }

  @Test
  void aFileThatIsNotThereIsNamed() throws IOException {
    assertThat(type(".read nowhere.sql")).contains("there is no file nowhere.sql");
    assertThat(type(".read")).contains("one file is needed");
  }

  @Test
  void loadIsAStatementThatIsShown() throws IOException {
    assertThat(type(".load dir/my-geo.component.wasm"))
        .contains("CREATE MODULE my_geo FROM 'dir/my-geo.component.wasm';");
    assertThat(type(".load x.wasm AS Text --grant spi,\"filesystem(path => '/a,b')\" --replace"))
        .contains(
            "CREATE OR REPLACE MODULE Text FROM 'x.wasm' GRANT (spi, filesystem(path => '/a,b'));");
    assertThat(type(".load 'it''s.wasm' --name \"a b\""))
        .contains("CREATE MODULE \"a b\" FROM 'its.wasm'");
  }

  @Test
  void loadTellsWhatIsWrongWithItsArguments() throws IOException {
    assertThat(type(".load"))
        .contains("the path of a component is missing")
        .contains("usage: .load");
    assertThat(type(".load a b")).contains("a second path, b");
    assertThat(type(".load a --grnt x")).contains("no option --grnt");
    assertThat(type(".load a --grant")).contains("a value is missing after --grant");
    assertThat(type(".load 123.wasm")).contains("give one with AS");
  }

  @Test
  void functionsComeFromTheCatalogue() throws IOException, SQLException {
    catalogue();
    assertThat(type(".functions TEXT"))
        .contains("slugify(s VARCHAR) -> VARCHAR")
        .doesNotContain("haversine");
    assertThat(type(".functions")).contains("haversine");
    assertThat(type(".functions nope"))
        .contains("no functions of a module 'nope'; modules with functions are geo, text");
  }

  private void catalogue() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA wasm");
      statement.execute(
          "CREATE TABLE wasm.functions (module VARCHAR, name VARCHAR, signature VARCHAR, documentation VARCHAR)");
      statement.execute(
          """
          INSERT INTO wasm.functions VALUES
            ('text', 'slugify', 'slugify(s VARCHAR) -> VARCHAR', ''),
            ('geo', 'haversine', 'haversine(lat1 DOUBLE) -> DOUBLE', '')""");
    }
  }

  @Test
  void quitLeaves() throws IOException {
    type(".quit");
    assertThat(shell.over()).isTrue();
  }

  @Test
  void theWordsOfOtherShellsLeaveToo() throws IOException {
    type("exit");
    assertThat(shell.over()).isTrue();
  }

  @Test
  void withoutATerminalTheLastStatementNeedsNoSemicolon() throws IOException {
    byte[] input = ".mode csv\nSELECT 1 AS \"x\"".getBytes(StandardCharsets.UTF_8);
    new PipeSession(new ByteArrayInputStream(input), shell).run();
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("x\n1\n");
  }

  @Test
  void aRunningStatementIsStoppedByAnInterrupt() throws Exception {
    // An interrupt that comes before the database has begun is lost, so it is repeated.
    AtomicBoolean ended = new AtomicBoolean();
    Thread interrupter =
        Thread.ofPlatform()
            .start(
                () -> {
                  while (!ended.get()) {
                    shell.interrupt();
                    LockSupport.parkNanos(10_000_000);
                  }
                });
    String printed =
        type("SELECT COUNT(*) FROM system_range(1, 1000000000) a, system_range(1, 1000000000) b;");
    ended.set(true);
    interrupter.join();
    assertThat(printed).startsWith("error 57014");
    assertThat(type("SELECT 1;")).contains("(1 row)");
  }
}
