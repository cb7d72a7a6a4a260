package io.calcitewasm.jdbc;

import static io.calcitewasm.jdbc.Sql.assertFails;
import static io.calcitewasm.jdbc.Sql.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Functions of any arguments: {@code dynamic-scalar}. */
class DynamicFunctionsTest {
  private Connection connection;
  private Statement statement;

  @BeforeEach
  void connect() throws SQLException {
    connection = DriverManager.getConnection("jdbc:calcite-wasm:");
    statement = connection.createStatement();
    statement.execute(TestDatabase.install("components/poly"));
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  private List<@Nullable Object> column(String sql) throws SQLException {
    return Sql.column(connection, sql);
  }

  @Test
  void the_result_has_the_type_that_the_arguments_have_in_common() throws SQLException {
    record Case(String arguments, int type, Object value) {}
    for (Case each :
        List.of(
            new Case("CAST(NULL AS SMALLINT), CAST(7 AS INTEGER)", Types.INTEGER, 7),
            new Case("CAST(NULL AS INTEGER), CAST(7 AS BIGINT)", Types.BIGINT, 7L),
            new Case("7, 2.50", Types.DECIMAL, new BigDecimal("7.00")),
            new Case("7, 1e0", Types.DOUBLE, 7.0),
            new Case("NULL, 'text'", Types.VARCHAR, "text"),
            new Case("NULL, TRUE", Types.BOOLEAN, true),
            new Case("NULL, DATE '2024-02-29'", Types.DATE, java.sql.Date.valueOf("2024-02-29")))) {
      try (ResultSet row =
          statement.executeQuery("SELECT poly.coalesce_any(" + each.arguments + ")")) {
        assertThat(row.getMetaData().getColumnType(1)).as(each.arguments).isEqualTo(each.type);
        assertThat(row.next()).isTrue();
        assertThat(row.getObject(1)).as(each.arguments).isEqualTo(each.value);
      }
    }
  }

  @Test
  void nulls_reach_the_guest() throws SQLException {
    assertThat(
            column(
                "SELECT poly.coalesce_any(a, b, 9) FROM"
                    + " (VALUES (1, 2), (NULL, 3), (NULL, NULL)) AS t (a, b)"))
        .containsExactly(1, 3, 9);
    assertThat(column("SELECT poly.coalesce_any(CAST(NULL AS INT))"))
        .containsExactly((Object) null);
  }

  @Test
  void any_number_of_arguments_of_any_types_makes_json() throws SQLException {
    assertThat(
            column(
                "SELECT poly.json_object('i', 1, 'n', NULL, 'd', -0.05, 'f', 1.5e0, 't', 'a\"b',"
                    + " 'b', TRUE, 'x', x'cafe', 'day', DATE '2024-02-29', 'at', TIME '10:20:30',"
                    + " 'ts', TIMESTAMP '1969-12-31 23:59:59.5', 'm', INTERVAL '1-2' YEAR TO MONTH,"
                    + " 's', INTERVAL '1 02:03:04.5' DAY TO SECOND)"))
        .containsExactly(
            "{\"i\":1,\"n\":null,\"d\":-0.05,\"f\":1.5,\"t\":\"a\\\"b\",\"b\":true,\"x\":\"cafe\","
                + "\"day\":\"2024-02-29\",\"at\":\"10:20:30\",\"ts\":\"1969-12-31T23:59:59.5\","
                + "\"m\":\"P14M\",\"s\":\"PT93784.5S\"}");
    assertThat(column("SELECT poly.json_array()")).containsExactly("[]");
  }

  @Test
  void the_guest_sees_the_declared_types() throws SQLException {
    assertThat(
            column(
                "SELECT poly.type_names(1, CAST(1 AS SMALLINT), CAST('x' AS VARCHAR(7)), 2.5,"
                    + " CURRENT_DATE, NULL)"))
        .containsExactly("INTEGER, SMALLINT, VARCHAR(7), DECIMAL(2, 1), DATE, ANY");
  }

  @Test
  void each_call_of_a_statement_has_a_handle_of_its_own() throws SQLException {
    assertThat(
            column(
                "SELECT poly.json_array(poly.coalesce_any(a, 0), poly.coalesce_any(b, 'none'))"
                    + " FROM (VALUES (1, 'x'), (NULL, NULL)) AS t (a, b)"
                    + " WHERE poly.coalesce_any(a, 0) >= 0 ORDER BY poly.coalesce_any(a, 5)"))
        .containsExactly("[1,\"x\"]", "[0,\"none\"]");
  }

  @Test
  void they_stand_in_views_aggregates_and_prepared_statements() throws SQLException {
    statement.execute("CREATE TABLE t (id INT PRIMARY KEY, d DECIMAL(10, 2))");
    statement.execute("INSERT INTO t VALUES (1, 1.5), (2, NULL)");
    statement.execute("CREATE VIEW v AS SELECT id, poly.coalesce_any(d, id) AS c FROM t");
    assertThat(column("SELECT SUM(c) FROM v")).containsExactly(new BigDecimal("3.50"));
    try (PreparedStatement prepared =
        connection.prepareStatement(
            "SELECT poly.json_array(id, CAST(? AS VARCHAR)) FROM t ORDER BY id")) {
      for (String value : List.of("a", "b")) {
        prepared.setString(1, value);
        try (ResultSet row = prepared.executeQuery()) {
          assertThat(row.next()).isTrue();
          assertThat(row.getString(1)).isEqualTo("[1,\"" + value + "\"]");
        }
      }
    }
    assertFails(connection, "DROP MODULE poly", "2BP01", "view v");
  }

  @Test
  void what_the_guest_does_not_take_is_told_with_its_place() {
    assertFails(
        connection,
        "SELECT poly.coalesce_any(1, 'x')",
        "22023",
        "argument 2 is VARCHAR",
        "coalesce_any");
    assertFails(
        connection, "SELECT poly.json_object('a')", "22023", "names and values come in pairs");
    assertFails(connection, "SELECT poly.coalesce_any(ARRAY[1])", "42804", "scalars only");
    assertFails(connection, "SELECT poly.coalesce_any(x => 1)", "0A000", "by position");
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(() -> connection.prepareStatement("SELECT poly.json_object('a')").close())
        .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("22023"));
  }

  @Test
  void an_error_of_a_row_is_the_statements() throws SQLException {
    assertFails(
        connection,
        "SELECT poly.json_object(n, 1) FROM (VALUES ('a'), (NULL)) AS t (n)",
        "22004",
        "a name is NULL",
        "poly.json_object");
    assertThat(column("SELECT poly.json_array(1)")).containsExactly("[1]");
  }

  @Test
  void the_catalogue_lists_them() throws SQLException {
    try (ResultSet row = connection.getMetaData().getFunctionColumns(null, "poly", "%", "%")) {
      assertThat(row.next()).isFalse();
    }
    assertThat(
            column(
                "SELECT signature FROM wasm.functions WHERE module = 'poly' AND kind = 'dynamic'"
                    + " ORDER BY 1"))
        .containsExactly("coalesce_any(…)", "json_array(…)", "json_object(…)", "type_names(…)");
  }

  @Test
  void those_that_are_deterministic_are_folded_and_equal_calls_are_one() throws SQLException {
    statement.execute("CREATE TABLE t (id INT PRIMARY KEY, s VARCHAR)");
    statement.execute("INSERT INTO t VALUES (1, '[1]'), (2, '[2]'), (3, NULL)");
    String folded = "SELECT id FROM t WHERE s = poly.json_array(2)";
    assertThat(plan(connection, folded)).contains("'[2]')])").doesNotContain("json_array(");
    assertThat(column(folded)).containsExactly(2);
    assertThat(
            plan(connection, "SELECT poly.json_array(id) || poly.json_array(id) FROM t")
                .split("json_array\\(", -1))
        .hasSize(2);
  }

  @Test
  void other_conditions_come_first() throws SQLException {
    statement.execute("CREATE TABLE t (id INT PRIMARY KEY, s VARCHAR)");
    statement.execute("INSERT INTO t VALUES (1, 'a'), (2, NULL), (3, 'b')");
    // of a NULL as a name the guest makes an error
    String sql = "SELECT id FROM t WHERE poly.json_object(s, 1) <> '' AND s IS NOT NULL";
    assertThat(plan(connection, sql)).contains("JdbcFilter(condition=[IS NOT NULL($1)])");
    assertThat(column(sql)).containsExactlyInAnyOrder(1, 3);
  }
}
