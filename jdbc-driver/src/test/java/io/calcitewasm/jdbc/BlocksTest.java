package io.calcitewasm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Guests that take whole blocks: {@code batch-scalar}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BlocksTest {
  private static final int ROWS = 2_500;
  private static final String[] TEXTS = {
    "", "a", "ürs", "漢字", "𝄞♯", "long enough to be something"
  };

  private TestDatabase database;
  private Connection blocks;
  private Connection rowByRow;

  @BeforeAll
  void open() throws SQLException {
    database = new TestDatabase("components/blocks", "fixtures/lying-blocks AS lies");
    blocks = database.connection();
    rowByRow = database.connect("batches=false");
    database.execute(
        "CREATE TABLE t (id INT PRIMARY KEY, x DOUBLE, n INT, b BIGINT, s VARCHAR(40),"
            + " o VARCHAR(40))");
    fill(new Random(11));
  }

  /** Values at random, NULLs among them, and those that are the last of their kind. */
  private void fill(Random random) throws SQLException {
    double[] doubles = {0.0, -0.0, 1.5, Double.MAX_VALUE, Double.MIN_VALUE, -3e200};
    long[] longs = {0, -1, 7, Long.MAX_VALUE / 2, Long.MIN_VALUE / 2, 1L << 40};
    int[] ints = {0, -1, 5, Integer.MAX_VALUE, Integer.MIN_VALUE, 1000};
    try (PreparedStatement insert =
        blocks.prepareStatement("INSERT INTO t VALUES (?, ?, ?, ?, ?, ?)")) {
      for (int i = 0; i < ROWS; i++) {
        insert.setInt(1, i);
        insert.setObject(2, any(random) ? (Object) doubles[random.nextInt(6)] : null);
        insert.setObject(3, any(random) ? (Object) ints[random.nextInt(6)] : null);
        insert.setObject(4, any(random) ? (Object) longs[random.nextInt(6)] : null);
        insert.setString(5, any(random) ? TEXTS[random.nextInt(6)] : null);
        insert.setString(6, any(random) ? TEXTS[random.nextInt(6)] : null);
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static boolean any(Random random) {
    return random.nextInt(6) > 0;
  }

  @AfterAll
  void close() throws SQLException {
    database.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT id, blocks.distance(x, n) FROM t ORDER BY id",
        "SELECT blocks.clamp(n, 3, id), blocks.clamp(id, n, NULL) FROM t ORDER BY id",
        "SELECT blocks.is_even(b), blocks.is_even(id) FROM t ORDER BY id",
        "SELECT blocks.initial(s, o), blocks.initial(o, NULL) FROM t ORDER BY id",
        "SELECT blocks.plus(b, n), blocks.plus(b, 1) FROM t ORDER BY id",
        "SELECT id FROM t WHERE blocks.is_even(b) AND blocks.distance(x, 3) > 4 ORDER BY id",
        "SELECT CASE WHEN n > 3 THEN blocks.initial(s, 'none') ELSE o END FROM t ORDER BY id",
        "SELECT blocks.initial(s, o), COUNT(*), SUM(blocks.clamp(n, 0, 9)) FROM t"
            + " GROUP BY blocks.initial(s, o) ORDER BY 1, 2, 3",
        "SELECT blocks.clamp(id, 100, 200) FROM t WHERE id < 1 ORDER BY id",
        "SELECT blocks.distance(x, n) FROM t WHERE id < 0"
      })
  void a_block_answers_what_its_rows_answer(String sql) {
    assertThat(Answers.of(blocks, sql)).isEqualTo(Answers.of(rowByRow, sql));
  }

  @Test
  void an_error_names_its_row_and_those_before_it_come() {
    String sql = "SELECT blocks.plus(b * 2, b * 2) FROM t ORDER BY id";
    assertThat(Answers.of(blocks, sql)).isEqualTo(Answers.of(rowByRow, sql));
    assertThat(Answers.of(blocks, sql).getLast().toString()).contains("the sum is beyond 64 bits");
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(
            () -> {
              try (Statement statement = blocks.createStatement();
                  ResultSet row =
                      statement.executeQuery(
                          "SELECT blocks.plus(x, x) FROM (VALUES (1), (2), (9223372036854775807))"
                              + " AS v (x)")) {
                while (row.next()) {
                  assertThat(row.getLong(1)).isEqualTo(2L * row.getRow());
                }
              }
            })
        .withMessageContaining("function blocks.plus, row 3: the sum is beyond 64 bits");
  }

  @Test
  void a_block_is_one_crossing() throws SQLException {
    try (Statement statement = blocks.createStatement();
        ResultSet plan =
            statement.executeQuery("EXPLAIN ANALYZE SELECT blocks.distance(x, 1e0) FROM t")) {
      assertThat(plan.next()).isTrue();
      // 2,500 rows are called in as many resets as there were blocks
      assertThat(plan.getString(1)).containsPattern("2,500 rows in ([0-9]+) batches, 0 one by one");
      assertThat(plan.getString(1)).containsPattern("; .* [1-9]?[0-9] resets");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          falling_offsets(s)  | goes
          offsets_beyond(s)   | goes to byte
          offsets_missing(s)  | offsets, one more than rows are needed
          half_characters(s)  | is no UTF-8
          rows_missing(b)     | values
          validity_beyond(b)  | bytes of validity
          unexpected_null(b)  | its row 2 is NULL, which the function never answers
          other_kind(b)       | it is a column of float64s, not of int64s
          out_of_range(id)    | its row 2 is 1000, out of range
          """)
  void a_block_that_lies_is_one_error_and_the_connection_goes_on(String call, String words)
      throws SQLException {
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(
            () -> {
              try (Statement statement = blocks.createStatement();
                  ResultSet row =
                      statement.executeQuery(
                          "SELECT lies." + call + " FROM t WHERE id < 100 ORDER BY id")) {
                while (row.next()) {
                  assertThat(row.getRow()).isPositive();
                }
              }
            })
        .withMessageContaining("module lies 0.1.0, function lies." + call.split("\\(", 2)[0])
        .withMessageContaining("the form for blocks has answered what is no column for")
        .withMessageContaining(words)
        .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("38W02"));
    assertThat(Answers.of(blocks, "SELECT COUNT(lies.trapping(id)) FROM t"))
        .containsExactly(List.of(String.valueOf(ROWS)));
  }

  @Test
  void rows_are_called_where_the_form_for_blocks_traps() {
    String sql = "SELECT lies.trapping(b) FROM t ORDER BY id";
    assertThat(Answers.of(blocks, sql)).isEqualTo(Answers.of(rowByRow, sql));
  }
}
