package io.calcitewasm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long state lives: for no longer than a call, unless the module was created otherwise. */
class IsolationTest {
  private TestDatabase database;

  @BeforeEach
  void open() throws SQLException {
    database = new TestDatabase("fixtures/state");
  }

  @AfterEach
  void close() throws SQLException {
    database.close();
  }

  @Test
  void a_static_counter_begins_anew_for_every_row() throws SQLException {
    assertThat(database.rows("select state.next_of(n) from (values (1), (2), (3)) as t (n)"))
        .containsExactly(List.of(1L), List.of(1L), List.of(1L));
  }

  @Test
  void two_calls_in_a_row_do_not_see_each_other() throws SQLException {
    assertThat(database.rows("values (state.remember('x'), state.recall(), state.next())"))
        .first()
        .satisfies(row -> assertThat(row.getFirst()).isEqualTo(1L));
    assertThat(database.value("values cardinality(state.recall())")).isEqualTo(0);
  }

  @Test
  void a_trap_leaves_nothing_behind() throws SQLException {
    assertThat(database.failure("values state.next_and_trap(1)").getSQLState()).isEqualTo("38W01");
    assertThat(database.value("values state.next()")).isEqualTo(1L);
  }

  @Test
  void a_grown_heap_is_gone_with_its_call() throws SQLException {
    assertThat(
            database.value(
                "select max(cast(state.hoard(n) as bigint))"
                    + " from (values (1000000), (1000000)) as t (n)"))
        .isEqualTo(1_000_000L);
  }

  private void install(String name, String isolation) throws SQLException {
    database.execute(
        "create or replace module "
            + name
            + " from '"
            + TestDatabase.file("fixtures/state")
            + "' isolation "
            + isolation);
  }

  @Test
  void under_statement_state_lives_for_the_statement() throws SQLException {
    install("counter", "statement");
    for (int i = 0; i < 2; i++) {
      assertThat(
              database.rows(
                  "select counter.next_of(n), counter.next() from (values (1), (2)) as t (n)"))
          .containsExactly(List.of(1L, 2L), List.of(3L, 4L));
    }
  }

  @Test
  void state_is_seen_row_by_row_however_rows_are_batched() throws SQLException {
    install("counter", "statement");
    database.execute("create table many (n bigint not null)");
    database.execute("insert into many values (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)");
    String rows = "(select a.n as n from many a, many b, many c) t";
    List<List<Object>> expected = new ArrayList<>();
    for (long row = 1; row <= 1_000; row++) {
      expected.add(List.of(row));
    }
    assertThat(database.rows("select counter.next_of(n) from " + rows)).isEqualTo(expected);
    assertThat(database.value("explain plan for select counter.next_of(n) from " + rows))
        .asString()
        .contains("ModuleCalc");
    String twice = "select counter.next_of(n), counter.next_of(n + 1) from " + rows;
    expected.replaceAll(row -> List.of(2 * (long) row.getFirst() - 1, 2 * (long) row.getFirst()));
    assertThat(database.rows(twice)).isEqualTo(expected);
    assertThat(database.value("explain plan for " + twice)).asString().doesNotContain("ModuleCalc");
    database.execute("drop table many");
  }

  @Test
  void functions_can_have_an_isolation_of_their_own() throws SQLException {
    install("counter", "statement for (next_of), session for (memory.next)");
    String sql =
        "select counter.next_of(n), counter.next(), counter.poke(1, n), counter.hoard(8)"
            + " from (values (1), (2)) as t (n)";
    for (long i = 0; i < 2; i++) {
      assertThat(database.rows(sql))
          .containsExactly(
              List.of(1L, 2 * i + 1, 0, new BigDecimal(8)),
              List.of(2L, 2 * i + 2, 0, new BigDecimal(8)));
    }
    assertThat(
            database.rows(
                "select name, isolation, \"deterministic\" from wasm.functions"
                    + " where module = 'counter' and name in ('next', 'next_of', 'poke')"))
        .containsExactlyInAnyOrder(
            List.of("next", "SESSION", false),
            List.of("next_of", "STATEMENT", false),
            List.of("poke", "CALL", true));
    assertThat(String.valueOf(database.value("explain plan for " + sql)))
        .contains("isolation=[counter CALL]");
  }

  @Test
  void an_isolation_of_a_function_is_altered_and_rolled_back() throws SQLException {
    install("counter", "statement for (next_of)");
    String twice = "select counter.next_of(n) from (values (1), (2)) as t (n)";
    database.execute("alter module counter set (isolation = call for (next_of), memory = '32MB')");
    assertThat(database.rows(twice)).containsExactly(List.of(1L), List.of(1L));
    database.execute("alter module counter set (isolation = session, call for (poke))");
    assertThat(database.rows(twice)).containsExactly(List.of(1L), List.of(1L));
    assertThat(database.value("values counter.next()")).isEqualTo(1L);
    assertThat(database.value("values counter.next()")).isEqualTo(2L);
    database.execute("alter module counter rollback to version 1");
    assertThat(database.rows(twice)).containsExactly(List.of(1L), List.of(2L));
  }

  @Test
  void an_isolation_of_its_own_is_refused_to_what_has_none() {
    SQLException unknown = failureOfInstall("fixtures/state", "statement for (nix)");
    assertThat(unknown.getSQLState()).isEqualTo("42883");
    assertThat(unknown.getMessage()).contains("no function nix");
    assertThat(failureOfInstall("components/stats", "session for (median)").getMessage())
        .contains("aggregates, cursors");
  }

  private SQLException failureOfInstall(String guest, String isolation) {
    return database.failure(
        "create module refused from '" + TestDatabase.file(guest) + "' isolation " + isolation);
  }

  @Test
  void equal_calls_are_made_each_where_state_outlives_them() throws SQLException {
    install("counter", "statement");
    assertThat(database.rows("values (counter.next(), counter.next())"))
        .containsExactly(List.of(1L, 2L));
    assertThat(
            database.rows(
                "select coalesce(counter.next_of(n), 0), counter.next()"
                    + " from (values (7), (7)) as t (n)"))
        .containsExactly(List.of(1L, 2L), List.of(3L, 4L));
    assertThat(
            database.rows(
                "select counter.next_of(n), count(*) from (values (7), (7)) as t (n)"
                    + " group by counter.next_of(n) order by 1"))
        .containsExactly(List.of(1L, 1L), List.of(2L, 1L));
  }

  @Test
  void rows_that_are_read_in_turns_are_of_statements_of_their_own() throws SQLException {
    install("counter", "statement");
    String sql = "select counter.next_of(n) from (values (1), (2), (3)) as t (n)";
    try (Statement one = database.connection().createStatement();
        Statement other = database.connection().createStatement();
        ResultSet ofOne = one.executeQuery(sql);
        ResultSet ofOther = other.executeQuery(sql)) {
      for (long row = 1; row <= 3; row++) {
        assertThat(ofOne.next()).isTrue();
        assertThat(ofOne.getLong(1)).isEqualTo(row);
        assertThat(ofOther.next()).isTrue();
        assertThat(ofOther.getLong(1)).isEqualTo(row);
      }
    }
  }

  @Test
  void under_session_state_lives_for_the_connection() throws SQLException {
    String url = "jdbc:calcite-wasm:mem=isolation";
    try (Connection one = DriverManager.getConnection(url);
        Connection other = DriverManager.getConnection(url)) {
      try (Statement statement = one.createStatement()) {
        statement.execute(
            "create module counter from '"
                + TestDatabase.file("fixtures/state")
                + "' isolation session");
      }
      assertThat(next(one)).isEqualTo(1L);
      assertThat(next(one)).isEqualTo(2L);
      assertThat(next(other)).isEqualTo(1L);
      assertThat(next(one)).isEqualTo(3L);
    }
  }

  private static long next(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("values counter.next()")) {
      assertThat(rows.next()).isTrue();
      return rows.getLong(1);
    }
  }

  @Test
  void a_trap_and_a_replacement_end_the_state_of_a_session() throws SQLException {
    install("counter", "session");
    assertThat(next(database.connection())).isEqualTo(1L);
    assertThat(database.failure("values counter.next_and_trap(1)").getSQLState())
        .isEqualTo("38W01");
    assertThat(next(database.connection())).isEqualTo(1L);
    assertThat(next(database.connection())).isEqualTo(2L);
    install("counter", "session");
    assertThat(next(database.connection())).isEqualTo(1L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"call", "statement", "session"})
  void a_guest_that_does_not_end_is_stopped(String isolation) throws Exception {
    database.execute(
        "create or replace module evil from '"
            + TestDatabase.file("fixtures/evil")
            + "' isolation "
            + isolation);
    try (Statement statement = database.connection().createStatement()) {
      CompletableFuture<SQLException> spin =
          CompletableFuture.supplyAsync(
              () ->
                  catchThrowableOfType(
                      SQLException.class,
                      () -> Sql.rows(statement.executeQuery("values evil.spin()"))));
      Thread.sleep(500);
      assertThat(spin).isNotDone();
      statement.cancel();
      assertThat(spin.get(20, TimeUnit.SECONDS).getSQLState()).isEqualTo("57014");
    }
    assertThat(database.value("values evil.trap_if_negative(5)")).isEqualTo(5);
  }
}
