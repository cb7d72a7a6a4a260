package io.calcitewasm.adapter.catalogue;

import io.calcitewasm.adapter.source.JdbcTables;
import io.calcitewasm.adapter.source.Names;
import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.module.Snapshot;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiFunction;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.schema.Schema;
import org.apache.calcite.schema.SchemaPlus;
import org.apache.calcite.schema.lookup.LikePattern;
import org.jspecify.annotations.Nullable;

/**
 * Everything in a database that has a name, as somebody sees it, and the schemas for his
 * statements: what is committed, or what a transaction sees, which changes it by {@link #changes}.
 */
public final class Namespace {
  /** The schema of the views about the database itself. */
  public static final String SYSTEM_SCHEMA = "wasm";

  /** What was made for a picture; what is known of tables is kept while the layout is the same. */
  private record Seen(Picture picture, JdbcTables tables, SchemaPlus root) {}

  private final CommittedCatalogue committed;
  private final @Nullable Transaction transaction;
  private final @Nullable Namespace outside;
  private final Roots roots;
  private final OpenRoot openRoot;
  private final BiFunction<Namespace, @Nullable Transaction, Schema> systemSchemas;
  private final Schema systemSchema;
  private final Modules modules;
  private volatile @Nullable Seen seen;

  /**
   * What is committed.
   *
   * @param viewTypes tells the row types of views
   * @param systemSchemas makes the schema {@link #SYSTEM_SCHEMA} of a namespace
   */
  public Namespace(
      CommittedCatalogue committed,
      ViewTypes viewTypes,
      BiFunction<Namespace, @Nullable Transaction, Schema> systemSchemas) {
    this.committed = committed;
    this.transaction = null;
    this.outside = null;
    this.openRoot = new OpenRoot(this::rootSchema);
    this.roots = new Roots(committed.store(), committed.tables(), viewTypes, openRoot.added());
    this.modules = new Modules(() -> committed.now().modules(), committed.judge());
    this.systemSchemas = systemSchemas;
    this.systemSchema = systemSchemas.apply(this, transaction);
  }

  private Namespace(Transaction transaction, Namespace outside) {
    this.committed = outside.committed;
    this.transaction = transaction;
    this.outside = outside;
    this.openRoot = outside.openRoot;
    this.roots = outside.roots;
    this.modules =
        new Modules(
            () -> transaction.picture().modules(),
            new ModuleJudge(new Catalogue(transaction), committed.judge().registry()));
    this.systemSchemas = outside.systemSchemas;
    this.systemSchema = systemSchemas.apply(this, transaction);
  }

  /** What a transaction sees, and can change. */
  public Namespace in(Transaction other) {
    return new Namespace(other, outside == null ? this : outside);
  }

  /** Where rows of the catalogue are read and written by those who see this. */
  public Transactional rows() {
    return transaction == null ? committed.store() : transaction;
  }

  /** The root schema for applications that embed Calcite: it stays, and they may add to it. */
  public SchemaPlus openRoot() {
    return openRoot;
  }

  private Picture picture() {
    return transaction == null ? committed.now() : transaction.picture();
  }

  /** All schemas as they are now. */
  public SchemaPlus rootSchema() {
    return outside != null && transaction != null && !transaction.isConnected()
        ? outside.rootSchema()
        : seen().root;
  }

  private Seen seen() {
    Picture now = picture();
    Seen last = seen;
    if (last == null || last.picture != now) {
      JdbcTables tables =
          last != null && last.picture.layout() == now.layout() ? last.tables : tables(now);
      last =
          new Seen(now, tables, roots.root(now, tables, () -> picture().snapshot(), systemSchema));
      seen = last;
    }
    return last;
  }

  /** What others have read about the tables holds for a transaction that has changed none. */
  private JdbcTables tables(Picture now) {
    if (transaction == null || outside == null) {
      return roots.tables().renewed(committed.store().dataSource());
    }
    Seen others = outside.seen();
    return others.picture.layout() == now.layout()
        ? others.tables.reachedBy(transaction.source())
        : roots.tables().renewed(transaction.source());
  }

  /**
   * Differs after every change from all that it has been; a statement planned at another generation
   * has to be planned again.
   */
  public long generation() {
    return picture().generation();
  }

  /** Differs after every change of anything but the contents of modules. */
  public long layout() {
    return picture().layout();
  }

  /**
   * The row type of a view as it would be with other modules.
   *
   * @throws RuntimeException what validating its query fails with
   */
  public RelDataType rowType(View view, Snapshot snapshot) {
    Seen now = seen();
    return roots
        .viewTypes()
        .rowType(
            snapshot,
            roots.root(now.picture, now.tables, () -> snapshot, systemSchema),
            view.definition().defaultSchema(),
            view.sql());
  }

  /** All views by name. */
  public List<View> views() {
    return List.copyOf(picture().views().values());
  }

  /** The view of that name, in any letter case, or null. */
  public @Nullable View view(String name) {
    return picture().views().get(name);
  }

  /** The foreign schema of that name, in any letter case, or null. */
  public @Nullable ForeignSchema foreignSchema(String name) {
    return picture().foreignSchemas().get(name);
  }

  /** The user's table of that name as it was first written, in any letter case, or null. */
  public @Nullable String table(String name) {
    SchemaPlus own = rootSchema().subSchemas().get(Store.USER_SCHEMA);
    Set<String> all = own == null ? Set.of() : own.tables().getNames(LikePattern.any());
    String match = Names.match(all, name);
    return match == null || picture().views().containsKey(match) ? null : match;
  }

  /** Whether a table of the store, by its name there, is one that is seen. */
  public boolean storesTable(String stored) {
    return seen().tables.stores(stored);
  }

  /** The modules. */
  public Modules modules() {
    return modules;
  }

  /** The folders that modules may come from. */
  public Buckets buckets() {
    return picture().buckets();
  }

  /** The version that is to be tried of a module, in any letter case, or null. */
  public @Nullable CanaryDefinition canary(String module) {
    return picture().canaries().get(module);
  }

  /** The trials that are running: of canaries that are committed. */
  public Canaries trials() {
    return committed.canaries();
  }

  /** The embedded database, for what does not belong to transactions. */
  public Store store() {
    return committed.store();
  }

  /**
   * Refuses a name that already means something among schemas and modules.
   *
   * @throws SqlError 42P06 naming what it means
   */
  public void checkSchemaName(String name) {
    String taken =
        switch (name.toLowerCase(Locale.ROOT)) {
          case "public" -> "the schema of the user's tables";
          case SYSTEM_SCHEMA -> "the system schema";
          default ->
              picture().foreignSchemas().containsKey(name)
                  ? "a foreign schema"
                  : modules.contains(name)
                      ? "a module"
                      : roots.added().subSchemas().getIgnoreCase(name) != null
                          ? "a schema that the application added"
                          : "";
        };
    if (!taken.isEmpty()) {
      throw new SqlError("42P06", "'" + name + "' is " + taken + " already");
    }
  }

  /**
   * The transaction that sees this.
   *
   * @throws IllegalStateException if it is what is committed, which nobody changes
   */
  public Transaction transaction() {
    if (transaction == null) {
      throw new IllegalStateException("what is committed is changed by transactions alone");
    }
    return transaction;
  }

  /**
   * Does something that changes definitions, alone, and with what others have changed before.
   * Checks belong inside, so that they are still true when the change is made.
   *
   * @throws SqlError 40001 when another transaction changes definitions for too long
   */
  public void change(Runnable change) {
    transaction().lock();
    change.run();
  }

  /** The changes of the transaction that sees this. */
  public Changes changes() {
    return new Changes(transaction(), modules);
  }

  /** Judges all modules by the policy that holds now, for everybody and at once. */
  public void judgeAgain() {
    committed.judgeAgain();
  }
}
