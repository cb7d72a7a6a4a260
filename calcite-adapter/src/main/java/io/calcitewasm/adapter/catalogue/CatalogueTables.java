package io.calcitewasm.adapter.catalogue;

import io.calcitewasm.udf.SqlError;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The catalogue's tables in the store, made where they are missing and brought up to date. */
final class CatalogueTables {
  /** What this version writes; it reads 1 too, which knew no versions, buckets and canaries. */
  private static final int FORMAT = 2;

  private static final List<String> TABLES =
      List.of(
          "CREATE SCHEMA IF NOT EXISTS CALCITE_WASM",
          "CREATE TABLE IF NOT EXISTS CALCITE_WASM.FORMAT (VERSION INTEGER PRIMARY KEY)",
          "CREATE TABLE IF NOT EXISTS CALCITE_WASM.GENERATION (N BIGINT PRIMARY KEY)",
          """
          CREATE TABLE IF NOT EXISTS CALCITE_WASM.CONTENTS (
            DIGEST VARCHAR(80) PRIMARY KEY, BYTES BLOB NOT NULL)
          """,
          """
          CREATE TABLE IF NOT EXISTS CALCITE_WASM.MODULES (
            NAME VARCHAR_IGNORECASE(128) PRIMARY KEY, SOURCE VARCHAR NOT NULL,
            DIGEST VARCHAR(80) NOT NULL REFERENCES CALCITE_WASM.CONTENTS,
            SQL VARCHAR NOT NULL, CREATED_AT TIMESTAMP(9) WITH TIME ZONE NOT NULL)
          """,
          """
          ALTER TABLE CALCITE_WASM.MODULES
            ADD COLUMN IF NOT EXISTS VERSION INTEGER DEFAULT 1 NOT NULL
          """,
          """
          CREATE TABLE IF NOT EXISTS CALCITE_WASM.VERSIONS (
            MODULE VARCHAR_IGNORECASE(128), NUMBER INTEGER, REPLACED INTEGER,
            SOURCE VARCHAR NOT NULL,
            DIGEST VARCHAR(80) NOT NULL REFERENCES CALCITE_WASM.CONTENTS,
            SQL VARCHAR NOT NULL, LABEL VARCHAR NOT NULL, CHANGES VARCHAR NOT NULL,
            CREATED_AT TIMESTAMP(9) WITH TIME ZONE NOT NULL, PRIMARY KEY (MODULE, NUMBER))
          """,
          """
          CREATE TABLE IF NOT EXISTS CALCITE_WASM.CANARIES (
            MODULE VARCHAR_IGNORECASE(128) PRIMARY KEY, SOURCE VARCHAR NOT NULL,
            DIGEST VARCHAR(80) NOT NULL REFERENCES CALCITE_WASM.CONTENTS,
            FRACTION DOUBLE PRECISION NOT NULL,
            CREATED_AT TIMESTAMP(9) WITH TIME ZONE NOT NULL)
          """,
          """
          CREATE TABLE IF NOT EXISTS CALCITE_WASM.BUCKETS (
            NAME VARCHAR_IGNORECASE(128) PRIMARY KEY, LOCATION VARCHAR NOT NULL,
            CREATED_AT TIMESTAMP(9) WITH TIME ZONE NOT NULL)
          """,
          """
          CREATE TABLE IF NOT EXISTS CALCITE_WASM.FOREIGN_SCHEMAS (
            NAME VARCHAR_IGNORECASE(128) PRIMARY KEY, SQL VARCHAR NOT NULL,
            CREATED_AT TIMESTAMP(9) WITH TIME ZONE NOT NULL)
          """,
          """
          CREATE TABLE IF NOT EXISTS CALCITE_WASM.VIEWS (
            NAME VARCHAR_IGNORECASE(128) PRIMARY KEY, SQL VARCHAR NOT NULL,
            DEFAULT_SCHEMA VARCHAR NOT NULL, CREATED_AT TIMESTAMP(9) WITH TIME ZONE NOT NULL)
          """);

  private CatalogueTables() {}

  /**
   * Makes what is missing.
   *
   * @throws SqlError 08001 when a later version has written the store; nothing has changed then
   */
  static void prepare(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      int format = format(statement);
      if (format == FORMAT) {
        return;
      }
      if (format > FORMAT) {
        throw new SqlError(
            "08001",
            "the database has a catalogue of format "
                + format
                + ", this version reads format "
                + FORMAT);
      }
      for (String table : TABLES) {
        statement.execute(table);
      }
      statement.executeUpdate(
          """
          INSERT INTO CALCITE_WASM.VERSIONS
            SELECT NAME, 1, NULL, SOURCE, DIGEST, SQL, '', '', CREATED_AT
            FROM CALCITE_WASM.MODULES
          """);
      statement.executeUpdate("INSERT INTO CALCITE_WASM.GENERATION VALUES (1)");
      statement.executeUpdate("DELETE FROM CALCITE_WASM.FORMAT");
      statement.executeUpdate("INSERT INTO CALCITE_WASM.FORMAT VALUES (" + FORMAT + ")");
    }
  }

  /** The format of what is there; 0 for nothing. */
  private static int format(Statement statement) throws SQLException {
    try (ResultSet tables =
        statement.executeQuery(
            """
            SELECT 1 FROM INFORMATION_SCHEMA.TABLES
            WHERE TABLE_SCHEMA = 'CALCITE_WASM' AND TABLE_NAME = 'FORMAT'
            """)) {
      if (!tables.next()) {
        return 0;
      }
    }
    try (ResultSet row = statement.executeQuery("SELECT VERSION FROM CALCITE_WASM.FORMAT")) {
      return row.next() ? row.getInt(1) : 0;
    }
  }
}
