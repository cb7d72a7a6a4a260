package io.calcitewasm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JDBC used wrongly: a SQLSTATE and a sentence, and nothing done by halves. */
class MisuseTest {
  private Connection connection;
  private Statement statement;

  @BeforeEach
  void open() throws SQLException {
    connection = DriverManager.getConnection("jdbc:calcite-wasm:");
    statement = connection.createStatement();
    statement.execute("create table t (i integer)");
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  private static SQLException failure(String sqlState, ThrowingCallable call) {
    SQLException failure = catchThrowableOfType(SQLException.class, call);
    assertThat((Throwable) failure).as("no failure").isNotNull();
    assertThat(failure.getSQLState()).as(failure.getMessage()).isEqualTo(sqlState);
    return failure;
  }

  private int count() throws SQLException {
    try (ResultSet rows = statement.executeQuery("select count(*) from t")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"insert into t values (1)", "drop table t", "create table u (i integer)"})
  void a_query_without_rows_is_not_executed(String sql) throws SQLException {
    failure("07005", () -> statement.executeQuery(sql));
    try (PreparedStatement prepared = connection.prepareStatement(sql)) {
      failure("07005", prepared::executeQuery);
    }
    assertThat(count()).isZero();
    failure("42P01", () -> statement.executeQuery("select * from u"));
  }

  @Test
  void an_update_with_rows_is_refused() throws SQLException {
    assertThat((Throwable) failure("07003", () -> statement.executeUpdate("select 1")))
        .hasMessageContaining("executeQuery");
    failure("07003", () -> statement.executeLargeUpdate("show modules"));
    try (PreparedStatement prepared = connection.prepareStatement("values 1")) {
      failure("07003", prepared::executeUpdate);
      prepared.addBatch();
      failure("07003", prepared::executeBatch);
    }
  }

  @Test
  void the_methods_that_fit_work() throws SQLException {
    assertThat(statement.executeUpdate("insert into t values (1), (2)")).isEqualTo(2);
    assertThat(statement.executeUpdate("create table u (i integer)")).isZero();
    assertThat(statement.executeUpdate("insert into t values (3)", Statement.NO_GENERATED_KEYS))
        .isEqualTo(1);
    assertThat(statement.execute("show modules")).isTrue();
    assertThat(statement.executeQuery("explain plan for select * from t").next()).isTrue();
    failure(
        "0A000",
        () -> statement.executeUpdate("insert into t values (4)", Statement.RETURN_GENERATED_KEYS));
    assertThat(count()).isEqualTo(3);
  }

  @Test
  void a_batch_tells_which_of_its_statements_failed() throws SQLException {
    statement.addBatch("insert into t values (1)");
    statement.addBatch("select 1");
    BatchUpdateException failure =
        (BatchUpdateException) failure("07003", () -> statement.executeBatch());
    assertThat((Throwable) failure).hasMessageContaining("statement 2 of the batch");
    assertThat(failure.getUpdateCounts()).containsExactly(1);
  }

  @Test
  void a_closed_connection_closes_all_that_came_from_it() throws SQLException {
    PreparedStatement prepared = connection.prepareStatement("values cast(? as integer)");
    ResultSet rows = statement.executeQuery("values 1");
    var metadata = connection.getMetaData();
    connection.close();
    failure("08003", () -> connection.createStatement());
    failure("08003", () -> connection.prepareStatement("values 1"));
    failure("08003", () -> connection.getMetaData());
    failure("08003", () -> connection.getAutoCommit());
    failure("08003", () -> connection.commit());
    failure("08003", () -> statement.executeQuery("values 1"));
    failure("08003", () -> prepared.executeQuery());
    failure("08003", () -> prepared.setInt(1, 1));
    failure("08003", () -> rows.next());
    failure("08003", () -> metadata.getTables(null, null, "%", null));
    failure("08003", () -> metadata.getFunctions(null, null, "%"));
  }

  @Test
  void a_closed_statement_says_so() throws SQLException {
    ResultSet rows = statement.executeQuery("values 1");
    statement.close();
    statement.close();
    failure("26000", () -> statement.executeQuery("values 1"));
    failure("26000", () -> statement.getUpdateCount());
    failure("24000", () -> rows.next());
    PreparedStatement prepared = connection.prepareStatement("values cast(? as integer)");
    prepared.close();
    failure("26000", () -> prepared.executeQuery());
    failure("26000", () -> prepared.setInt(1, 1));
  }

  @Test
  void a_closed_result_set_says_so() throws SQLException {
    ResultSet rows = statement.executeQuery("values 1");
    rows.next();
    rows.close();
    failure("24000", () -> rows.next());
    failure("24000", () -> rows.getInt(1));
    failure("24000", () -> rows.getInt("x"));
    failure("24000", () -> rows.wasNull());
    failure("24000", () -> rows.findColumn("x"));
  }

  @Test
  void values_exist_on_rows_alone() throws SQLException {
    ResultSet rows = statement.executeQuery("values 1");
    assertThat((Throwable) failure("24000", () -> rows.getInt(1))).hasMessageContaining("next()");
    rows.next();
    assertThat(rows.next()).isFalse();
    assertThat((Throwable) failure("24000", () -> rows.getInt(1))).hasMessageContaining("behind");
  }

  @Test
  void columns_that_do_not_exist_are_named() throws SQLException {
    ResultSet rows = statement.executeQuery("select 1 as a, 2 as b");
    rows.next();
    assertThat((Throwable) failure("07009", () -> rows.getInt(3)))
        .hasMessage("there is no column 3; the result has columns 1 to 2");
    failure("07009", () -> rows.getObject(0));
    failure("07009", () -> rows.getString(-1));
    assertThat((Throwable) failure("42703", () -> rows.getString("c")))
        .hasMessage("there is no column c; the result has a, b");
    failure("07009", () -> rows.getMetaData().getColumnName(3));
  }

  @Test
  void parameters_that_do_not_exist_are_named() throws SQLException {
    try (PreparedStatement one = connection.prepareStatement("values cast(? as integer)");
        PreparedStatement none = connection.prepareStatement("values 1")) {
      assertThat((Throwable) failure("07009", () -> one.setInt(2, 1)))
          .hasMessage("there is no parameter 2; the statement has one");
      failure("07009", () -> one.setString(0, "x"));
      failure("07009", () -> none.setInt(1, 1));
      failure("07009", () -> one.getParameterMetaData().getParameterType(2));
      failure("07002", one::executeQuery);
    }
  }

  @Test
  void what_is_not_supported_is_0A000() throws SQLException {
    failure("0A000", () -> connection.prepareCall("{call f()}"));
    failure("0A000", () -> connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE));
    failure("0A000", () -> connection.createClob());
    failure("0A000", () -> statement.getGeneratedKeys());
    ResultSet rows = statement.executeQuery("values 1");
    rows.next();
    failure("0A000", () -> rows.previous());
    try (PreparedStatement prepared = connection.prepareStatement("values cast(? as integer)")) {
      failure("0A000", () -> prepared.setRef(1, null));
      failure("0A000", () -> prepared.executeQuery("values 1"));
    }
  }

  @Test
  void streams_are_read_as_the_value_of_a_parameter() throws SQLException {
    try (PreparedStatement text = connection.prepareStatement("values cast(? as varchar)");
        PreparedStatement binary = connection.prepareStatement("values cast(? as varbinary)")) {
      text.setCharacterStream(1, new StringReader("Grüße"));
      assertThat(only(text)).isEqualTo("Grüße");
      text.setCharacterStream(1, new StringReader("Grüße"), 2);
      assertThat(only(text)).isEqualTo("Gr");
      text.setNull(1, java.sql.Types.VARCHAR, "VARCHAR");
      assertThat(only(text)).isNull();
      binary.setBinaryStream(
          1, new ByteArrayInputStream("abc".getBytes(StandardCharsets.US_ASCII)));
      assertThat(only(binary)).isEqualTo("616263");
      failure("22026", () -> text.setCharacterStream(1, new StringReader("x"), 2));
    }
  }

  private static String only(PreparedStatement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery()) {
      rows.next();
      return rows.getString(1);
    }
  }
}
