package io.calcitewasm.jdbc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
  @TempDir private Path folder;

  private static CommandRun run(String input, String... args) {
    return CommandRun.of(input, args);
  }

  private static CommandRun sql(String input, String... args) {
    List<String> all = new ArrayList<>(List.of("sql", "--url", "jdbc:h2:mem:"));
    all.addAll(List.of(args));
    return run(input, all.toArray(String[]::new));
  }

  @Test
  void withoutACommandTheOverviewIsShown() {
    CommandRun run = run("");
    assertThat(run.status()).isZero();
    assertThat(run.out()).startsWith("calcite-wasm: ").contains("jit-flags");
    assertThat(run("", "help")).isEqualTo(run);
  }

  @Test
  void anErrorInTheFirstRowPrintsNoHeader() {
    String sql = "select 1 / i as quotient from (values 0) as t (i)";
    for (String format : List.of("table", "csv")) {
      CommandRun run = run("", "sql", "--format", format, "-e", sql);
      assertThat(run.status()).isEqualTo(ExitStatus.FAILED);
      assertThat(run.out()).isEmpty();
      assertThat(run.err()).startsWith("error 22012: ");
    }
  }

  @Test
  void tablesAreUsedWithoutAWordInTheLog() {
    CommandRun run =
        run("", "sql", "--log-level", "info", "-e", "create table t (i int); select * from t");
    assertThat(run.status()).isZero();
    assertThat(run.err()).isEmpty();
  }

  @Test
  void theOverviewNamesEveryCommand() {
    String overview = run("").out();
    assertThat(Main.commandLine(Streams.standard()).getSubcommands().keySet())
        .allSatisfy(command -> assertThat(overview).contains("\n  " + command + " "));
  }

  @Test
  void helpShowsTheOptionsOfACommand() {
    assertThat(run("", "help", "sql").out()).contains("--continue").contains("--format");
    assertThat(run("", "help", "nonsense").status()).isEqualTo(ExitStatus.USAGE);
  }

  @Test
  void anUnknownCommandIsNamedWithTheNearest() {
    CommandRun run = run("", "shel");
    assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(run.err()).contains("there is no command 'shel'").contains("shell");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void theVersionIsThatOfTheBuild() {
    assertThat(run("", "version").out()).matches("calcite-wasm \\d+\\.\\d+.*\n");
  }

  @Test
  void textsAndFilesRunInTheirOrderOnOneConnection() throws IOException {
    Path file = Files.writeString(folder.resolve("a.sql"), "INSERT INTO t VALUES (2);\n");
    CommandRun run =
        sql(
            "",
            "--format=csv",
            "-e",
            "CREATE TABLE t (\"x\" INT); INSERT INTO t VALUES (1)",
            "-f",
            file.toString(),
            "-e",
            "SELECT * FROM t");
    assertThat(run).isEqualTo(new CommandRun(0, "x\n1\n2\n", ""));
  }

  @Test
  void standardInputIsReadWhereNothingIsGiven() {
    assertThat(sql("SELECT 1 AS \"x\"; -- done\n", "--format", "csv").out()).isEqualTo("x\n1\n");
    assertThat(sql("SELECT 1 AS \"x\"", "--format", "csv", "-f", "-").out()).isEqualTo("x\n1\n");
  }

  @Test
  void anErrorEndsTheRunAndTheStatusTells() {
    CommandRun run = sql("SELECT 1;\nnonsense;\nSELECT 2;", "--format", "csv");
    assertThat(run.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(run.out()).isEqualTo("1\n1\n");
    assertThat(run.err()).contains("error 42").contains("standard input, line 2");
  }

  @Test
  void continueGoesOnAndTheStatusTellsNevertheless() {
    CommandRun run = sql("nonsense; SELECT 2;", "--format", "csv", "--continue");
    assertThat(run.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(run.out()).isEqualTo("2\n2\n");
  }

  @Test
  void jsonErrorsGoToStandardOutputAndNothingElsewhere() {
    CommandRun run = sql("nonsense", "--format", "json");
    assertThat(run.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(run.out()).startsWith("{\"error\":{\"sqlstate\":\"42");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void filesThatCannotBeReadAreNamedBeforeAnythingRuns() throws IOException {
    Path latin = Files.write(folder.resolve("l.sql"), new byte[] {'-', '-', (byte) 0xe9, '\n'});
    CommandRun missing = sql("", "-e", "SELECT 1", "-f", folder.resolve("none.sql").toString());
    assertThat(missing.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(missing.out()).isEmpty();
    assertThat(missing.err()).contains("there is no file").contains("none.sql");
    assertThat(sql("", "-f", folder.toString()).err()).contains("is a directory");
    assertThat(sql("", "-f", latin.toString()).err()).contains("not UTF-8: byte 2");
  }

  @Test
  void aUrlThatNobodyKnowsIsRefused() {
    CommandRun run = run("", "sql", "--url", "jdbc:nobody:x", "-e", "SELECT 1");
    assertThat(run.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(run.err())
        .isEqualTo("error 08001: no JDBC driver on the class path accepts the URL jdbc:nobody:x\n");
  }

  @Test
  void aReaderThatLeavesIsNoError() {
    OutputStream gone =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Streams streams =
        new Streams(
            new ByteArrayInputStream(new byte[0]),
            gone,
            new PrintStream(err, true, StandardCharsets.UTF_8));
    int status = Main.run(streams, "sql", "--url", "jdbc:h2:mem:", "-e", "SELECT 1");
    assertThat(status).isEqualTo(ExitStatus.OUTPUT_CLOSED);
    assertThat(err.size()).isZero();
  }

  @Test
  void theShellWithoutATerminalReadsStandardInput() {
    CommandRun run =
        run(
            ".mode csv\nSELECT 1\n AS \"x\";\nnonsense;\nSELECT 2 AS \"y\"",
            "shell",
            "--url",
            "jdbc:h2:mem:");
    assertThat(run.out()).isEqualTo("x\n1\n\ny\n2\n".replace("\n\ny", "\ny"));
    assertThat(run.err()).contains("error 42");
    assertThat(run.status()).isEqualTo(ExitStatus.FAILED);
  }
}
