package io.calcitewasm.adapter.catalogue;

import io.calcitewasm.adapter.source.TableNames;
import io.calcitewasm.udf.SqlError;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes and drops the user's tables as a part of transactions, which the store itself does not: a
 * definition of a table commits at once there. So a table is made where nobody sees it, by a
 * connection of its own, and a row of the catalogue, which belongs to the transaction, shows it; a
 * dropped one is hidden by such a row, and goes when that is committed. What nobody will ever see
 * again, since its transaction was rolled back or its process killed, is swept away.
 */
final class OwnTables implements TableNames {
  private static final Logger LOG = LoggerFactory.getLogger(OwnTables.class);

  /** Names of hidden tables. */
  private static final String HIDDEN = "";

  /** Who hides a table that is to go. */
  private static final String NOBODY = "";

  private static final int MOST_NAMES = 10_000;

  private final Store store;

  OwnTables(Store store) {
    this.store = store;
  }

  /** A table that is hidden, or becomes so while this is read, is not there. */
  @Override
  public Map<String, String> visible(Connection connection, Stored tables) throws SQLException {
    Map<String, String> names = names(connection);
    Set<String> stored = tables.read();
    names(connection)
        .forEach((table, name) -> names.merge(table, name, (a, b) -> a.isEmpty() ? a : b));
    Map<String, String> visible = new TreeMap<>();
    for (String table : stored) {
      String name = names.getOrDefault(table, table);
      if (!name.equals(HIDDEN)) {
        visible.put(name, table);
      }
    }
    return visible;
  }

  private static Map<String, String> names(Connection connection) throws SQLException {
    Map<String, String> names = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT STORED, NAME FROM CALCITE_WASM.TABLES")) {
      while (row.next()) {
        names.put(row.getString(1), row.getString(2));
      }
    }
    return names;
  }

  /**
   * Makes an empty table that nobody sees.
   *
   * @param maker the transaction that will show it; if it ends without, the table goes
   * @return the table's name in the store
   * @throws SqlError with the store's SQLSTATE
   */
  String make(NewTable table, String maker) {
    String stored = reserve(table.name(), maker);
    boolean made = false;
    try {
      store.define(table.as(stored).ddl());
      made = true;
      return stored;
    } finally {
      if (!made) {
        sweep(stored);
      }
    }
  }

  /** The wanted name, where the store has nothing under it, else one like it. */
  private String reserve(String wanted, String maker) {
    for (int i = 1; i <= MOST_NAMES; i++) {
      String stored = i == 1 ? wanted : wanted + "~" + i;
      boolean free =
          store.inTransaction(
              connection ->
                  update(
                          connection,
                          "INSERT INTO CALCITE_WASM.TABLES (STORED, NAME, MAKER)"
                              + " SELECT ?, '', ? WHERE NOT EXISTS (SELECT 1 FROM"
                              + " CALCITE_WASM.TABLES WHERE STORED = ?) AND NOT EXISTS (SELECT 1"
                              + " FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA = 'PUBLIC'"
                              + " AND LOWER(TABLE_NAME) = ?)",
                          stored,
                          maker,
                          stored,
                          stored.toLowerCase(Locale.ROOT))
                      == 1);
      if (free) {
        return stored;
      }
    }
    throw new SqlError("54000", "the store has too many tables like " + wanted);
  }

  /** Shows a table that was made, to whom sees the transaction. */
  static void show(Transactional transaction, String stored, String name) {
    int _ =
        transaction.inTransaction(
            connection ->
                stored.equals(name)
                    ? update(connection, "DELETE FROM CALCITE_WASM.TABLES WHERE STORED = ?", stored)
                    : update(
                        connection,
                        "UPDATE CALCITE_WASM.TABLES SET NAME = ?, MAKER = '' WHERE STORED = ?",
                        name,
                        stored));
  }

  /**
   * Hides a table from whom sees the transaction.
   *
   * @return its name in the store, to be {@linkplain #sweep swept} after the transaction
   */
  static String hide(Transactional transaction, String name) {
    return transaction.inTransaction(
        connection -> {
          String stored = name;
          try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT STORED FROM CALCITE_WASM.TABLES WHERE NAME = ?")) {
            select.setString(1, name);
            try (ResultSet row = select.executeQuery()) {
              if (row.next()) {
                stored = row.getString(1);
              }
            }
          }
          int _ =
              update(
                  connection,
                  "MERGE INTO CALCITE_WASM.TABLES (STORED, NAME, MAKER) KEY (STORED)"
                      + " VALUES (?, '', '')",
                  stored);
          return stored;
        });
  }

  /**
   * Drops a table if it is hidden. One that somebody uses stays until the database is opened again.
   */
  void sweep(String stored) {
    try {
      List<String> hidden =
          store.query(
              "SELECT STORED FROM CALCITE_WASM.TABLES WHERE NAME = ''", r -> r.getString(1));
      if (hidden.stream().anyMatch(stored::equalsIgnoreCase)) {
        drop(stored);
      }
    } catch (SqlError e) {
      LOG.warn("table {} cannot be dropped yet: {}", stored, e.getMessage());
    }
  }

  /** Drops what nobody shows any more. */
  void sweepAll() {
    List<String> left =
        store.query(
            """
            SELECT STORED FROM CALCITE_WASM.TABLES WHERE NAME = '' AND MAKER NOT IN
              (SELECT SESSION_ID || '@' || SESSION_START FROM INFORMATION_SCHEMA.SESSIONS)
            """,
            row -> row.getString(1));
    left.forEach(this::sweep);
  }

  private void drop(String stored) {
    store.define("DROP TABLE IF EXISTS " + NewTable.qualified(stored));
    int _ =
        store.inTransaction(
            connection ->
                update(
                    connection,
                    "DELETE FROM CALCITE_WASM.TABLES WHERE NAME = '' AND STORED = ?",
                    stored));
  }

  /** What tells a transaction's connection from all others of the store, in all processes. */
  static String maker(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SELECT SESSION_ID || '@' || SESSION_START FROM INFORMATION_SCHEMA.SESSIONS
                WHERE SESSION_ID = SESSION_ID()
                """)) {
      return row.next() ? row.getString(1) : NOBODY;
    }
  }

  private static int update(Connection connection, String sql, String... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setString(i + 1, parameters[i]);
      }
      return statement.executeUpdate();
    }
  }
}
