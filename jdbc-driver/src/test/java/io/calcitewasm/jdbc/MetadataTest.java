package io.calcitewasm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What tools learn through {@link DatabaseMetaData}. */
class MetadataTest {
  private static TestDatabase database;

  @BeforeAll
  static void open() throws SQLException {
    database = new TestDatabase("components/text", "fixtures/types");
    database.execute("create table album (id integer not null primary key, title varchar(100))");
    database.execute("create view slugs as select id, text.slugify(title) as slug from album");
  }

  @AfterAll
  static void close() throws SQLException {
    database.close();
  }

  private static DatabaseMetaData metadata() throws SQLException {
    return database.connection().getMetaData();
  }

  private static List<String> column(ResultSet rows, String name) throws SQLException {
    List<String> values = new ArrayList<>();
    try (rows) {
      while (rows.next()) {
        values.add(rows.getString(name));
      }
    }
    return values;
  }

  @Test
  void functions_stand_in_the_schema_of_their_module() throws SQLException {
    assertThat(column(metadata().getFunctions(null, "text", "%ify"), "FUNCTION_NAME"))
        .containsExactly("slugify");
    assertThat(column(metadata().getFunctions(null, "text", "slugify"), "REMARKS"))
        .first()
        .asString()
        .contains("For URLs");
    assertThat(column(metadata().getFunctions(null, "nothing", "%"), "FUNCTION_NAME")).isEmpty();
  }

  @Test
  void functions_without_sql_form_are_not_told() throws SQLException {
    assertThat(column(metadata().getFunctions(null, "types", "%"), "FUNCTION_NAME"))
        .contains("id_option_s32")
        .doesNotContain("id_option_option");
  }

  @Test
  void function_columns_are_the_result_and_the_parameters() throws SQLException {
    try (ResultSet columns = metadata().getFunctionColumns(null, "text", "levenshtein", "%")) {
      List<String> told = new ArrayList<>();
      while (columns.next()) {
        told.add(
            columns.getInt("ORDINAL_POSITION")
                + " "
                + columns.getString("COLUMN_NAME")
                + " "
                + columns.getInt("COLUMN_TYPE")
                + " "
                + columns.getInt("DATA_TYPE"));
      }
      assertThat(told)
          .containsExactly(
              "0  " + DatabaseMetaData.functionReturn + " " + Types.BIGINT,
              "1 a " + DatabaseMetaData.functionColumnIn + " " + Types.VARCHAR,
              "2 b " + DatabaseMetaData.functionColumnIn + " " + Types.VARCHAR);
    }
  }

  @Test
  void tables_views_and_system_tables_are_told() throws SQLException {
    String[] types = {"TABLE", "VIEW"};
    assertThat(column(metadata().getTables(null, null, "%", types), "TABLE_NAME"))
        .map(String::toLowerCase)
        .contains("album", "slugs");
    assertThat(column(metadata().getTables(null, "wasm", "%", null), "TABLE_NAME"))
        .containsExactlyInAnyOrder("engine", "functions", "modules");
  }

  @Test
  void columns_have_their_types() throws SQLException {
    assertThat(column(metadata().getColumns(null, null, "slugs", "%"), "COLUMN_NAME"))
        .map(String::toLowerCase)
        .containsExactly("id", "slug");
  }

  @Test
  void schemas_include_modules() throws SQLException {
    assertThat(column(metadata().getSchemas(), "TABLE_SCHEM")).contains("text", "types", "wasm");
  }

  @Test
  void the_driver_tells_what_it_is() throws SQLException {
    assertThat(metadata().getDriverName()).contains("calcite-wasm");
    assertThat(metadata().getURL()).startsWith("jdbc:calcite-wasm:");
    assertThat(database.connection().isValid(1)).isTrue();
  }
}
