package io.calcitewasm.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is compared does the same. */
class QueryTest {
  private static final int ROWS = 500;

  @ParameterizedTest
  @EnumSource(Called.class)
  void guestsAnswerWhatTheirJavaPeersAnswer(Called called) throws Exception {
    try (Query java = Query.open(called, Variant.STATIC_JAVA);
        Query wasm = Query.open(called, Variant.CALL)) {
      java.setRows(ROWS);
      wasm.setRows(ROWS);
      assertThat(wasm.run()).isNotNull().isEqualTo(java.run());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ADD, PER_ROW",
    "PARSE_MONEY, PER_ROW",
    "WRITE_17_PAGES, FRESH_INSTANCE",
    "LEVENSHTEIN, FRESH_INSTANCE",
    "WRITE_17_PAGES, FRESH_CONTEXT",
    "SLUGIFY, FRESH_CONTEXT",
    "GCD, CHICORY",
    "SLUGIFY, CHICORY",
    "LEVENSHTEIN, CHICORY",
    "PARSE_MONEY, CHICORY",
  })
  void everyOtherWayGivesTheSameAnswer(Called called, Variant variant) throws Exception {
    try (Query java = Query.open(called, Variant.STATIC_JAVA);
        Query other = Query.open(called, variant)) {
      java.setRows(ROWS);
      other.setRows(ROWS);
      assertThat(other.run()).isNotNull().isEqualTo(java.run());
    }
  }

  @ParameterizedTest
  @CsvSource({"CALL, 1", "STATEMENT, 300"})
  void isolationDecidesWhatTheStatefulGuestRemembers(Variant variant, long lastCount)
      throws Exception {
    try (Query java = Query.open(Called.WRITE_17_PAGES, Variant.STATIC_JAVA);
        Query wasm = Query.open(Called.WRITE_17_PAGES, variant)) {
      java.setRows(300);
      wasm.setRows(300);
      // Java counts 1 for each row, a guest that remembers 1 to 300.
      long more = lastCount == 1 ? 0 : 300 * 301 / 2 - 300;
      assertThat(sum(wasm) - sum(java)).isEqualTo(more);
    }
  }

  private static long sum(Query query) throws SQLException {
    return Long.parseLong(String.valueOf(query.run()));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "65536, 65536", "200000, 200000"})
  void aScanHasAsManyRowsAsItIsTold(long rows, long counted) {
    BenchmarkRows table = new BenchmarkRows(rows);
    assertThat(table.scan(new NoContext()).longCount()).isEqualTo(counted);
  }
}
