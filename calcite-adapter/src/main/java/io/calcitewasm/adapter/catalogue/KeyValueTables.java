package io.calcitewasm.adapter.catalogue;

import io.calcitewasm.host.provision.KeyValueScope.Quota;
import io.calcitewasm.udf.SqlError;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The entries that modules keep, in the catalogue. They are known by the module's name: a new
 * version finds what the one before has left, and with the module they go. Keys are kept as UTF-8,
 * so that the store's order of them is the order of code points. Each writing gives an entry a
 * version that none has had before.
 */
final class KeyValueTables {
  /** What makes the tables; to be run where modules are there already, too. */
  static final List<String> DEFINITIONS =
      List.of(
          "CREATE SEQUENCE IF NOT EXISTS CALCITE_WASM.KV_VERSIONS",
          """
          CREATE TABLE IF NOT EXISTS CALCITE_WASM.KV_USAGE (
            MODULE VARCHAR_IGNORECASE(128) PRIMARY KEY
              REFERENCES CALCITE_WASM.MODULES(NAME) ON DELETE CASCADE,
            BYTES BIGINT NOT NULL, ENTRIES BIGINT NOT NULL)
          """,
          """
          CREATE TABLE IF NOT EXISTS CALCITE_WASM.KV (
            MODULE VARCHAR_IGNORECASE(128) NOT NULL
              REFERENCES CALCITE_WASM.KV_USAGE(MODULE) ON DELETE CASCADE,
            ENTRY VARBINARY(1024) NOT NULL, VERSION BIGINT NOT NULL,
            CONTENT VARBINARY(1048576) NOT NULL, PRIMARY KEY (MODULE, ENTRY))
          """,
          """
          INSERT INTO CALCITE_WASM.KV_USAGE SELECT NAME, 0, 0 FROM CALCITE_WASM.MODULES M
          WHERE NOT EXISTS (SELECT 1 FROM CALCITE_WASM.KV_USAGE U WHERE U.MODULE = M.NAME)
          """);

  /** Makes room for what a module will keep, if there is none; its parameter is the module. */
  static final String BEGIN =
      """
      INSERT INTO CALCITE_WASM.KV_USAGE SELECT NAME, 0, 0 FROM CALCITE_WASM.MODULES M
      WHERE NAME = ?
        AND NOT EXISTS (SELECT 1 FROM CALCITE_WASM.KV_USAGE U WHERE U.MODULE = M.NAME)
      """;

  private KeyValueTables() {}

  /**
   * What a module keeps.
   *
   * @param bytes of keys and values
   * @param entries keys
   */
  record Usage(long bytes, long entries) {
    Usage plus(long moreBytes, long moreEntries) {
      return new Usage(bytes + moreBytes, entries + moreEntries);
    }

    /**
     * Whether this is more than a quota and more than before.
     *
     * @return the limit that is beyond, as messages tell it
     */
    Optional<String> beyond(Quota quota, Usage before) {
      if (bytes > quota.bytes() && bytes > before.bytes) {
        return Optional.of(bytes + " bytes where " + quota.bytes() + " are granted (limit quota)");
      }
      return entries > quota.entries() && entries > before.entries
          ? Optional.of(
              entries + " entries where " + quota.entries() + " are granted (limit entries)")
          : Optional.empty();
    }
  }

  /**
   * An entry as it is kept.
   *
   * @param version the number of its last writing
   * @param content its value; null where nobody asked for it
   * @param size bytes of its value
   */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares entries.
  record Entry(long version, byte @Nullable [] content, long size) {}

  /** A module's key. */
  record Id(String module, String key) {
    byte[] bytes() {
      return key.getBytes(StandardCharsets.UTF_8);
    }
  }

  /** An entry; empty if there is none. */
  static Optional<Entry> find(Connection connection, Id id, boolean withContent)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT VERSION, OCTET_LENGTH(CONTENT)"
                + (withContent ? ", CONTENT" : "")
                + " FROM CALCITE_WASM.KV WHERE MODULE = ? AND ENTRY = ?")) {
      select.setString(1, id.module());
      select.setBytes(2, id.bytes());
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(
                new Entry(row.getLong(1), withContent ? row.getBytes(3) : null, row.getLong(2)))
            : Optional.empty();
      }
    }
  }

  /** Keys in order, behind another one, at most so many. */
  static List<String> keys(
      Connection connection, String module, String prefix, String after, int most)
      throws SQLException {
    byte[] first = prefix.getBytes(StandardCharsets.UTF_8);
    byte[] end = first.clone();
    if (end.length > 0) {
      end[end.length - 1]++; // No byte of UTF-8 is 0xFF.
    }
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT ENTRY FROM CALCITE_WASM.KV WHERE MODULE = ? AND ENTRY >= ? AND ENTRY > ?"
                + (end.length > 0 ? " AND ENTRY < ?" : "")
                + " ORDER BY ENTRY FETCH FIRST "
                + most
                + " ROWS ONLY")) {
      select.setString(1, module);
      select.setBytes(2, first);
      select.setBytes(3, after.getBytes(StandardCharsets.UTF_8));
      if (end.length > 0) {
        select.setBytes(4, end);
      }
      List<String> keys = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          keys.add(new String(row.getBytes(1), StandardCharsets.UTF_8));
        }
      }
      return keys;
    }
  }

  /** What a module keeps; empty if there is no such module. */
  static Optional<Usage> usage(Connection connection, String module) throws SQLException {
    return usage(connection, module, "");
  }

  /** The same, and no other transaction writes entries of the module before this one has ended. */
  static Optional<Usage> lock(Connection connection, String module) throws SQLException {
    return usage(connection, module, " FOR UPDATE");
  }

  private static Optional<Usage> usage(Connection connection, String module, String clause)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT BYTES, ENTRIES FROM CALCITE_WASM.KV_USAGE WHERE MODULE = ?" + clause)) {
      select.setString(1, module);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(new Usage(row.getLong(1), row.getLong(2)))
            : Optional.empty();
      }
    }
  }

  static void setUsage(Connection connection, String module, Usage usage) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE CALCITE_WASM.KV_USAGE SET BYTES = ?, ENTRIES = ? WHERE MODULE = ?")) {
      update.setLong(1, usage.bytes());
      update.setLong(2, usage.entries());
      update.setString(3, module);
      update.executeUpdate();
    }
  }

  /**
   * Writes one module's changes, with the module locked.
   *
   * @param changes values by key; empty where the entry goes
   * @param read the versions of what was read, 0 where there was nothing
   * @param before what the module kept
   * @return what it keeps then
   * @throws SqlError 40001 where another transaction has written what was read and changed
   */
  static Usage write(
      Connection connection, Map<Id, Optional<byte[]>> changes, Map<Id, Long> read, Usage before)
      throws SQLException {
    Usage usage = before;
    try (PreparedStatement put =
            connection.prepareStatement(
                "MERGE INTO CALCITE_WASM.KV (MODULE, ENTRY, VERSION, CONTENT) KEY (MODULE, ENTRY)"
                    + " VALUES (?, ?, NEXT VALUE FOR CALCITE_WASM.KV_VERSIONS, ?)");
        PreparedStatement remove =
            connection.prepareStatement(
                "DELETE FROM CALCITE_WASM.KV WHERE MODULE = ? AND ENTRY = ?")) {
      for (Map.Entry<Id, Optional<byte[]>> change : changes.entrySet()) {
        Id id = change.getKey();
        byte[] key = id.bytes();
        Optional<Entry> kept = find(connection, id, false);
        Long version = read.get(id);
        long now = kept.map(Entry::version).orElse(0L);
        if (version != null && version.longValue() != now) {
          throw new SqlError(
              "40001",
              "another statement has changed an entry that module "
                  + id.module()
                  + " keeps and this statement has read and changed; try again",
              null,
              id.module());
        }
        long gone = kept.map(entry -> entry.size() + key.length).orElse(0L);
        Optional<byte[]> value = change.getValue();
        if (value.isPresent()) {
          put.setString(1, id.module());
          put.setBytes(2, key);
          put.setBytes(3, value.get());
          put.executeUpdate();
        } else if (kept.isPresent()) {
          remove.setString(1, id.module());
          remove.setBytes(2, key);
          remove.executeUpdate();
        }
        usage =
            usage.plus(
                value.map(bytes -> (long) bytes.length + key.length).orElse(0L) - gone,
                (value.isPresent() ? 1 : 0) - (kept.isPresent() ? 1 : 0));
      }
    }
    return usage;
  }

  /** Compares keys by their bytes in UTF-8, which is by code points. */
  static int compare(String a, String b) {
    return Arrays.compareUnsigned(
        a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }
}
