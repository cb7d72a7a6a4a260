package io.calcitewasm.jdbc.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Groups that a process has no heap for are refused, and the connection goes on. */
@Timeout(600)
class SmallHeapTest {
  private static final String LONG = "'" + "x".repeat(5000) + "'";

  @TempDir Path folder;

  /** Rows with the numbers from 0 to 10 to the power of {@code digits}. */
  private static String numbers(int digits) {
    String sum =
        IntStream.range(0, digits)
            .mapToObj(i -> "t" + i + ".d * " + (int) Math.pow(10, i))
            .collect(Collectors.joining(" + "));
    String tables =
        IntStream.range(0, digits)
            .mapToObj(i -> "(VALUES 0, 1, 2, 3, 4, 5, 6, 7, 8, 9) AS t" + i + " (d)")
            .collect(Collectors.joining(", "));
    return "(SELECT " + sum + " AS n FROM " + tables + ")";
  }

  private static String groups(String key, String beside, int digits) {
    return "SELECT MAX(v), MAX(w) FROM (SELECT "
        + key
        + " AS k, stats.moving_average(n) AS v, "
        + beside
        + " AS w FROM "
        + numbers(digits)
        + " GROUP BY "
        + key
        + ")";
  }

  /** Ten million groups, some of which take more heap than the limit thinks. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "n; 0; groups do not fit half of the Java heap",
        "n; MAX(-n); by it and by aggregates beside it, does not fit half of the Java heap",
        "n; MIN(LONG || CAST(n AS VARCHAR)); the Java heap is full with",
        "LONG || CAST(n AS VARCHAR); COUNT(*); the Java heap is full with",
      })
  void millionsOfGroupsAreRefused(String key, String beside, String reason) {
    try (OtherProcess process =
        new OtherProcess("jdbc:calcite-wasm:file=" + folder.resolve("db"), "-Xmx96m")) {
      Path stats = Path.of("..", "guest-sdk", "components", "stats", "stats.component.wasm");
      assertThat(process.execute("CREATE MODULE stats FROM '" + stats + "'")).isEqualTo("[]");
      assertThat(
              process.execute(groups(key.replace("LONG", LONG), beside.replace("LONG", LONG), 7)))
          .startsWith("!53200 ")
          .contains(reason);
      assertThat(process.execute(groups("n", "COUNT(*)", 3))).isEqualTo("[999.0]");
    }
  }

  /**
   * Rows whose calls are made once, and which a join reads again for each row of its left input.
   */
  @ParameterizedTest
  @ValueSource(strings = {"blocks.plus(n, 1)", "LONG || CAST(blocks.plus(n, 1) AS VARCHAR)"})
  void rowsThatAreReadAgainAreRefused(String call) {
    try (OtherProcess process =
        new OtherProcess("jdbc:calcite-wasm:file=" + folder.resolve("db"), "-Xmx96m")) {
      Path blocks = Path.of("..", "guest-sdk", "components", "blocks", "blocks.component.wasm");
      assertThat(process.execute("CREATE MODULE blocks FROM '" + blocks + "'")).isEqualTo("[]");
      assertThat(process.execute(join(call.replace("LONG", LONG), 7)))
          .startsWith("!53200 ")
          .contains("rows that are read several times")
          .contains("of them do not fit half of the Java heap");
      assertThat(process.execute(join("blocks.plus(n, 1)", 3))).isEqualTo("[1498]");
    }
  }

  private static String join(String call, int digits) {
    return "SELECT COUNT(*), MAX(r.v) FROM (VALUES 0, 500) AS l (m) LEFT JOIN (SELECT n, "
        + call
        + " AS v FROM "
        + numbers(digits)
        + ") AS r ON l.m < r.n";
  }
}
