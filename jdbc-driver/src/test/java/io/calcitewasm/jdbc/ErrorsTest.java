package io.calcitewasm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.calcitewasm.adapter.session.SqlFailure;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nonsense in SQL gets one exception with SQLSTATE, place and a sentence that helps. */
class ErrorsTest {
  private static TestDatabase database;

  private static Connection rowByRow;

  @BeforeAll
  static void open() throws SQLException {
    database = new TestDatabase("components/text", "components/money", "fixtures/types");
    rowByRow = DriverManager.getConnection("jdbc:calcite-wasm:batches=false");
    try (Statement statement = rowByRow.createStatement()) {
      statement.execute(TestDatabase.install("fixtures/types"));
    }
  }

  @AfterAll
  static void close() throws SQLException {
    rowByRow.close();
    database.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          values text.slugfy('a')          | 42883 | did you mean text.slugify?
          values txt.slugify('a')          | 42883 | there is no module txt; installed are
          values text.qqqqqqqq('a')        | 42883 | wasm.functions lists
          values slugify('a')              | 42883 | did you mean text.slugify?
          values qqqqqqqq('a')             | 42883 | no function qqqqqqqq; wasm.functions lists
          values upper('a', 'b')           | 42883 | Invalid number of arguments
          create module m from ''          | 22023 | FROM '' names no file
          create module "" from 'x'        | 42601 | a quoted name cannot be empty
          create module m from '../guest-sdk/components/text/text.component.wasm' with (memory => '9GB') | 22023 | from 64 KB to 4 GB, not 9 GB
          values text.slugify('a', 'b')    | 42883 | candidates: text.strings.slugify(s VARCHAR)
          values text.slugify(1)           | 42883 | no function text.slugify(INTEGER)
          values text.nothing.slugify('a') | 42883 | no function text.nothing.slugify
          values types.id_s8(300)          | 22003 | 300
          values types.id_u8(-1)           | 22003 | -1
          values types.id_colour('mauve')  | 22023 | mauve
          values types.id_char('ab')       | 22001 | 'ab'
          values types.id_s32(default)     | 0A000 | no default
          select * from table(text.split('a b', ' ')) | 42809 | text.split is no table function
          values types.same('x')           | 42725 | types.clash_one.same, types.clash_two.same
          values types.id_option_option(1) | WM004 | option
          values types.err_text(true)      | 38000 | types
          values money.parse_money('x')    | 22018 | module money
          """)
  void names_what_is_wrong(String sql, String sqlState, String words) {
    SQLException failure = database.failure(sql);
    assertThat(failure.getSQLState()).as(failure.getMessage()).isEqualTo(sqlState);
    assertThat((Throwable) failure).hasMessageContaining(words);
    assertThat((Throwable) failure.getNextException()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          selec 1                                | 42601
          select 1 from                          | 42601
          select x from (values (1)) as t (y)    | 42703
          select * from nowhere                  | 42P01
          select 1 / 0                           | 22012
          select cast('x' as integer)            | 22018
          values true + date '2024-01-01'        | 42804
          drop module nobody                     | 42704
          drop table nobody                      | 42P01
          """)
  void ordinary_errors_have_their_states_too(String sql, String sqlState) {
    SQLException failure = database.failure(sql);
    assertThat(failure.getSQLState()).as(failure.getMessage()).isEqualTo(sqlState);
  }

  @Test
  void tells_line_and_column() {
    SqlFailure failure = (SqlFailure) database.failure("select 1,\n  text.slugfy('a')");
    assertThat(failure.line()).isEqualTo(2);
    assertThat(failure.column()).isEqualTo(8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"create view v as ", "create table v as "})
  void tells_line_and_column_within_a_definition(String definition) {
    SqlFailure failure =
        (SqlFailure) database.failure(definition + "\n  select 1, text.slugfy('a')");
    assertThat(failure.line()).isEqualTo(2);
    assertThat(failure.column()).isEqualTo(18);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select 1,\n  types.err_text(x) from (values (true)) as t (x)",
        "select 1,\n  types.err_text(true) from (values (1), (2)) as t (x)",
        "select *\n  from (values (true)) as t (x) where x and types.err_text(x)",
        "select x, y\n  from (values (true)) as t (x)"
            + " left join (values (false)) as u (y) on types.err_text(x or y)",
        "select *\n  from (values (true)) as t (x) order by types.err_text(x)"
      })
  void tells_line_and_column_of_a_call_that_fails(String sql) throws SQLException {
    int call = sql.lines().toList().get(1).indexOf("err_text") + 1;
    for (Connection connection : List.of(database.connection(), rowByRow)) {
      try (Statement statement = connection.createStatement()) {
        SqlFailure failure =
            catchThrowableOfType(SqlFailure.class, () -> Sql.rows(statement.executeQuery(sql)));
        assertThat(failure.getSQLState()).as(failure.getMessage()).isEqualTo("38000");
        assertThat(List.of(failure.line(), failure.column())).isEqualTo(List.of(2, call));
      }
    }
  }

  /** The user does not see the text that it stands in. */
  @Test
  void tells_no_place_of_a_call_in_a_view_or_in_a_query_that_was_written_anew()
      throws SQLException {
    database.execute(
        "create view v_fails as select types.err_text(x) as y from (values (true)) as t (x)");
    for (String sql :
        List.of(
            "select y from v_fails",
            "explain analyze select types.err_text(x) from (values (true)) as t (x)",
            "create table t_fails as select types.err_text(x) as y from (values (true)) as t (x)")) {
      SqlFailure failure = (SqlFailure) database.failure(sql);
      assertThat(failure.getSQLState()).as(failure.getMessage()).isEqualTo("38000");
      assertThat(failure.line()).as(sql).isEqualTo(SqlFailure.NO_POSITION);
    }
    SqlFailure failure =
        (SqlFailure) database.failure("select y,\n types.err_text(y = '') from v_fails");
    assertThat(failure.line()).isEqualTo(SqlFailure.NO_POSITION);
  }

  @Test
  void a_failure_names_module_version_and_function() {
    assertThat((Throwable) database.failure("values types.number_or_text(true)"))
        .hasMessageContaining("module types")
        .hasMessageContaining("number_or_text");
  }

  @Test
  void the_connection_lives_on() throws SQLException {
    database.failure("values text.slugfy('a')");
    assertThat(database.value("values text.slugify('A b')")).isEqualTo("a-b");
  }
}
