package io.calcitewasm.jdbc;

import static io.calcitewasm.jdbc.Sql.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What goes wrong with collations is one error that helps; the connection goes on. */
@Timeout(60)
class CollationErrorsTest {
  private static final String TEXTS = "(VALUES ('a'), ('bb'), ('ccc'), ('trap')) AS t (n)";

  private Connection connection;
  private Statement statement;

  @BeforeEach
  void connect() throws SQLException {
    connection = DriverManager.getConnection("jdbc:calcite-wasm:");
    statement = connection.createStatement();
    statement.execute(TestDatabase.install("components/collate AS texts"));
    statement.execute(TestDatabase.install("fixtures/broken-aggregates AS broken"));
    statement.execute(
        "CREATE TABLE files (id INT PRIMARY KEY, name VARCHAR COLLATE natural,"
            + " owner VARCHAR COLLATE accent_insensitive)");
  }

  @AfterEach
  void goes_on() throws SQLException {
    try (ResultSet rows =
        statement.executeQuery("SELECT n FROM " + TEXTS + " ORDER BY n COLLATE natural")) {
      assertThat(rows.next()).isTrue();
    }
    connection.close();
  }

  @Test
  void a_comparison_that_goes_in_a_circle_is_no_order() {
    assertFails(
        connection,
        "SELECT n FROM " + TEXTS + " ORDER BY n COLLATE circle",
        "38000",
        "broken.circle.compare is no order of texts",
        "'a' < 'bb'");
  }

  @Test
  void a_comparison_that_always_says_greater_is_no_order() {
    assertFails(
        connection,
        "SELECT n FROM " + TEXTS + " ORDER BY n COLLATE always_greater",
        "38000",
        "'a' is not equal to itself");
  }

  @Test
  void a_comparison_that_rolls_dice_is_no_order() {
    assertFails(
        connection,
        "SELECT n FROM " + TEXTS + " ORDER BY n COLLATE dice",
        "38000",
        "is no order of texts");
  }

  @Test
  void no_order_is_told_of_many_rows_too() {
    assertFails(
        connection,
        "SELECT a.n || b.n || c.n || d.n || e.n AS n FROM "
            + TEXTS.replace("t (n)", "a (n)")
            + ", "
            + TEXTS.replace("t (n)", "b (n)")
            + ", "
            + TEXTS.replace("t (n)", "c (n)")
            + ", "
            + TEXTS.replace("t (n)", "d (n)")
            + ", "
            + TEXTS.replace("t (n)", "e (n)")
            + " ORDER BY n COLLATE circle",
        "38000",
        "is no order of texts");
  }

  @Test
  void windows_and_extremes_by_no_order_are_told() {
    assertFails(
        connection,
        "SELECT RANK() OVER (ORDER BY n COLLATE circle) FROM " + TEXTS,
        "38000",
        "is no order of texts");
    assertFails(
        connection, "SELECT MIN(n COLLATE circle) FROM " + TEXTS, "38000", "is no order of texts");
  }

  @Test
  void a_trap_names_the_function() {
    assertFails(
        connection,
        "SELECT n FROM " + TEXTS + " ORDER BY n COLLATE trapping",
        "38W01",
        "trapping",
        "compare");
    assertFails(
        connection,
        "SELECT n FROM " + TEXTS + " ORDER BY n COLLATE trapping_key",
        "38W01",
        "row 4",
        "sort-key");
  }

  @Test
  void without_keys_there_are_no_groups() {
    String reason = "texts.version_order has no sort-key, only compare";
    assertFails(
        connection,
        "SELECT DISTINCT n COLLATE version_order FROM " + TEXTS,
        "0A000",
        reason,
        "DISTINCT");
    assertFails(
        connection,
        "SELECT n COLLATE version_order, COUNT(*) FROM "
            + TEXTS
            + " GROUP BY n COLLATE version_order",
        "0A000",
        reason,
        "GROUP BY");
    assertFails(
        connection,
        "SELECT COUNT(DISTINCT n COLLATE version_order) FROM " + TEXTS,
        "0A000",
        reason);
    assertFails(
        connection,
        "SELECT n COLLATE version_order FROM " + TEXTS + " UNION SELECT n FROM " + TEXTS,
        "0A000",
        reason);
    assertFails(
        connection,
        "SELECT n COLLATE version_order FROM " + TEXTS + " INTERSECT SELECT n FROM " + TEXTS,
        "0A000",
        reason,
        "INTERSECT");
    assertFails(
        connection,
        "SELECT ROW_NUMBER() OVER (PARTITION BY n COLLATE version_order) FROM " + TEXTS,
        "0A000",
        reason,
        "PARTITION BY");
    assertFails(
        connection,
        "SELECT n FROM "
            + TEXTS
            + " WHERE n COLLATE version_order IN (SELECT name FROM files WHERE id > 0)",
        "0A000",
        reason);
  }

  @Test
  void an_aggregate_over_different_texts_that_has_no_meaning_is_refused() {
    assertFails(
        connection,
        "SELECT LISTAGG(DISTINCT n COLLATE natural) FROM " + TEXTS,
        "0A000",
        "LISTAGG(DISTINCT");
  }

  @Test
  void unknown_names_tell_the_known_ones() {
    assertFails(
        connection, "SELECT 'a' COLLATE nothing", "42704", "no collation nothing", "texts.natural");
    assertFails(
        connection, "SELECT 'a' COLLATE other.natural", "42704", "no collation other.natural");
    assertFails(
        connection, "CREATE TABLE x (n VARCHAR COLLATE nothing)", "42704", "no collation nothing");
  }

  @Test
  void an_interface_with_more_functions_is_no_collation() {
    assertFails(
        connection, "SELECT 'a' COLLATE no_collation", "42704", "no collation no_collation");
  }

  @Test
  void a_name_of_two_modules_has_to_be_qualified() throws SQLException {
    statement.execute(TestDatabase.install("components/collate AS twin"));
    assertFails(connection, "SELECT 'a' COLLATE natural", "42725", "texts.natural", "twin.natural");
    statement.execute("SELECT 'a' COLLATE twin.natural");
    statement.execute("DROP MODULE twin");
  }

  @Test
  void only_texts_have_a_collation() {
    assertFails(connection, "SELECT 1 COLLATE natural", "42804", "INTEGER");
    assertFails(
        connection, "CREATE TABLE x (n INT COLLATE natural)", "42804", "column n", "INTEGER");
  }

  @Test
  void columns_of_different_collations_do_not_compare() {
    assertFails(connection, "SELECT id FROM files WHERE name = owner", "42P22", "texts.natural");
    assertFails(connection, "SELECT name || owner FROM files", "42P22", "texts.accent_insensitive");
    assertFails(
        connection,
        "SELECT id FROM files WHERE name COLLATE natural = owner COLLATE accent_insensitive",
        "42P21",
        "texts.natural");
  }

  @Test
  void a_module_whose_collation_a_column_has_stays() {
    assertFails(connection, "DROP MODULE texts", "2BP01", "files.name", "files.owner", "CASCADE");
  }

  @Test
  void a_module_whose_collation_a_view_names_stays() throws SQLException {
    statement.execute("CREATE VIEW v AS SELECT id FROM files WHERE name > 'x' COLLATE long_key");
    assertFails(connection, "DROP MODULE broken", "2BP01", "view v");
  }
}
