package io.calcitewasm.adapter.catalogue;

import io.calcitewasm.policy.Capability;
import java.sql.PreparedStatement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Changes of the catalogue in one transaction; what it tells of itself follows with them. */
final class CatalogueChanges {
  /** How many versions of a module are kept, the active one apart. */
  static final int VERSIONS_KEPT = 20;

  /** For how many changes of the catalogue processes can still learn of a revocation. */
  private static final int REVOCATIONS_KEPT = 1_000;

  private final Transactional rows;

  CatalogueChanges(Transactional rows) {
    this.rows = rows;
  }

  /** Tells all processes that something has changed. */
  void count() {
    execute("UPDATE CALCITE_WASM.GENERATION SET N = N + 1");
  }

  /**
   * Adds a version of a module. Contents are known by their digest, so equal ones are kept once.
   * The oldest versions go where there are too many.
   */
  public void putVersion(VersionDefinition version, byte[] content) {
    putContent(version.digest(), content);
    execute(
        "INSERT INTO CALCITE_WASM.VERSIONS"
            + " (MODULE, NUMBER, REPLACED, SOURCE, DIGEST, SQL, LABEL, CHANGES, CREATED_AT)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        version.module(),
        version.number(),
        version.replaced().isPresent() ? version.replaced().getAsInt() : null,
        version.source(),
        version.digest(),
        version.sql(),
        version.label(),
        version.changes(),
        time(version.createdAt()));
    execute(
        "DELETE FROM CALCITE_WASM.VERSIONS V WHERE MODULE = ? AND NUMBER <= ?"
            + " AND NUMBER NOT IN (SELECT VERSION FROM CALCITE_WASM.MODULES M"
            + " WHERE M.NAME = V.MODULE)",
        version.module(),
        version.number() - VERSIONS_KEPT - 1);
  }

  /** Makes a version that is there the active one; it ends a canary. */
  public void putModule(ModuleDefinition module) {
    execute(
        "MERGE INTO CALCITE_WASM.MODULES (NAME, SOURCE, DIGEST, SQL, VERSION, CREATED_AT)"
            + " VALUES (?, ?, ?, ?, ?, ?)",
        module.name(),
        module.source(),
        module.digest(),
        module.sql(),
        module.version(),
        time(module.createdAt()));
    execute(KeyValueTables.BEGIN, module.name());
    removeCanary(module.name());
  }

  /** Removes a module with all its versions, if it is there. */
  public void removeModule(String name) {
    execute("DELETE FROM CALCITE_WASM.MODULES WHERE NAME = ?", name);
    execute("DELETE FROM CALCITE_WASM.VERSIONS WHERE MODULE = ?", name);
    removeCanary(name);
  }

  /** Adds a canary, or replaces that of the module. */
  public void putCanary(CanaryDefinition canary, byte[] content) {
    putContent(canary.digest(), content);
    execute(
        "MERGE INTO CALCITE_WASM.CANARIES (MODULE, SOURCE, DIGEST, SQL, FRACTION, CREATED_AT)"
            + " VALUES (?, ?, ?, ?, ?, ?)",
        canary.module(),
        canary.source(),
        canary.digest(),
        canary.sql(),
        canary.fraction(),
        time(canary.createdAt()));
    removeUnusedContents();
  }

  /** Removes a module's canary, if it has one. */
  public void removeCanary(String module) {
    execute("DELETE FROM CALCITE_WASM.CANARIES WHERE MODULE = ?", module);
    removeUnusedContents();
  }

  /** Tells all processes that a capability is gone for statements that run, too. */
  public void putRevocation(String module, Capability capability) {
    execute(
        "INSERT INTO CALCITE_WASM.REVOCATIONS (MODULE, CAPABILITY, GENERATION)"
            + " SELECT ?, ?, N FROM CALCITE_WASM.GENERATION",
        module,
        capability.sqlName());
    execute(
        "DELETE FROM CALCITE_WASM.REVOCATIONS"
            + " WHERE GENERATION < (SELECT N FROM CALCITE_WASM.GENERATION) - ?",
        REVOCATIONS_KEPT);
  }

  /** Adds a bucket, or replaces the one of its name. */
  public void putBucket(BucketDefinition bucket) {
    execute(
        "MERGE INTO CALCITE_WASM.BUCKETS (NAME, LOCATION, CREATED_AT) VALUES (?, ?, ?)",
        bucket.name(),
        bucket.location().toString(),
        time(bucket.createdAt()));
  }

  /** Removes a bucket, if it is there. */
  public void removeBucket(String name) {
    execute("DELETE FROM CALCITE_WASM.BUCKETS WHERE NAME = ?", name);
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
        "MERGE INTO CALCITE_WASM.VIEWS (NAME, SQL, DEFAULT_SCHEMA, CREATED_AT, OWNER)"
            + " VALUES (?, ?, ?, ?, ?)",
        view.name(),
        view.sql(),
        view.defaultSchema(),
        time(view.createdAt()),
        view.owner());
  }

  /** Removes a view, if it is there. */
  public void removeView(String name) {
    execute("DELETE FROM CALCITE_WASM.VIEWS WHERE NAME = ?", name);
  }

  private void putContent(String digest, byte[] content) {
    execute(
        "INSERT INTO CALCITE_WASM.CONTENTS (DIGEST, BYTES) SELECT ?, ? WHERE NOT EXISTS"
            + " (SELECT 1 FROM CALCITE_WASM.CONTENTS WHERE DIGEST = ?)",
        digest,
        content,
        digest);
  }

  private void removeUnusedContents() {
    execute(
        """
        DELETE FROM CALCITE_WASM.CONTENTS C
        WHERE NOT EXISTS (SELECT 1 FROM CALCITE_WASM.VERSIONS V WHERE V.DIGEST = C.DIGEST)
          AND NOT EXISTS (SELECT 1 FROM CALCITE_WASM.MODULES M WHERE M.DIGEST = C.DIGEST)
          AND NOT EXISTS (SELECT 1 FROM CALCITE_WASM.CANARIES N WHERE N.DIGEST = C.DIGEST)
        """);
  }

  private void execute(String sql, @Nullable Object... parameters) {
    int _ =
        rows.inTransaction(
            connection -> {
              try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (int i = 0; i < parameters.length; i++) {
                  statement.setObject(i + 1, parameters[i]);
                }
                return statement.executeUpdate();
              }
            });
  }

  private static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
