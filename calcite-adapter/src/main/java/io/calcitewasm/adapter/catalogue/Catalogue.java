package io.calcitewasm.adapter.catalogue;

import io.calcitewasm.adapter.source.JdbcFailure;
import io.calcitewasm.udf.SqlError;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The definitions of modules, foreign schemas and views, kept in a schema of the store that no user
 * sees. Each one is kept as the statement that makes it, so that there is one way to read them.
 * Names are unique whatever their letter case.
 */
public final class Catalogue {
  private static final int FORMAT = 1;

  private static final List<String> TABLES =
      List.of(
          "CREATE SCHEMA IF NOT EXISTS CALCITE_WASM",
          "CREATE TABLE IF NOT EXISTS CALCITE_WASM.FORMAT (VERSION INTEGER PRIMARY KEY)",
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
          CREATE TABLE IF NOT EXISTS CALCITE_WASM.FOREIGN_SCHEMAS (
            NAME VARCHAR_IGNORECASE(128) PRIMARY KEY, SQL VARCHAR NOT NULL,
            CREATED_AT TIMESTAMP(9) WITH TIME ZONE NOT NULL)
          """,
          """
          CREATE TABLE IF NOT EXISTS CALCITE_WASM.VIEWS (
            NAME VARCHAR_IGNORECASE(128) PRIMARY KEY, SQL VARCHAR NOT NULL,
            DEFAULT_SCHEMA VARCHAR NOT NULL, CREATED_AT TIMESTAMP(9) WITH TIME ZONE NOT NULL)
          """);

  private final Store store;

  private Catalogue(Store store) {
    this.store = store;
  }

  /**
   * The catalogue of a store; makes its tables where they are missing.
   *
   * @throws SqlError 08001 when a later version has written the store
   */
  public static Catalogue of(Store store) {
    Catalogue catalogue = new Catalogue(store);
    int format =
        store.inTransaction(
            connection -> {
              try (Statement statement = connection.createStatement()) {
                for (String table : TABLES) {
                  statement.execute(table);
                }
                return format(statement);
              }
            });
    if (format != FORMAT) {
      throw new SqlError(
          "08001",
          "the database has a catalogue of format "
              + format
              + ", this version reads format "
              + FORMAT);
    }
    return catalogue;
  }

  private static int format(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("SELECT VERSION FROM CALCITE_WASM.FORMAT")) {
      if (row.next()) {
        return row.getInt(1);
      }
    }
    statement.executeUpdate("INSERT INTO CALCITE_WASM.FORMAT VALUES (" + FORMAT + ")");
    return FORMAT;
  }

  /** All modules by name. */
  public List<ModuleDefinition> modules() {
    return query(
        "SELECT NAME, SOURCE, DIGEST, SQL, CREATED_AT FROM CALCITE_WASM.MODULES ORDER BY NAME",
        row ->
            new ModuleDefinition(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                instant(row, 5)));
  }

  /** All foreign schemas by name. */
  public List<ForeignSchemaDefinition> foreignSchemas() {
    return query(
        "SELECT NAME, SQL, CREATED_AT FROM CALCITE_WASM.FOREIGN_SCHEMAS ORDER BY NAME",
        row -> new ForeignSchemaDefinition(row.getString(1), row.getString(2), instant(row, 3)));
  }

  /** All views by name. */
  public List<ViewDefinition> views() {
    return query(
        "SELECT NAME, SQL, DEFAULT_SCHEMA, CREATED_AT FROM CALCITE_WASM.VIEWS ORDER BY NAME",
        row ->
            new ViewDefinition(
                row.getString(1), row.getString(2), row.getString(3), instant(row, 4)));
  }

  /**
   * The bytes of a module.
   *
   * @param digest as a definition tells it
   */
  public byte[] content(String digest) {
    return store.inTransaction(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT BYTES FROM CALCITE_WASM.CONTENTS WHERE DIGEST = ?")) {
            select.setString(1, digest);
            try (ResultSet row = select.executeQuery()) {
              if (!row.next()) {
                throw new SqlError("XX001", "the content " + digest + " is not in the catalogue");
              }
              return row.getBytes(1);
            }
          }
        });
  }

  /**
   * Makes changes in one transaction.
   *
   * @throws SqlError with the store's SQLSTATE; nothing has changed then
   */
  public void change(Consumer<Changes> changes) {
    store.inTransaction(
        connection -> {
          changes.accept(new Changes(connection));
          return true;
        });
  }

  /** Changes of one transaction. */
  public static final class Changes {
    private final Connection connection;

    private Changes(Connection connection) {
      this.connection = connection;
    }

    /** Adds a module, or replaces the one of its name. */
    public void putModule(ModuleDefinition module, byte[] content) {
      execute(
          "MERGE INTO CALCITE_WASM.CONTENTS (DIGEST, BYTES) VALUES (?, ?)",
          module.digest(),
          content);
      execute(
          "MERGE INTO CALCITE_WASM.MODULES (NAME, SOURCE, DIGEST, SQL, CREATED_AT)"
              + " VALUES (?, ?, ?, ?, ?)",
          module.name(),
          module.source(),
          module.digest(),
          module.sql(),
          time(module.createdAt()));
      removeUnusedContents();
    }

    /** Removes a module, if it is there. */
    public void removeModule(String name) {
      execute("DELETE FROM CALCITE_WASM.MODULES WHERE NAME = ?", name);
      removeUnusedContents();
    }

    /** Adds a foreign schema, or replaces the one of its name. */
    public void putForeignSchema(ForeignSchemaDefinition schema) {
      execute(
          "MERGE INTO CALCITE_WASM.FOREIGN_SCHEMAS (NAME, SQL, CREATED_AT) VALUES (?, ?, ?)",
          schema.name(),
          schema.sql(),
          time(schema.createdAt()));
    }

    /** Removes a foreign schema, if it is there. */
    public void removeForeignSchema(String name) {
      execute("DELETE FROM CALCITE_WASM.FOREIGN_SCHEMAS WHERE NAME = ?", name);
    }

    /** Adds a view, or replaces the one of its name. */
    public void putView(ViewDefinition view) {
      execute(
          "MERGE INTO CALCITE_WASM.VIEWS (NAME, SQL, DEFAULT_SCHEMA, CREATED_AT)"
              + " VALUES (?, ?, ?, ?)",
          view.name(),
          view.sql(),
          view.defaultSchema(),
          time(view.createdAt()));
    }

    /** Removes a view, if it is there. */
    public void removeView(String name) {
      execute("DELETE FROM CALCITE_WASM.VIEWS WHERE NAME = ?", name);
    }

    private void removeUnusedContents() {
      execute(
          "DELETE FROM CALCITE_WASM.CONTENTS"
              + " WHERE DIGEST NOT IN (SELECT DIGEST FROM CALCITE_WASM.MODULES)");
    }

    private void execute(String sql, Object... parameters) {
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        for (int i = 0; i < parameters.length; i++) {
          statement.setObject(i + 1, parameters[i]);
        }
        statement.executeUpdate();
      } catch (SQLException e) {
        throw JdbcFailure.of(e);
      }
    }

    private static OffsetDateTime time(Instant instant) {
      return instant.atOffset(ZoneOffset.UTC);
    }
  }

  @FunctionalInterface
  private interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  private <T> List<T> query(String sql, Row<T> reader) {
    return store.inTransaction(
        connection -> {
          List<T> rows = new ArrayList<>();
          try (Statement statement = connection.createStatement();
              ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
              rows.add(reader.read(row));
            }
          }
          return rows;
        });
  }

  private static Instant instant(ResultSet row, int column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
