package io.calcitewasm.jdbc;

import static io.calcitewasm.jdbc.Sql.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.calcitewasm.adapter.embed.Batches;
import io.calcitewasm.guest.Guests;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.runtime.Hook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Modules in a plain {@code jdbc:calcite:} connection. */
class StockCalciteTest {
  private static final String MODEL =
      """
      {
        "version": "1.0",
        "schemas": [
          {
            "name": "text",
            "type": "custom",
            "factory": "io.calcitewasm.adapter.embed.ModuleSchemaFactory",
            "operand": {%s}
          }
        ]
      }
      """;

  @TempDir private Path folder;

  private Connection connect(String operand) throws Exception {
    Path model = Files.writeString(folder.resolve("model.json"), MODEL.formatted(operand));
    return DriverManager.getConnection(
        "jdbc:calcite:model=" + model + ";caseSensitive=false;unquotedCasing=UNCHANGED");
  }

  @Test
  void a_model_loads_a_module_beside_it() throws Exception {
    Guests.copy("components/text", folder);
    try (Connection connection = connect("\"file\": \"text.component.wasm\"")) {
      assertThat(
              rows(
                  connection,
                  "select text.slugify(s), text.strings.word_count(s), text.slugify(null)"
                      + " from (values ('A b'), ('c')) as t (s) order by 1"))
          .isEqualTo(
              List.of(
                  java.util.Arrays.asList("a-b", 2L, null),
                  java.util.Arrays.asList("c", 1L, null)));
    }
  }

  @Test
  void batches_are_a_choice_of_the_process() throws Exception {
    Guests.copy("components/text", folder);
    String sql =
        "select text.slugify(s), text.word_count(s) from (values ('A b'), ('c'), (null)) as t (s)"
            + " where text.word_count(s) < 3 or s is null order by 1";
    try (Connection connection = connect("\"file\": \"text.component.wasm\"")) {
      List<List<Object>> expected = rows(connection, sql);
      assertThat(rows(connection, "explain plan for " + sql).toString())
          .doesNotContain("ModuleCalc");
      try (Hook.Closeable batches = Batches.enable()) {
        assertThat(batches).isNotNull();
        assertThat(rows(connection, "explain plan for " + sql).toString())
            .contains("ModuleCalc", "isolation=[text CALL]", "engine=[GraalWasm ");
        assertThat(rows(connection, sql)).isEqualTo(expected);
      }
      assertThat(rows(connection, "explain plan for " + sql).toString())
          .doesNotContain("ModuleCalc");
    }
    assertThatThrownBy(() -> connect("\"file\": \"text.component.wasm\", \"batches\": \"yes\""))
        .rootCause()
        .hasMessage("schema text: operand \"batches\" is true or false");
  }

  @Test
  void a_policy_decides_about_the_module() throws Exception {
    Guests.copy("components/text", folder);
    String file = "\"file\": \"text.component.wasm\"";
    assertThatThrownBy(() -> connect(file + ", \"policy\": \"deny\""))
        .rootCause()
        .hasMessageContaining("no rule of the server default is for it");
    Path policy =
        Files.writeString(
            folder.resolve("policy.yaml"),
            "version: 1\nmodules:\n  - {match: {name: text}, unverified: true}\n");
    String allowed = file + ", \"policy\": \"" + policy + "\"";
    try (Connection connection = connect(allowed)) {
      assertThat(rows(connection, "VALUES text.slugify('A b')")).isEqualTo(List.of(List.of("a-b")));
    }
    assertThatThrownBy(() -> connect(allowed + ", \"grant\": [\"clock\"]"))
        .rootCause()
        .hasMessageContaining("does not allow the grant clock");
  }

  @Test
  void limits_and_digest_hold() throws Exception {
    Guests.copy("components/text", folder);
    assertThatThrownBy(
            () ->
                connect(
                    "\"file\": \"text.component.wasm\", \"digest\": \"sha256:"
                        + "0".repeat(64)
                        + "\""))
        .rootCause()
        .hasMessageContaining("text");
  }

  @Test
  void isolation_says_how_long_state_lives() throws Exception {
    Guests.copy("fixtures/state", folder);
    String sql = "select text.next_of(n) from (values 1, 2, 3) as t (n)";
    assertThat(counts(sql, "call")).containsExactly(1L, 1L, 1L, 1L, 1L, 1L);
    assertThat(counts(sql, "Statement")).containsExactly(1L, 2L, 3L, 1L, 2L, 3L);
    assertThat(counts(sql, "SESSION")).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    assertThatThrownBy(() -> connect(state("forever")))
        .rootCause()
        .hasMessageContaining("schema text: operand \"isolation\"")
        .hasMessageContaining("\"forever\"");
  }

  @Test
  void a_function_has_an_isolation_of_its_own() throws Exception {
    Guests.copy("fixtures/state", folder);
    String sql = "select text.next_of(n), text.poke(0, n) from (values 5, 6, 7) as t (n)";
    List<List<Object>> own = List.of(List.of(1L, 0), List.of(2L, 0), List.of(3L, 0));
    try (Connection connection =
        connect(state("call") + ", \"function_isolation\": {\"next_of\": \"statement\"}")) {
      assertThat(rows(connection, sql)).isEqualTo(own);
      assertThat(rows(connection, sql)).isEqualTo(own);
    }
    try (Connection connection =
        connect(state("statement") + ", \"function_isolation\": {\"memory.NEXT_OF\": \"call\"}")) {
      assertThat(rows(connection, sql))
          .isEqualTo(List.of(List.of(1L, 0), List.of(1L, 5), List.of(1L, 6)));
    }
    assertThatThrownBy(
            () -> connect(state("call") + ", \"function_isolation\": {\"nobody\": \"call\"}"))
        .rootCause()
        .hasMessageContaining("there is no function nobody");
    assertThatThrownBy(
            () -> connect(state("call") + ", \"function_isolation\": {\"next_of\": \"never\"}"))
        .rootCause()
        .hasMessageContaining("schema text: operand \"function_isolation.next_of\"")
        .hasMessageContaining("\"never\"");
  }

  @Test
  void instances_of_statements_that_ended_are_found_again() throws Exception {
    Guests.copy("fixtures/state", folder);
    try (Connection connection = connect(state("statement") + ", \"limits\": {\"instances\": 2}")) {
      for (int i = 0; i < 8; i++) {
        assertThat(rows(connection, "select text.next_of(n) from (values 7) as t (n)"))
            .isEqualTo(List.of(List.of(1L)));
      }
    }
  }

  private static String state(String isolation) {
    return "\"file\": \"state.component.wasm\", \"isolation\": \"" + isolation + "\"";
  }

  private List<Object> counts(String sql, String isolation) throws Exception {
    try (Connection connection = connect(state(isolation))) {
      List<Object> counts = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        rows(connection, sql).forEach(counts::addAll);
      }
      return counts;
    }
  }

  @Test
  void nonsense_operands_name_the_schema_and_the_operand() {
    assertThatThrownBy(() -> connect("\"fle\": \"x\""))
        .rootCause()
        .hasMessageContaining("schema text")
        .hasMessageContaining("fle");
    assertThatThrownBy(() -> connect("\"file\": \"nowhere.wasm\""))
        .rootCause()
        .hasMessageContaining("nowhere.wasm");
  }
}
