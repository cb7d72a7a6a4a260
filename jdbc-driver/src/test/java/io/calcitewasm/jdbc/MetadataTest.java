package io.calcitewasm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
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
  void function_columns_have_the_columns_of_the_jdbc_contract() throws SQLException {
    try (ResultSet columns = metadata().getFunctionColumns(null, "types", "id!_u64", "%")) {
      assertThat(columns.next()).as("! is no escape").isFalse();
    }
    try (ResultSet columns = metadata().getFunctionColumns("", "types", "id\\_u64", "%")) {
      assertThat(names(columns))
          .containsExactly(
              "FUNCTION_CAT",
              "FUNCTION_SCHEM",
              "FUNCTION_NAME",
              "COLUMN_NAME",
              "COLUMN_TYPE",
              "DATA_TYPE",
              "TYPE_NAME",
              "PRECISION",
              "LENGTH",
              "SCALE",
              "RADIX",
              "NULLABLE",
              "REMARKS",
              "CHAR_OCTET_LENGTH",
              "ORDINAL_POSITION",
              "IS_NULLABLE",
              "SPECIFIC_NAME");
      assertThat(Sql.rows(columns))
          .extracting(row -> row.subList(1, 11).toString())
          .containsExactly(
              "[types, id_u64, , 4, 3, DECIMAL(20, 0), 20, null, 0, 10]",
              "[types, id_u64, value, 1, 3, DECIMAL(20, 0), 20, null, 0, 10]");
    }
    try (ResultSet functions = metadata().getFunctions(null, "types", "same")) {
      assertThat(names(functions))
          .containsExactly(
              "FUNCTION_CAT",
              "FUNCTION_SCHEM",
              "FUNCTION_NAME",
              "REMARKS",
              "FUNCTION_TYPE",
              "SPECIFIC_NAME");
      assertThat(Sql.rows(functions))
          .extracting(row -> String.valueOf(row.getLast()))
          .hasSize(2)
          .isSorted()
          .allMatch(name -> name.endsWith("#same"));
    }
  }

  private static List<String> names(ResultSet rows) throws SQLException {
    List<String> names = new ArrayList<>();
    for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
      names.add(rows.getMetaData().getColumnLabel(i));
    }
    return names;
  }

  @Test
  void a_result_is_nullable_if_it_or_a_strict_argument_can_be_null() throws SQLException {
    assertThat(nullable("answer", "")).isEqualTo("NO");
    assertThat(nullable("always_null", "")).isEqualTo("YES");
    assertThat(nullable("is_null", "")).isEqualTo("NO");
    assertThat(nullable("strict", "")).isEqualTo("YES");
    assertThat(nullable("strict", "a")).isEqualTo("YES");
  }

  private static String nullable(String function, String column) throws SQLException {
    try (ResultSet columns = metadata().getFunctionColumns(null, "types", function, column)) {
      assertThat(columns.next()).as(function).isTrue();
      return columns.getString("IS_NULLABLE");
    }
  }

  @Test
  void patterns_have_wildcards_and_an_escape() throws SQLException {
    assertThat(column(metadata().getFunctions(null, "t_xt", "SLUG%"), "FUNCTION_NAME"))
        .containsExactly("slugify");
    String escape = metadata().getSearchStringEscape();
    assertThat(column(metadata().getFunctions(null, "types", "id_s8"), "FUNCTION_NAME"))
        .containsExactly("id_s8");
    assertThat(
            column(metadata().getFunctions(null, "types", "id" + escape + "_s_"), "FUNCTION_NAME"))
        .containsExactly("id_s8");
    assertThat(column(metadata().getFunctions(null, "", "%"), "FUNCTION_NAME")).isEmpty();
    assertThat(column(metadata().getFunctions("some", null, "%"), "FUNCTION_NAME")).isEmpty();
    assertThat(column(metadata().getTables("some", null, "%", null), "TABLE_NAME")).isEmpty();
  }

  @Test
  void every_question_about_the_driver_has_an_answer() throws Exception {
    for (Method question : DatabaseMetaData.class.getMethods()) {
      if (question.getParameterCount() == 0) {
        try {
          Object answer = question.invoke(metadata());
          if (question.getReturnType().equals(String.class)) {
            assertThat(answer).as(question.getName()).isNotNull();
          }
          if (answer instanceof ResultSet rows) {
            Sql.rows(rows);
          }
        } catch (InvocationTargetException e) {
          throw new AssertionError(question.getName(), e.getCause());
        }
      }
    }
  }

  @Test
  void tables_views_and_system_tables_are_told() throws SQLException {
    String[] types = {"TABLE", "VIEW"};
    assertThat(column(metadata().getTables(null, null, "%", types), "TABLE_NAME"))
        .map(String::toLowerCase)
        .contains("album", "slugs");
    assertThat(column(metadata().getTables(null, "wasm", "%", null), "TABLE_NAME"))
        .containsExactlyInAnyOrder(
            "audit",
            "buckets",
            "canary",
            "collations",
            "engine",
            "files",
            "functions",
            "grants",
            "kv",
            "modules",
            "policy",
            "versions");
  }

  @Test
  void columns_have_their_types() throws SQLException {
    assertThat(column(metadata().getColumns(null, null, "slugs", "%"), "COLUMN_NAME"))
        .map(String::toLowerCase)
        .containsExactly("id", "slug");
  }

  @Test
  void a_type_has_one_name_in_the_metadata_of_tables_and_of_results() throws SQLException {
    database.execute(
        "create view v_types as select 1 as i, cast(1 as decimal(7, 2)) as d,"
            + " cast('a' as varchar(20)) as s, cast('a' as char(3)) as c, true as b, 1e0 as f,"
            + " cast(1 as real) as r, X'01' as x, date '2026-01-01' as dd,"
            + " time '10:00:00' as tt, timestamp '2026-01-01 10:00:00' as ts,"
            + " interval '1' day as id, interval '1-2' year to month as iym,"
            + " interval '1 02:03:04' day to second as ids, array[1, 2] as a,"
            + " array[array['x']] as aa, row(1, 'x') as rw, array[row(1, 'x')] as ar,"
            + " types.id_point(null) as p, types.id_uuid(null) as u");
    List<String> told = column(metadata().getColumns(null, null, "v_types", "%"), "TYPE_NAME");
    try (Statement statement = database.connection().createStatement();
        ResultSet rows = statement.executeQuery("select * from v_types")) {
      List<String> names = new ArrayList<>();
      for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
        names.add(rows.getMetaData().getColumnTypeName(i));
      }
      assertThat(told).isEqualTo(names).contains("VARCHAR", "DECIMAL", "ROW", "ROW ARRAY");
    }
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
