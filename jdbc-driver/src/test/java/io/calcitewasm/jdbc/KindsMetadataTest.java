package io.calcitewasm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told of functions of every kind: aggregates, cursors, collations, dynamic, in blocks. */
class KindsMetadataTest {
  private static TestDatabase database;

  @BeforeAll
  static void open() throws SQLException {
    database =
        new TestDatabase(
            "components/stats",
            "components/text",
            "components/lines",
            "components/poly",
            "components/blocks",
            "components/collate AS collation");
  }

  @AfterAll
  static void close() throws SQLException {
    database.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          stats   | percentile         | aggregate         | percentile(fraction DOUBLE, x DOUBLE) -> DOUBLE
          text    | tokens             | scalar, table     | tokens(
          lines   | read_lines         | table             | read_lines(doc VARCHAR) -> TABLE(
          poly    | json_object        | dynamic           | json_object(…)
          poly    | mode               | dynamic aggregate | mode(…)
          collation | sort_key           | scalar            | sort_key(s VARCHAR) -> VARBINARY
          """)
  void describeAndTheCatalogueTellTheKind(String module, String name, String kind, String signature)
      throws SQLException {
    String where = " WHERE module = '" + module + "' AND name = '" + name + "'";
    List<List<Object>> rows =
        database.rows("SELECT kind, signature, documentation FROM wasm.functions" + where);
    assertThat(rows).isNotEmpty();
    assertThat(rows.getFirst().getFirst()).isEqualTo(kind);
    assertThat(String.valueOf(rows.getFirst().get(1))).startsWith(signature);
    assertThat(database.rows("DESCRIBE MODULE " + module).stream().map(row -> row.get(1)))
        .contains(name);
  }

  /** Every function of the examples says what it does, whatever its kind. */
  @Test
  void documentationIsTheManifests() throws SQLException {
    assertThat(database.rows("SELECT module, name FROM wasm.functions WHERE documentation = ''"))
        .isEmpty();
    assertThat(database.rows("SELECT name FROM wasm.collations WHERE documentation = ''"))
        .isEmpty();
    for (String[] function :
        new String[][] {
          {"stats", "median"}, {"text", "tokens"}, {"poly", "mode"}, {"poly", "json_object"}
        }) {
      try (ResultSet rows = metadata().getFunctions(null, function[0], function[1])) {
        assertThat(rows.next()).as(function[1]).isTrue();
        assertThat(rows.getString("REMARKS"))
            .isEqualTo(
                database.value(
                    "SELECT documentation FROM wasm.functions WHERE module = '"
                        + function[0]
                        + "' AND name = '"
                        + function[1]
                        + "'"))
            .isNotBlank();
      }
    }
  }

  private static DatabaseMetaData metadata() throws SQLException {
    return database.connection().getMetaData();
  }

  @Test
  void columnsOfFunctionsAreThoseOfTheirKind() throws SQLException {
    assertThat(columns("stats", "percentile"))
        .isEqualTo(Map.of(" 4", "DOUBLE", "fraction 1", "DOUBLE", "x 1", "DOUBLE"));
    assertThat(columns("lines", "read_lines"))
        .isEqualTo(Map.of("doc 1", "VARCHAR", "number 5", "BIGINT", "text 5", "VARCHAR"));
    assertThat(columns("text", "tokens").get(" 4")).endsWith(" ARRAY");
    assertThat(columns("poly", "json_object")).as("known for arguments only").isEmpty();
    assertThat(columns("poly", "mode")).isEmpty();
    assertThat(columns("collation", "sort_key")).containsEntry(" 4", "VARBINARY");
  }

  /** Types by the names of columns and what they are: 1 parameter, 4 result, 5 column of rows. */
  private static Map<String, String> columns(String module, String function) throws SQLException {
    Map<String, String> columns = new TreeMap<>();
    try (ResultSet rows = metadata().getFunctionColumns(null, module, function, "%")) {
      while (rows.next()) {
        columns.put(
            rows.getString("COLUMN_NAME") + " " + rows.getInt("COLUMN_TYPE"),
            rows.getString("TYPE_NAME"));
      }
    }
    return columns;
  }

  @Test
  void functionsWithBlocksAreListedLikeOthers() throws SQLException {
    assertThat(database.rows("SELECT DISTINCT kind FROM wasm.functions WHERE module = 'blocks'"))
        .containsExactly(List.of("scalar"));
    assertThat(database.rows("DESCRIBE MODULE blocks")).isNotEmpty();
  }
}
