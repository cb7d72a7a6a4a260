package io.calcitewasm.jdbc.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TablePrinterTest {
  @Test
  void textIsLeftAndNumbersAreRight() throws Exception {
    assertThat(Printed.table("SELECT * FROM (VALUES (1, 'a'), (200, 'bcd')) AS t (\"n\", \"s\")"))
        .isEqualTo(
            """
               n | s
            -----+-----
               1 | a
             200 | bcd
            (2 rows)
            """);
  }

  @Test
  void nullIsToldFromTheEmptyString() throws Exception {
    assertThat(Printed.table("SELECT NULL AS \"x\", '' AS \"y\""))
        .isEqualTo(
            """
             x    | y
            ------+---
             NULL |
            (1 row)
            """);
  }

  @Test
  void wideCharactersTakeTwoColumns() throws Exception {
    assertThat(Printed.table("SELECT '漢字' AS \"x\", 1 AS \"y\" UNION ALL SELECT 'é', 2"))
        .isEqualTo(
            """
             x    | y
            ------+---
             漢字 | 1
             é    | 2
            (2 rows)
            """);
  }

  @Test
  void controlCharactersOfTheDataDoNotReachTheTerminal() throws Exception {
    assertThat(Printed.table("SELECT CHAR(27) || '[2J' || CHAR(10) || CHAR(9) || 'x' AS \"x\", 1"))
        .contains("\\u001b[2J\\n\\tx")
        .doesNotContain("\u001b");
  }

  @Test
  void longValuesAreCutToTheTerminalAndThatIsSaid() throws Exception {
    String table =
        Printed.table(30, "SELECT 1 AS \"n\", REPEAT('abc', 20) AS \"s\", 'kept' AS \"k\"");
    assertThat(table)
        .isEqualTo(
            """
             n | s                 | k
            ---+-------------------+------
             1 | abcabcabcabcabca… | kept
            (1 row; values cut to the terminal, .mode csv shows them whole)
            """);
    assertThat(table.lines().limit(3)).allMatch(line -> line.length() <= 30);
  }

  @Test
  void withoutATerminalNothingIsCut() throws Exception {
    assertThat(Printed.table("SELECT REPEAT('x', 5000) AS s")).contains("x".repeat(5000));
  }

  @Test
  void tooManyColumnsForTheTerminalBecomeOneValuePerLine() throws Exception {
    assertThat(
            Printed.table(
                20, "SELECT 'aaaaaaaaaa' AS \"one\", 'bbbbbbbbbb' AS \"two\", 3 AS \"three\""))
        .isEqualTo(
            """
            --[ row 1 ]--
             one   | aaaaaaaaaa
             two   | bbbbbbbbbb
             three | 3
            (1 row)
            """);
  }

  @Test
  void rowsBeyondThoseThatDecideOnTheWidthsAreWholeToo() throws Exception {
    assertThat(Printed.table("SELECT REPEAT('x', x / 100) AS s FROM system_range(1, 3000)"))
        .contains(" " + "x".repeat(30) + "\n(3,000 rows)\n");
  }

  @Test
  void changesAreCountedAndDefinitionsAreDone() throws Exception {
    assertThat(
            Printed.table(
                "CREATE TABLE t (x INT)",
                "INSERT INTO t VALUES 1, 2",
                "UPDATE t SET x = 0 WHERE x = 7"))
        .isEqualTo(
            """
            (done)
            (2 rows changed)
            (0 rows changed)
            """);
  }

  @Test
  void theLinesOfASingleColumnAreLines() throws Exception {
    assertThat(Printed.table("SELECT 'Sort' || CHAR(10) || '  Scan' AS \"plan\""))
        .isEqualTo(
            """
             plan
            --------
             Sort
               Scan
            (1 row)
            """);
  }

  @Test
  void aFailureAtTheFirstRowShowsTheErrorAlone() throws Exception {
    assertThat(Printed.table("SELECT 1 / (x - 1) AS \"q\" FROM system_range(1, 5)"))
        .startsWith("error 22012");
    assertThat(Printed.csv("SELECT 1 / (x - 1) AS \"q\" FROM system_range(1, 5)"))
        .startsWith("error 22012");
  }
}
