package io.calcitewasm.jdbc.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.calcitewasm.jdbc.cli.output.ErrorBlock.Origin;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ErrorBlockTest {
  private static String block(String message, String state, String sql, @Nullable Origin origin) {
    return ErrorBlock.of(StatementError.of(new SQLException(message, state), sql), origin);
  }

  @Test
  void aPlaceIsShownWithACaret() {
    assertThat(block("unexpected 'FORM' at line 2, column 3", "42601", "SELECT 1\n  FORM t", null))
        .isEqualTo(
            """
            error 42601: unexpected 'FORM' at line 2, column 3
              |   FORM t
              |   ^^^^""");
  }

  @Test
  void aRangeIsUnderlined() {
    assertThat(
            block(
                "From line 1, column 8 to line 1, column 13: No match found for f(1)",
                "42883",
                "SELECT f(1, 2) FROM t",
                null))
        .endsWith("\n  | SELECT f(1, 2) FROM t\n  |        ^^^^^^");
  }

  @Test
  void theCaretStandsBelowItsCharacterBehindWideOnes() {
    assertThat(block("oops at line 1, column 13", "42000", "SELECT '漢é', x", null))
        .endsWith("| SELECT '漢é', x\n  |              ^");
  }

  @Test
  void aLongLineIsShownAroundItsPlace() {
    String sql = "SELECT " + "x, ".repeat(200) + "bad, " + "y, ".repeat(200) + "z";
    String block =
        block("no column bad at line 1, column " + (sql.indexOf("bad") + 1), "42703", sql, null);
    assertThat(block.lines().toList().get(1)).hasSizeLessThan(130).contains("bad");
    assertThat(block.lines().toList().get(2)).endsWith("^^^");
    assertThat(block.lines().toList().get(1).indexOf("bad"))
        .isEqualTo(block.lines().toList().get(2).indexOf("^^^"));
  }

  @Test
  void theScriptAndItsLineAreNamed() {
    assertThat(block("x at line 2, column 1", "42601", "SELECT\nx", new Origin("demo.sql", 10)))
        .contains("\n  demo.sql, line 11\n");
  }

  @Test
  void aPlaceOutsideTheStatementIsNotShown() {
    assertThat(block("x at line 9, column 1", "42601", "SELECT x", null))
        .isEqualTo("error 42601: x at line 9, column 1");
    assertThat(block("x at line 1, column 900", "42601", "SELECT x", null)).endsWith("^");
    assertThat(block("x at line 99999999999, column 1", "42601", "SELECT x", null)).endsWith("^");
  }

  @Test
  void guestsCannotPointIntoTheStatement() {
    assertThat(block("text.f: expected ] at line 1, column 1", "38000", "SELECT text.f('[')", null))
        .isEqualTo("error 38000: text.f: expected ] at line 1, column 1");
  }

  @Test
  void guestsCannotMoveTheCursor() {
    assertThat(block("\u001b[2J\u0007 gone\r\n more", "38000", "SELECT 1", null))
        .isEqualTo("error 38000: \\u001b[2J\\u0007 gone\n   more");
  }

  @Test
  void whatDriversAddAroundTheSentenceIsTakenAway() {
    assertThat(block("Error while executing SQL \"SELECT 1\": no", "42000", "SELECT 1", null))
        .isEqualTo("error 42000: no");
  }

  @Test
  void noStateIsTheGeneralOne() {
    assertThat(ErrorBlock.of(StatementError.of(new SQLException("no"), "X"), null))
        .isEqualTo("error HY000: no");
  }

  @Test
  void aDefectIsCalledOne() {
    assertThat(ErrorBlock.of(StatementError.of(new IllegalStateException("x"), "X"), null))
        .startsWith("error XX000: internal error, please report it: ");
  }
}
