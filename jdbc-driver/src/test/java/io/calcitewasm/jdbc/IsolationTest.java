package io.calcitewasm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** No call sees what another call left behind. */
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
}
