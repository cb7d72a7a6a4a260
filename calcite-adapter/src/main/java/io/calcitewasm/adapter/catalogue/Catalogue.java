package io.calcitewasm.adapter.catalogue;

import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.module.Digest;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.OptionalInt;

/**
 * The definitions of modules with their versions, buckets, foreign schemas and views, kept in a
 * schema of the store that no user sees. Most are kept as the statement that makes them, so that
 * there is one way to read them. Names are unique whatever their letter case. A counter tells the
 * processes that share the store whether what they know is still so.
 */
public final class Catalogue {
  private final Transactional rows;

  /**
   * The catalogue as it is read there.
   *
   * @param rows a store whose tables are {@linkplain #prepare prepared}, or a transaction of it
   */
  Catalogue(Transactional rows) {
    this.rows = rows;
  }

  /**
   * Makes the tables of the catalogue where they are missing.
   *
   * @throws SqlError 08001 when a later version has written the store
   */
  public static void prepare(Store store) {
    boolean _ =
        store.inTransaction(
            connection -> {
              CatalogueTables.prepare(connection);
              return true;
            });
  }

  /** How often the catalogue has been changed, by whatever process. */
  public long generation() {
    return rows.query("SELECT N FROM CALCITE_WASM.GENERATION", row -> row.getLong(1)).getFirst();
  }

  /** All modules by name. */
  public List<ModuleDefinition> modules() {
    return rows.query(
        "SELECT NAME, SOURCE, DIGEST, SQL, VERSION, CREATED_AT FROM CALCITE_WASM.MODULES"
            + " ORDER BY NAME",
        row ->
            new ModuleDefinition(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getInt(5),
                instant(row, 6)));
  }

  /** All versions of all modules that are kept, by module and number. */
  public List<VersionDefinition> versions() {
    return rows.query(
        "SELECT MODULE, NUMBER, REPLACED, SOURCE, DIGEST, SQL, LABEL, CHANGES, CREATED_AT"
            + " FROM CALCITE_WASM.VERSIONS ORDER BY MODULE, NUMBER",
        row -> {
          int replaced = row.getInt(3);
          return new VersionDefinition(
              row.getString(1),
              row.getInt(2),
              replaced == 0 ? OptionalInt.empty() : OptionalInt.of(replaced),
              row.getString(4),
              row.getString(5),
              row.getString(6),
              row.getString(7),
              row.getString(8),
              instant(row, 9));
        });
  }

  /** All canaries by module. */
  public List<CanaryDefinition> canaries() {
    return rows.query(
        "SELECT MODULE, SOURCE, DIGEST, SQL, FRACTION, CREATED_AT FROM CALCITE_WASM.CANARIES"
            + " ORDER BY MODULE",
        row ->
            new CanaryDefinition(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getDouble(5),
                instant(row, 6)));
  }

  /**
   * A capability that was taken from a module, from statements that run too.
   *
   * @param module the module's name
   * @param capability its name
   */
  record Revocation(String module, String capability) {}

  /** What was taken away since the catalogue had been changed so often. */
  List<Revocation> revocationsSince(long generation) {
    return rows.query(
        "SELECT MODULE, CAPABILITY FROM CALCITE_WASM.REVOCATIONS WHERE GENERATION > " + generation,
        row -> new Revocation(row.getString(1), row.getString(2)));
  }

  /** All buckets by name. */
  public List<BucketDefinition> buckets() {
    return rows.query(
        "SELECT NAME, LOCATION, CREATED_AT FROM CALCITE_WASM.BUCKETS ORDER BY NAME",
        row -> new BucketDefinition(row.getString(1), Path.of(row.getString(2)), instant(row, 3)));
  }

  /** All foreign schemas by name. */
  public List<ForeignSchemaDefinition> foreignSchemas() {
    return rows.query(
        "SELECT NAME, SQL, CREATED_AT FROM CALCITE_WASM.FOREIGN_SCHEMAS ORDER BY NAME",
        row -> new ForeignSchemaDefinition(row.getString(1), row.getString(2), instant(row, 3)));
  }

  /** All views by name. */
  public List<ViewDefinition> views() {
    return rows.query(
        "SELECT NAME, SQL, DEFAULT_SCHEMA, CREATED_AT, OWNER FROM CALCITE_WASM.VIEWS ORDER BY NAME",
        row ->
            new ViewDefinition(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                instant(row, 4),
                row.getString(5)));
  }

  /**
   * The bytes of a module.
   *
   * @param digest as a definition tells it
   * @throws SqlError WM003 when the store holds other bytes under that digest; XX001 when it holds
   *     none
   */
  public byte[] content(String digest) {
    byte[] bytes =
        rows.inTransaction(
            connection -> {
              try (PreparedStatement select =
                  connection.prepareStatement(
                      "SELECT BYTES FROM CALCITE_WASM.CONTENTS WHERE DIGEST = ?")) {
                select.setString(1, digest);
                try (ResultSet row = select.executeQuery()) {
                  if (!row.next()) {
                    throw new SqlError(
                        "XX001", "the content " + digest + " is not in the catalogue");
                  }
                  return row.getBytes(1);
                }
              }
            });
    String actual = Digest.of(bytes);
    if (!actual.equals(digest)) {
      throw new SqlError(
          "WM003",
          "the content " + digest + " was changed in the catalogue: its digest is now " + actual);
    }
    return bytes;
  }

  private static Instant instant(ResultSet row, int column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
