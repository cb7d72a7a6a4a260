package io.calcitewasm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A collection that is NULL has no elements, whatever stands beside it. */
class UnnestTest {
  private static final String ROWS =
      "(values (1, array['a', 'b'], array[7]), (2, cast(null as varchar array), array[8]),"
          + " (3, array['c'], cast(null as integer array))) as t (id, s, n)";

  private static TestDatabase database;

  @BeforeAll
  static void open() throws SQLException {
    database = new TestDatabase();
  }

  @AfterAll
  static void close() throws SQLException {
    database.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "unnest(cast(null as integer array))",
        "unnest(cast(null as integer array)) with ordinality",
        "unnest(array[1, 2], cast(null as integer array))",
        "unnest(cast(null as integer multiset)) with ordinality",
        "unnest(cast(null as map<integer, varchar>)) with ordinality"
      })
  void a_collection_that_is_null_has_no_rows(String unnest) throws SQLException {
    assertThat(database.rows("select * from " + unnest)).isEmpty();
  }

  @Test
  void elements_of_other_rows_are_numbered_from_one() throws SQLException {
    assertThat(
            database.rows(
                "select id, x, i from "
                    + ROWS
                    + ", unnest(t.s) with ordinality as u (x, i) order by id, i"))
        .containsExactly(List.of(1, "a", 1), List.of(1, "b", 2), List.of(3, "c", 1));
  }

  @Test
  void rows_with_one_null_of_two_collections_have_no_pairs() throws SQLException {
    assertThat(
            database.rows(
                "select id, x, y from " + ROWS + ", unnest(t.s, t.n) as u (x, y) order by id, x"))
        .containsExactly(List.of(1, "a", 7), List.of(1, "b", 7));
  }

  @Test
  void a_sub_query_over_a_null_collection_is_empty() throws SQLException {
    assertThat(
            database.rows(
                "select id from "
                    + ROWS
                    + " where not exists (select 1 from unnest(t.s) with ordinality as u (x, i)"
                    + " where i = 1) order by id"))
        .containsExactly(List.of(2));
  }

  @Test
  void an_outer_join_keeps_the_row_of_a_null_collection() throws SQLException {
    List<List<Object>> rows =
        List.copyOf(
            database.rows(
                "select id, i from "
                    + ROWS
                    + " left join unnest(t.s) with ordinality as u (x, i) on true order by id, i"));
    assertThat(rows).hasSize(4);
    assertThat(rows.get(2).getFirst()).isEqualTo(2);
    assertThat(rows.get(2).get(1)).isNull();
  }
}
