package io.calcitewasm.jdbc.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class JsonPrinterTest {
  private static String value(String expression) throws Exception {
    String line = Printed.json("SELECT " + expression);
    JsonNode row = new ObjectMapper().readTree(line).path("rows").path(0);
    return row.path(0).toString();
  }

  @Test
  void aQueryIsOneObjectOnOneLine() throws Exception {
    assertThat(Printed.json("SELECT 1 AS \"n\", 'a' AS \"s\" UNION ALL SELECT 2, NULL"))
        .isEqualTo(
            "{\"columns\":[{\"name\":\"n\",\"type\":\"INTEGER\"},"
                + "{\"name\":\"s\",\"type\":\"CHARACTER VARYING\"}],"
                + "\"rows\":[[1,\"a\"],[2,null]],\"ms\":0}\n");
  }

  @Test
  void aStatementWithoutRowsTellsItsCount() throws Exception {
    assertThat(Printed.json("CREATE TABLE t (x INT)", "INSERT INTO t VALUES 1, 2"))
        .isEqualTo("{\"count\":0,\"ms\":0}\n{\"count\":2,\"ms\":0}\n");
  }

  @Test
  void anErrorAfterTheFirstRowsIsTheWholeAnswer() throws Exception {
    JsonNode answer =
        new ObjectMapper().readTree(Printed.json("SELECT 1 / (3 - x) FROM system_range(1, 5)"));
    assertThat(answer.path("error").path("sqlstate").asText()).isEqualTo("22012");
    assertThat(answer.path("error").path("message").asText()).contains("Division by zero");
    assertThat(answer.path("error").has("line")).isTrue();
    assertThat(answer.path("error").has("column")).isTrue();
    assertThat(answer.has("rows")).isFalse();
  }

  @Test
  void wholeNumbersAreNumbersAndDecimalsAreStrings() throws Exception {
    assertThat(value("CAST(-128 AS TINYINT)")).isEqualTo("-128");
    assertThat(value("9223372036854775807")).isEqualTo("9223372036854775807");
    assertThat(value("CAST(1.50 AS DECIMAL(10, 2))")).isEqualTo("\"1.50\"");
    assertThat(value("CAST(1E20 AS DECIMAL(30, 0))")).isEqualTo("\"100000000000000000000\"");
  }

  @Test
  void floatingPointIsANumberWhileItIsFinite() throws Exception {
    assertThat(value("CAST(0.1 AS DOUBLE)")).isEqualTo("0.1");
    assertThat(value("CAST('NaN' AS DOUBLE)")).isEqualTo("\"NaN\"");
    assertThat(value("CAST('-Infinity' AS REAL)")).isEqualTo("\"-Infinity\"");
  }

  @Test
  void binaryIsHexadecimal() throws Exception {
    assertThat(value("X'00FFa0'")).isEqualTo("\"00ffa0\"");
    assertThat(value("X''")).isEqualTo("\"\"");
  }

  @Test
  void datesAndTimesAreStringsInNoZone() throws Exception {
    assertThat(value("DATE '2024-02-29'")).isEqualTo("\"2024-02-29\"");
    assertThat(value("TIME '23:59:58'")).isEqualTo("\"23:59:58\"");
    assertThat(value("TIMESTAMP '2024-03-31 02:30:00'")).isEqualTo("\"2024-03-31 02:30:00\"");
  }

  @Test
  void arraysNestAndHoldNull() throws Exception {
    assertThat(value("ARRAY[1, NULL, 3]")).isEqualTo("[1,null,3]");
    assertThat(value("ARRAY[ARRAY['a'], ARRAY[CAST('b' AS VARCHAR)]]"))
        .isEqualTo("[[\"a\"],[\"b\"]]");
  }

  @Test
  void charactersOutsideAsciiAreWrittenAsTheyAre() throws Exception {
    assertThat(Printed.json("SELECT 'é漢😀' AS \"x\"")).contains("[[\"é漢😀\"]]");
  }

  @Test
  void halfASurrogatePairBecomesTheReplacementCharacter() {
    assertThat(JsonValues.wellFormed("a\ud800b")).isEqualTo("a\ufffdb");
    assertThat(JsonValues.wellFormed("\ud83d\ude00")).isEqualTo("\ud83d\ude00");
  }

  @Test
  void resultsBeyondTheMemoryAreWholeToo() throws Exception {
    JsonNode answer =
        new ObjectMapper()
            .readTree(Printed.json("SELECT REPEAT('x', 1000) || x FROM system_range(1, 20000)"));
    assertThat(answer.path("rows")).hasSize(20_000);
    assertThat(answer.path("rows").path(19_999).path(0).asText()).endsWith("x20000");
  }
}
