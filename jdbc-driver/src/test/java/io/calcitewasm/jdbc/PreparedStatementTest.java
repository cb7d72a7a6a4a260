package io.calcitewasm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Prepared statements: parameters, definitions, and modules that change under them. */
class PreparedStatementTest {
  private TestDatabase database;

  @BeforeEach
  void open() throws SQLException {
    database = new TestDatabase("components/text", "components/money", "fixtures/types");
  }

  @AfterEach
  void close() throws SQLException {
    database.close();
  }

  private PreparedStatement prepare(String sql) throws SQLException {
    return database.connection().prepareStatement(sql);
  }

  private static Object only(PreparedStatement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery()) {
      assertThat(rows.next()).isTrue();
      return rows.getObject(1);
    }
  }

  @Test
  void a_parameter_that_could_mean_several_functions_is_told_with_the_candidates() {
    assertThatThrownBy(() -> prepare("values types.which(?)"))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42725"))
        .hasMessageContaining("types.by_s32.which")
        .hasMessageContaining("types.by_string.which");
  }

  @Test
  void parameters_have_the_types_of_the_function() throws SQLException {
    try (PreparedStatement statement = prepare("values text.truncate(?, ?, ?)")) {
      ParameterMetaData parameters = statement.getParameterMetaData();
      assertThat(parameters.getParameterCount()).isEqualTo(3);
      assertThat(parameters.getParameterType(1)).isEqualTo(Types.VARCHAR);
      assertThat(parameters.getParameterType(2)).isEqualTo(Types.BIGINT);
      statement.setString(1, "Hello, World");
      statement.setLong(2, 6);
      statement.setNull(3, Types.VARCHAR);
      assertThat(only(statement)).isEqualTo("Hello…");
      statement.setString(3, "~");
      assertThat(only(statement)).isEqualTo("Hello~");
    }
  }

  @Test
  void null_parameters_are_nulls() throws SQLException {
    try (PreparedStatement statement = prepare("values text.slugify(?)")) {
      statement.setNull(1, Types.VARCHAR);
      assertThat(only(statement)).isNull();
    }
  }

  @Test
  void a_decimal_parameter_keeps_its_scale() throws SQLException {
    try (PreparedStatement statement = prepare("values types.id_decimal(?)")) {
      statement.setBigDecimal(1, new BigDecimal("12.3400"));
      assertThat(only(statement)).isEqualTo(new BigDecimal("12.3400"));
    }
  }

  @Test
  void a_parameter_that_does_not_fit_is_refused() throws SQLException {
    try (PreparedStatement statement = prepare("values types.id_s8(?)")) {
      statement.setInt(1, 300);
      assertState(statement, "22003");
      statement.setDouble(1, 2.7);
      assertState(statement, "22003");
      statement.setObject(1, "x");
      assertState(statement, "22018");
      statement.setObject(1, LocalDate.EPOCH);
      assertState(statement, "22023");
      statement.setObject(1, "-5");
      assertThat(only(statement)).isEqualTo((byte) -5);
    }
  }

  private static void assertState(PreparedStatement statement, String sqlState) {
    assertThatThrownBy(statement::executeQuery)
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("parameter 1 is of type TINYINT")
        .extracting(e -> ((SQLException) e).getSQLState())
        .isEqualTo(sqlState);
  }

  @Test
  void dates_and_arrays_are_taken_as_java_has_them() throws SQLException {
    try (PreparedStatement statement = prepare("values cast(types.id_date(?) as varchar)")) {
      statement.setObject(1, LocalDate.of(2024, 2, 29));
      assertThat(only(statement)).isEqualTo("2024-02-29");
    }
    try (PreparedStatement statement = prepare("values text.join(?, '-')")) {
      statement.setObject(1, List.of("a", "b"));
      assertThat(only(statement)).isEqualTo("a-b");
    }
  }

  @Test
  void a_parameter_without_value_is_refused() throws SQLException {
    try (PreparedStatement statement = prepare("values text.slugify(?)")) {
      assertThatThrownBy(statement::executeQuery)
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("parameter 1")
          .extracting(e -> ((SQLException) e).getSQLState())
          .isEqualTo("07002");
    }
  }

  @Test
  void a_definition_takes_effect_when_it_is_executed() throws SQLException {
    String create = TestDatabase.install("components/geo");
    try (PreparedStatement statement = prepare(create)) {
      assertThat(database.failure("values geo.haversine(0, 0, 0, 0)").getSQLState())
          .isEqualTo("42883");
      assertThat(statement.executeUpdate()).isZero();
      assertThat(database.value("values geo.haversine(0, 0, 0, 0)")).isEqualTo(0d);
    }
    try (PreparedStatement statement = prepare("DROP MODULE geo")) {
      assertThat(statement.execute()).isFalse();
    }
    try (PreparedStatement statement = prepare("SHOW MODULES")) {
      assertThat(statement.getMetaData().getColumnCount()).isPositive();
      try (ResultSet rows = statement.executeQuery()) {
        assertThat(Sql.rows(rows)).hasSize(3);
      }
    }
  }

  @Test
  void a_statement_is_prepared_again_when_its_module_was_replaced() throws SQLException {
    database.execute(TestDatabase.install("fixtures/types AS m"));
    try (PreparedStatement statement = prepare("values m.root_add(1, 2)")) {
      assertThat(only(statement)).isEqualTo(3);
      database.execute(
          "CREATE OR REPLACE MODULE m FROM '" + TestDatabase.file("components/text") + "'");
      assertThatThrownBy(() -> only(statement))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("m.root_add");
      database.execute(
          "CREATE OR REPLACE MODULE m FROM '" + TestDatabase.file("fixtures/types") + "'");
      assertThat(only(statement)).isEqualTo(3);
    }
  }

  @Test
  void a_running_statement_keeps_the_modules_it_began_with() throws SQLException {
    database.execute(TestDatabase.install("fixtures/types AS m"));
    try (PreparedStatement statement =
            prepare("select m.root_add(n, 1) from (values (1), (2), (3)) as t (n)");
        ResultSet rows = statement.executeQuery()) {
      assertThat(rows.next()).isTrue();
      database.execute("DROP MODULE m");
      assertThat(rows.next()).isTrue();
      assertThat(rows.getInt(1)).isEqualTo(3);
    }
  }
}
