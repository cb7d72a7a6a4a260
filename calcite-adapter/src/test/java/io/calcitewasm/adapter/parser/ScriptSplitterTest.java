package io.calcitewasm.adapter.parser;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptSplitterTest {
  @Test
  void statementsEndAtSemicolons() {
    assertThat(ScriptSplitter.split("SELECT 1;SELECT 2 ;\n SELECT 3"))
        .containsExactly(
            new ScriptStatement("SELECT 1", "", 1, 1, true),
            new ScriptStatement("SELECT 2", "", 1, 10, true),
            new ScriptStatement("SELECT 3", "", 2, 2, false));
  }

  @Test
  void semicolonsInStringsNamesAndCommentsAreText() {
    String sql =
        """
        SELECT 'a;''b;', "c;""d;", E'e\\';', -- f;
        /* ; */ 1 // ;
        FROM t""";

    assertThat(ScriptSplitter.split(sql + ";"))
        .containsExactly(new ScriptStatement(sql, "", 1, 1, true));
  }

  @Test
  void aNameThatEndsInEIsNoEscapePrefix() {
    assertThat(ScriptSplitter.split("SELECT date'\\'; SELECT 2")).hasSize(2);
    assertThat(ScriptSplitter.split("SELECT E'\\'; SELECT 2'")).hasSize(1);
  }

  @Test
  void commentsBeforeAStatementAreKeptApart() {
    assertThat(
            ScriptSplitter.split(
                """
                -- First,
                -- the join.
                SELECT 1; -- behind
                /* Second */ SELECT /* within */ 2;
                -- last
                """))
        .containsExactly(
            new ScriptStatement("SELECT 1", "-- First,\n-- the join.", 3, 1, true),
            new ScriptStatement("SELECT /* within */ 2", "-- behind\n/* Second */", 4, 14, true));
  }

  @Test
  void emptyStatementsAreLeftOut() {
    assertThat(ScriptSplitter.split(" ;; \n; -- x\n")).isEmpty();
  }

  @Test
  void linesEndAtCrLfAndBoth() {
    assertThat(ScriptSplitter.split("a;\r\nb;\rc;\nd"))
        .extracting(ScriptStatement::line)
        .containsExactly(1, 2, 3, 4);
  }

  @Test
  void placesInAStatementBecomePlacesInTheScript() {
    ScriptStatement second = ScriptSplitter.split("SELECT 1; SELECT\n FROM").get(1);

    assertThat(second.scriptLine(1)).isEqualTo(1);
    assertThat(second.scriptColumn(1, 3)).isEqualTo(13);
    assertThat(second.scriptLine(2)).isEqualTo(2);
    assertThat(second.scriptColumn(2, 2)).isEqualTo(2);
  }

  @Test
  void anOpenStringReachesToTheEnd() {
    assertThat(ScriptSplitter.split("SELECT 'a; SELECT 2;"))
        .containsExactly(new ScriptStatement("SELECT 'a; SELECT 2;", "", 1, 1, false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n", "-- x", "SELECT 1;", "SELECT 1; -- x", "SELECT ';';"})
  void completeInputCanRun(String text) {
    assertThat(ScriptSplitter.isComplete(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"SELECT 1", "SELECT 1; SELECT", "SELECT ';", "/* x", "SELECT 1; /*", "\"a;"})
  void openInputWaits(String text) {
    assertThat(ScriptSplitter.isComplete(text)).isFalse();
  }

  @Test
  void aCommentThatNothingClosesStaysForTheParserToRefuse() {
    assertThat(ScriptSplitter.split("VALUES 1 /* x; VALUES 2;"))
        .extracting(ScriptStatement::text)
        .containsExactly("VALUES 1 /* x; VALUES 2;");
  }
}
