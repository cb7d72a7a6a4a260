package io.calcitewasm.jdbc.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Arrays, rows and intervals in each format of {@code sql}. */
class NestedValuesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          array[array[1], array[2, 3]]                | [[1],[2,3]]
          array[time '23:59:59.123']                  | ["23:59:59.123"]
          array[timestamp '1969-12-31 23:59:59.999']  | ["1969-12-31 23:59:59.999"]
          array[date '2024-02-29', null]              | ["2024-02-29",null]
          array[1.50, 2.25]                           | ["1.50","2.25"]
          array[row(1, array['x'], cast(null as int))] | [[1,["x"],null]]
          row(date '2024-02-29', x'00ff')             | ["2024-02-29","00ff"]
          array[interval '1-2' year to month]         | ["1-2"]
          """)
  void are_json_in_every_format(String value, String json) {
    String sql = "select " + value + " as v";
    assertThat(run("json", sql)).contains("\"rows\":[[" + json + "]]");
    assertThat(run("table", sql)).contains("\n " + json + "\n");
    assertThat(run("csv", sql)).isEqualTo("v\n" + csv(json) + "\n");
  }

  private static String csv(String json) {
    boolean quoted = json.contains(",") || json.contains("\"");
    return quoted ? '"' + json.replace("\"", "\"\"") + '"' : json;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          interval '1-2' year to month                   | 1-2
          interval -'3 04:05:06.789' day to second(3)    | -3 04:05:06.789
          interval '90' minute                           | 90
          """)
  void intervals_are_sql_text_in_every_format(String value, String text) {
    String sql = "select " + value + " as v";
    assertThat(run("json", sql)).contains("\"rows\":[[\"" + text + "\"]]");
    assertThat(run("table", sql)).contains("\n " + text + "\n");
    assertThat(run("csv", sql)).isEqualTo("v\n" + text + "\n");
  }

  private static String run(String format, String sql) {
    CommandRun run = CommandRun.of("", "sql", "--format", format, "-e", sql);
    assertThat(run.err()).isEmpty();
    return run.out();
  }
}
