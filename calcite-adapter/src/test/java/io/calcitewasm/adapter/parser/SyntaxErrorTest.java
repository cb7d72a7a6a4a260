package io.calcitewasm.adapter.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SyntaxErrorTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SELEC 1 | 1 | 1 | 'SELEC' does not begin a query",
        "SELECT 1 FROM | 1 | 14 | unexpected end of the statement",
        "SELECT a, FROM t | 1 | 11 | unexpected 'FROM'",
        "CREATE MODULE | 1 | 14 | unexpected end of the statement",
        "CREATE MODULE m | 1 | 16 | unexpected end of the statement, expected FROM",
        "CREATE MODULE m FROM x | 1 | 22 | unexpected 'x', expected a string",
        "CREATE MODULE m FROM 'x' DIGST 'y' | 1 | 26 | unexpected 'DIGST'",
        "CREATE MODULE m FROM 'x' GRANT () | 1 | 33 | unexpected ')', expected a name",
        "CREATE MODULE m FROM 'x' GRANT (spi (a = 1)) | 1 | 40 | unexpected '=', expected '=>'",
        "CREATE MODULE m FROM 'x' ISOLATION NONE | 1 | 36 | unexpected 'NONE', expected one of CALL",
        "CREATE MODULE m FROM 'x' WITH (memory => ) | 1 | 42 | unexpected ')'",
        "CREATE MODULE m FROM 'x' WITH (instances => 4 | 1 | 46 | unexpected end of the statement",
        "CREATE THING x | 1 | 8 | unexpected 'THING', expected one of BUCKET, FOREIGN, MODULE, OR, TABLE, VIEW",
        "DROP MODULE IF m | 1 | 16 | unexpected 'm'",
        "SHOW TABLES | 1 | 6 | unexpected 'TABLES', expected one of BUCKETS, GRANTS, MODULES, POLICY",
        "SELECT 'abc | 1 | 8 | the string is not closed",
        "SELECT \"abc FROM t | 1 | 8 | the quoted name is not closed",
        "SELECT 1 /* x | 1 | 14 | a quotation or comment is not closed",
        "SELECT 1 # 2 | 1 | 10 | unexpected character '#'",
        "SELECT 1 🎵 2 | 1 | 10 | unexpected character '🎵'",
        "SELECT 1; SELECT 2 | 1 | 11 | only one statement",
      })
  void theMessageNamesWhatStandsThere(String sql, int line, int column, String message) {
    SyntaxError error = failure(sql);

    assertThat(error)
        .hasMessageContaining(message)
        .hasMessageEndingWith(" at line %d, column %d", line, column);
    assertThat(error.sqlState()).isEqualTo("42601");
    assertThat(error.line()).isEqualTo(line);
    assertThat(error.column()).isEqualTo(column);
    assertThat(error.getMessage()).doesNotContain("\n");
  }

  @Test
  void linesAreCounted() {
    SyntaxError error = failure("SELECT 1,\r\n  2,\n\n  FROM t");

    assertThat(error.line()).isEqualTo(4);
    assertThat(error.column()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", ";", "-- nothing", "/* nothing */ ;"})
  void anEmptyStatementIsAnError(String sql) {
    assertThat(failure(sql)).hasMessageStartingWith("there is no statement");
  }

  @Test
  void aSemicolonMayStandAtTheEnd() {
    assertThat(SqlLanguage.parse("SELECT 1 ; -- done")).isNotNull();
  }

  @Test
  void calcitesEntryPointsGetNoSemicolon() {
    assertThat(SqlLanguage.withoutSemicolon(" -- a\n SELECT ';' ; -- b;"))
        .isEqualTo(" -- a\n SELECT ';'");
  }

  @Test
  void deepNestingIsTooComplex() {
    SyntaxError error = failure("SELECT " + "(".repeat(200_000) + "1" + ")".repeat(200_000));

    assertThat(error.sqlState()).isEqualTo("54001");
    assertThat(error).hasMessageContaining("nested too deeply");
  }

  private static SyntaxError failure(String sql) {
    return catchThrowableOfType(SyntaxError.class, () -> SqlLanguage.parse(sql));
  }
}
