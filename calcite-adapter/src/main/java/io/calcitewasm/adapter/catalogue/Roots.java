package io.calcitewasm.adapter.catalogue;

import io.calcitewasm.adapter.source.JdbcFailure;
import io.calcitewasm.adapter.source.JdbcTables;
import io.calcitewasm.udf.module.Snapshot;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.calcite.schema.Schema;
import org.apache.calcite.schema.SchemaPlus;

/** Makes the root schemas of one database: all that a statement can name, for one picture of it. */
final class Roots {
  private static final Duration FOREVER = Duration.ofDays(10_000);

  private final ViewTypes viewTypes;
  private final SchemaPlus added;
  private final JdbcTables tables;

  /**
   * For a store.
   *
   * @param viewTypes tells the row types of views
   * @param added what an embedding application adds
   */
  Roots(Store store, OwnTables own, ViewTypes viewTypes, SchemaPlus added) {
    this.viewTypes = viewTypes;
    this.added = added;
    try {
      this.tables =
          JdbcTables.connect(
              Store.USER_SCHEMA, store.dataSource(), null, Store.USER_SCHEMA, FOREVER, own);
    } catch (SQLException e) {
      throw JdbcFailure.of(e);
    }
  }

  /** The user's tables, about which nothing has been read yet. */
  JdbcTables tables() {
    return tables;
  }

  /** What an embedding application has added. */
  SchemaPlus added() {
    return added;
  }

  /** Tells the row types of views. */
  ViewTypes viewTypes() {
    return viewTypes;
  }

  /**
   * A root schema.
   *
   * @param names the picture
   * @param own the user's tables
   * @param snapshot the modules that views see
   * @param system the schema of the views about the database itself
   */
  SchemaPlus root(Picture names, JdbcTables own, Supplier<Snapshot> snapshot, Schema system) {
    SchemaPlus[] root = new SchemaPlus[1];
    Map<String, Supplier<? extends Schema>> schemas = new LinkedHashMap<>();
    Schema user =
        new OwnSchema(
            own,
            names.views(),
            viewTypes,
            names.modules().definitions().keySet(),
            snapshot,
            () -> root[0]);
    schemas.put(Store.USER_SCHEMA, () -> user);
    schemas.put(Namespace.SYSTEM_SCHEMA, () -> system);
    names
        .foreignSchemas()
        .values()
        .forEach(schema -> schemas.put(schema.definition().name(), schema::tables));
    root[0] = RootSchema.of(schemas, added);
    return root[0];
  }
}
