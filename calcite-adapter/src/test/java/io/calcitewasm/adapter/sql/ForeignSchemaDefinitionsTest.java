package io.calcitewasm.adapter.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import net.hydromatic.chinook.data.hsqldb.ChinookHsqldb;
import net.hydromatic.foodmart.data.hsqldb.FoodmartHsqldb;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ForeignSchemaDefinitionsTest {
  private static final String CHINOOK =
      "CREATE FOREIGN SCHEMA chinook TYPE 'jdbc' OPTIONS (url '%s', user '%s', password '%s')"
          .formatted(ChinookHsqldb.URI, ChinookHsqldb.USER, ChinookHsqldb.PASSWORD);

  private static final String FOODMART =
      "CREATE FOREIGN SCHEMA FoodMart TYPE 'jdbc' OPTIONS (url '%s', user '%s', password '%s', schema 'FOODMART')"
          .formatted(FoodmartHsqldb.URI, FoodmartHsqldb.USER, FoodmartHsqldb.PASSWORD);

  private final TestDatabase database = TestDatabase.inMemory();

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void unquotedNamesFindUpperAndLowerCaseTables() {
    database.execute(CHINOOK);
    database.execute(FOODMART);

    assertThat(database.rows("SELECT count(*) FROM chinook.customer"))
        .containsExactly(List.of(59L));
    assertThat(database.rows("SELECT count(*) FROM foodmart.product"))
        .containsExactly(List.of(1560L));
    assertThat(
            database.rows(
                """
                SELECT c.LastName, p.Product_Name FROM Chinook.Customer c
                JOIN FOODMART.PRODUCT p ON p.product_id = c.customerid
                WHERE c.CustomerId = 1
                """))
        .containsExactly(List.of("Gonçalves", "Washington Berry Juice"));
  }

  @Test
  void aCopyOfForeignRowsIsOurs() {
    database.execute(CHINOOK);

    assertThat(database.execute("CREATE TABLE mine AS SELECT * FROM chinook.invoice"))
        .isEqualTo(new Answer.Count(412));
    assertThat(database.rows("SELECT sum(total) FROM mine").toString()).isEqualTo("[[2328.60]]");
    assertThat(database.rows("SELECT min(invoicedate) FROM mine"))
        .isEqualTo(database.rows("SELECT min(invoicedate) FROM chinook.invoice"));
  }

  @Test
  void namesWithWildcardsMeanThemselves() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:wild", "sa", "");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE \"aXb\" (wrong INTEGER)");
      statement.execute("CREATE TABLE \"a_b\" (\"c_d\" INTEGER, b BLOB, t CLOB)");
      statement.execute("CREATE TABLE \"A_B\" (big INTEGER)");
      statement.execute("INSERT INTO \"a_b\" VALUES (1, X'0102', 'text')");
      database.execute(
          "CREATE FOREIGN SCHEMA w TYPE 'jdbc' OPTIONS (url 'jdbc:h2:mem:wild', user 'sa', password '')");

      assertThat(database.rows("SELECT c_d FROM w.a_b")).containsExactly(List.of(1));
      assertThat(database.rows("SELECT big FROM w.\"A_B\"")).isEmpty();
      assertThat(database.rows("SELECT t, b FROM w.a_b").toString()).isEqualTo("[[text, 0102]]");

      statement.execute("CREATE TABLE later (k INTEGER)");
      assertThat(database.rows("SELECT k FROM w.LATER")).isEmpty();
    }
  }

  @Test
  void whatCannotBeIsRefused() {
    database.execute(CHINOOK);
    database.refuses(CHINOOK, "42P06", "'chinook' is a foreign schema already");
    database.refuses(CHINOOK.replace("chinook TYPE", "Wasm TYPE"), "42P06", "system schema");
    database.refuses(CHINOOK.replace("chinook TYPE", "public TYPE"), "42P06", "user's tables");
    database.refuses(CHINOOK.replace("'jdbc'", "'csv'"), "0A000", "'csv' is not supported");
    database.refuses("CREATE FOREIGN SCHEMA x TYPE 'jdbc'", "22023", "url");
    database.refuses(
        "CREATE FOREIGN SCHEMA x TYPE 'jdbc' OPTIONS (url 1)", "22023", "takes a text");
    database.refuses(
        "CREATE FOREIGN SCHEMA x TYPE 'jdbc' OPTIONS (uri 'x')", "22023", "'uri' is not an option");
    database.refuses(
        "CREATE FOREIGN SCHEMA x TYPE 'jdbc' OPTIONS (url 'a', URL 'b')", "22023", "twice");
    database.refuses(
        "CREATE FOREIGN SCHEMA x TYPE 'jdbc' OPTIONS (url 'jdbc:nothing:x')",
        "08001",
        "no JDBC driver on the class path takes 'jdbc:nothing:x'");
    database.refuses(
        CHINOOK.replace("chinook TYPE", "x TYPE").replace("user '" + ChinookHsqldb.USER, "user 'x"),
        "08001",
        "x cannot connect");
    database.refuses(
        FOODMART.replace("schema 'FOODMART'", "schema 'nope'"),
        "3F000",
        "has no schema 'nope'; it has");
    database.refuses("DROP FOREIGN SCHEMA nope", "3F000", "there is no foreign schema nope");
    database.execute("CREATE VIEW v AS SELECT * FROM chinook.genre");
    database.refuses("DROP FOREIGN SCHEMA CHINOOK", "2BP01", "needed by view v");
    database.execute("DROP VIEW v");
    database.execute("DROP FOREIGN SCHEMA CHINOOK");
    database.execute("DROP FOREIGN SCHEMA IF EXISTS chinook");
    assertThatThrownBy(() -> database.rows("SELECT * FROM chinook.genre"))
        .hasStackTraceContaining("Object 'chinook' not found");
    database.execute(CHINOOK.replace("SCHEMA chinook", "SCHEMA IF NOT EXISTS chinook"));
    database.execute(CHINOOK.replace("CREATE", "CREATE OR REPLACE"));
    assertThat(database.rows("SELECT * FROM chinook.genre")).hasSize(25);
  }
}
