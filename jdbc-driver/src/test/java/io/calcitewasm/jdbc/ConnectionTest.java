package io.calcitewasm.jdbc;

import static io.calcitewasm.jdbc.Sql.rows;
import static io.calcitewasm.jdbc.Sql.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import org.apache.calcite.jdbc.CalciteConnection;
import org.apache.calcite.schema.SchemaPlus;
import org.apache.calcite.schema.impl.AbstractSchema;
import org.apache.calcite.schema.impl.ScalarFunctionImpl;
import org.apache.calcite.schema.lookup.LikePattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** URLs, what lives how long, and what is refused. */
class ConnectionTest {
  private static Connection open(String suffix) throws SQLException {
    return DriverManager.getConnection("jdbc:calcite-wasm:" + suffix);
  }

  private static String createText() {
    return TestDatabase.install("components/text");
  }

  @Test
  void without_a_name_a_database_is_private() throws SQLException {
    try (Connection one = open("");
        Connection two = open("")) {
      run(one, createText());
      assertThat(rows(one, "SHOW MODULES")).hasSize(1);
      assertThat(rows(two, "SHOW MODULES")).isEmpty();
    }
  }

  @Test
  void a_property_without_a_value_is_refused() {
    assertThatThrownBy(() -> open("mem=x;timeZone").close())
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08001"))
        .hasMessageContaining("timeZone");
  }

  @Test
  void a_statement_of_no_text_is_refused() throws SQLException {
    try (Connection connection = open("");
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.execute(null))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42601"));
    }
  }

  @Test
  void schemas_that_an_application_adds_stay_while_definitions_change() throws SQLException {
    try (Connection connection = open("")) {
      SchemaPlus root = connection.unwrap(CalciteConnection.class).getRootSchema();
      root.add("app", new AbstractSchema());
      root.subSchemas().get("app").add("answer", ScalarFunctionImpl.create(Answer.class, "answer"));
      run(connection, createText());
      assertThat(rows(connection, "values text.slugify('A ' || \"app\".\"answer\"())"))
          .isEqualTo(List.of(List.of("a-42")));
      assertThat(root.subSchemas().getNames(LikePattern.any())).contains("app", "PUBLIC", "wasm");
      assertThatThrownBy(() -> run(connection, createText().replace("text FROM", "app FROM")))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42P06"));
      assertThatThrownBy(() -> root.add("WASM", new AbstractSchema()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("WASM");
    }
  }

  /** A function of an embedding application. */
  public static final class Answer {
    /** No state. */
    private Answer() {}

    /** The answer. */
    public static String answer() {
      return "42";
    }
  }

  @Test
  void a_named_database_is_shared_until_its_last_connection_closes() throws SQLException {
    try (Connection one = open("mem=shared");
        Connection two = open("mem=shared")) {
      run(one, createText());
      assertThat(rows(two, "values text.slugify('A b')")).isEqualTo(List.of(List.of("a-b")));
    }
    try (Connection again = open("mem=shared")) {
      assertThat(rows(again, "SHOW MODULES")).isEmpty();
    }
  }

  @Test
  void a_file_keeps_modules_tables_and_views(@TempDir Path folder) throws SQLException {
    String url = "file=" + folder.resolve("db");
    try (Connection first = open(url)) {
      run(first, createText());
      run(first, "create table t (s varchar(20))");
      run(first, "insert into t values ('Ä b')");
      run(first, "create view v as select text.slugify(s) as slug from t");
    }
    try (Connection second = open(url)) {
      assertThat(rows(second, "select slug from v")).isEqualTo(List.of(List.of("a-b")));
      assertThat(rows(second, "select name from wasm.modules")).isEqualTo(List.of(List.of("text")));
    }
  }

  @Test
  void unknown_properties_are_refused() {
    assertThatThrownBy(() -> open("mem=x;colour=red"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("colour")
        .hasMessageContaining("known are")
        .extracting(e -> ((SQLException) e).getSQLState())
        .isEqualTo("08001");
  }

  @Test
  void mem_and_file_exclude_each_other() {
    SQLException failure = catchThrowableOfType(SQLException.class, () -> open("mem=x;file=y"));
    assertThat(failure.getSQLState()).isEqualTo("08001");
  }

  @Test
  void an_empty_name_is_refused_and_opens_no_other_database() {
    for (String nothing : List.of("file=", "mem=")) {
      SQLException failure = catchThrowableOfType(SQLException.class, () -> open(nothing));
      assertThat(failure.getSQLState()).as(nothing).isEqualTo("08001");
    }
  }

  @Test
  void a_file_in_a_folder_that_does_not_exist_is_refused_and_makes_none(@TempDir Path folder) {
    Path missing = folder.resolve("no/such");
    SQLException failure =
        catchThrowableOfType(SQLException.class, () -> open("file=" + missing.resolve("db")));
    assertThat(failure.getSQLState()).isEqualTo("08001");
    assertThat((Throwable) failure).hasMessageContaining("there is no folder " + missing);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void a_folder_is_no_database(@TempDir Path folder) {
    SQLException failure = catchThrowableOfType(SQLException.class, () -> open("file=" + folder));
    assertThat(failure.getSQLState()).isEqualTo("08001");
    assertThat((Throwable) failure).hasMessageContaining("is a folder; name the database in it");
  }

  @Test
  void a_schema_that_does_not_exist_is_refused() {
    SQLException failure = catchThrowableOfType(SQLException.class, () -> open("schema=nowhere"));
    assertThat(failure.getSQLState()).isEqualTo("3F000");
    assertThat((Throwable) failure).hasMessageContaining("nowhere");
  }

  @Test
  void properties_may_stand_beside_the_url() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", "ada");
    try (Connection connection = DriverManager.getConnection("jdbc:calcite-wasm:", properties)) {
      assertThat(rows(connection, "values user")).isEqualTo(List.of(List.of("ada")));
    }
  }

  @Test
  void a_closed_connection_says_so() throws SQLException {
    Connection connection = open("");
    connection.close();
    connection.close();
    assertThat(connection.isClosed()).isTrue();
    assertThatThrownBy(connection::createStatement)
        .isInstanceOf(SQLException.class)
        .extracting(e -> ((SQLException) e).getSQLState())
        .isEqualTo("08003");
  }
}
