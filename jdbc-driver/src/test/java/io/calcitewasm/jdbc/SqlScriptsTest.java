package io.calcitewasm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import java.util.stream.Stream;
import net.hydromatic.quidem.Quidem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the Quidem scripts in {@code src/test/resources/sql}: SQL and its result side by side. A
 * script that fails leaves what it printed in {@code target/sql}, to be compared and, if it is
 * right, copied over the script.
 */
class SqlScriptsTest {
  private static final Path SCRIPTS = Path.of("src/test/resources/sql");
  private static final Path PRINTED = Path.of("target/sql");

  static Stream<Path> scripts() throws IOException {
    try (Stream<Path> files = Files.list(SCRIPTS)) {
      return files.filter(f -> f.toString().endsWith(".iq")).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void prints_what_it_expects(Path script) throws IOException {
    String expected = Files.readString(script);
    StringWriter printed = new StringWriter();
    new Quidem(
            Quidem.configBuilder()
                .withReader(new BufferedReader(new StringReader(expected)))
                .withWriter(new PrintWriter(printed))
                .withConnectionFactory(SqlScriptsTest::connect)
                .build())
        .execute();
    Files.createDirectories(PRINTED);
    Files.writeString(PRINTED.resolve(script.getFileName()), printed.toString());
    assertThat(printed.toString()).isEqualTo(expected);
  }

  /**
   * {@code !use empty} is a fresh database, {@code !use guests} one with the example modules,
   * {@code !use sets} one with aggregates, table functions and rows for them, {@code !use
   * collations} one with collations, good and bad.
   */
  private static @Nullable Connection connect(String name, boolean reference) throws Exception {
    if (reference) {
      return null;
    }
    Connection connection = DriverManager.getConnection("jdbc:calcite-wasm:");
    for (String guest : guests(name)) {
      Sql.run(connection, TestDatabase.install(guest));
    }
    if (name.equals("sets")) {
      Sql.run(
          connection,
          "CREATE TABLE sales (id INT PRIMARY KEY, region VARCHAR(5), price DOUBLE,"
              + " amount INT, note VARCHAR(10))",
          "INSERT INTO sales VALUES (1, 'north', 10, 1, 'a'), (2, 'north', 20, 2, 'b'),"
              + " (3, 'north', 40, 2, NULL), (4, 'south', 5, NULL, 'c'),"
              + " (5, 'south', NULL, 7, 'c'), (6, 'west', NULL, NULL, NULL),"
              + " (7, NULL, 1, 3, 'd')");
    }
    return connection;
  }

  private static List<String> guests(String name) {
    return switch (name) {
      case "empty" -> List.of();
      case "guests" ->
          List.of(
              "components/text",
              "components/geo",
              "components/money",
              "fixtures/types",
              "fixtures/evil",
              "fixtures/state");
      case "sets" ->
          List.of(
              "components/stats",
              "components/poly",
              "components/text",
              "components/lines",
              "fixtures/broken-aggregates AS broken");
      case "collations" ->
          List.of("components/collate AS collation", "fixtures/broken-aggregates AS broken");
      default -> throw new IllegalArgumentException("!use " + name);
    };
  }
}
