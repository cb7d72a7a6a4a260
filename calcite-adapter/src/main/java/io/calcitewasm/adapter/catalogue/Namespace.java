package io.calcitewasm.adapter.catalogue;

import io.calcitewasm.adapter.source.JdbcFailure;
import io.calcitewasm.adapter.source.JdbcTables;
import io.calcitewasm.adapter.source.Names;
import io.calcitewasm.udf.SqlError;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.calcite.schema.Schema;
import org.apache.calcite.schema.SchemaPlus;
import org.apache.calcite.schema.lookup.LikePattern;
import org.jspecify.annotations.Nullable;

/**
 * Everything in a database that has a name, and the schemas that statements see. Definitions change
 * one at a time: the catalogue first, then what statements see, so that a change that fails has not
 * happened. Readers never wait.
 */
public final class Namespace implements AutoCloseable {
  /** The schema of the views about the database itself. */
  public static final String SYSTEM_SCHEMA = "wasm";

  private static final Duration FOREVER = Duration.ofDays(10_000);

  /**
   * What statements see, until the next change.
   *
   * @param generation counts the changes
   * @param foreignSchemas by name, in any letter case
   * @param views by name, in any letter case
   * @param root all schemas
   */
  private record State(
      long generation,
      NavigableMap<String, ForeignSchema> foreignSchemas,
      NavigableMap<String, View> views,
      SchemaPlus root) {}

  private final Store store;
  private final Catalogue catalogue;
  private final ViewTypes viewTypes;
  private final Supplier<? extends Schema> systemSchema;
  private final Modules modules;
  private final ReentrantLock changing = new ReentrantLock();
  private final OpenRoot openRoot = new OpenRoot(this::rootSchema);
  private volatile State state;

  /**
   * The names in a store, as its catalogue tells them.
   *
   * @param store the embedded database
   * @param catalogue its definitions
   * @param viewTypes tells the row types of views
   * @param systemSchema makes the schema {@link #SYSTEM_SCHEMA}
   * @param modules its modules
   */
  public Namespace(
      Store store,
      Catalogue catalogue,
      ViewTypes viewTypes,
      Supplier<? extends Schema> systemSchema,
      Modules modules) {
    this.store = store;
    this.catalogue = catalogue;
    this.viewTypes = viewTypes;
    this.systemSchema = systemSchema;
    this.modules = modules;
    NavigableMap<String, ForeignSchema> foreign = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    catalogue.foreignSchemas().forEach(d -> foreign.put(d.name(), new ForeignSchema(d)));
    NavigableMap<String, View> views = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    catalogue.views().forEach(d -> views.put(d.name(), View.of(d)));
    this.state = new State(0, foreign, views, root(foreign, views));
  }

  private SchemaPlus root(Map<String, ForeignSchema> foreign, Map<String, View> views) {
    JdbcTables tables;
    try {
      tables =
          JdbcTables.connect(
              Store.USER_SCHEMA, store.dataSource(), null, Store.USER_SCHEMA, FOREVER);
    } catch (SQLException e) {
      throw JdbcFailure.of(e);
    }
    SchemaPlus[] root = new SchemaPlus[1];
    Map<String, Supplier<? extends Schema>> schemas = new LinkedHashMap<>();
    Schema own = new OwnSchema(tables, views, viewTypes, () -> root[0]);
    schemas.put(Store.USER_SCHEMA, () -> own);
    schemas.put(SYSTEM_SCHEMA, systemSchema);
    foreign.values().forEach(schema -> schemas.put(schema.definition().name(), schema::tables));
    root[0] = RootSchema.of(schemas, openRoot.added());
    return root[0];
  }

  /** The root schema for applications that embed Calcite: it stays, and they may add to it. */
  public SchemaPlus openRoot() {
    return openRoot;
  }

  /** All schemas as they are now. */
  public SchemaPlus rootSchema() {
    return state.root;
  }

  /** Grows with every change; a statement planned at another generation has to be planned again. */
  public long generation() {
    return state.generation;
  }

  /** All views by name. */
  public List<View> views() {
    return List.copyOf(state.views.values());
  }

  /** The view of that name, in any letter case, or null. */
  public @Nullable View view(String name) {
    return state.views.get(name);
  }

  /** The foreign schema of that name, in any letter case, or null. */
  public @Nullable ForeignSchema foreignSchema(String name) {
    return state.foreignSchemas.get(name);
  }

  /** The user's table of that name as it was first written, in any letter case, or null. */
  public @Nullable String table(String name) {
    SchemaPlus own = state.root.subSchemas().get(Store.USER_SCHEMA);
    Set<String> names = own == null ? Set.of() : own.tables().getNames(LikePattern.any());
    String match = Names.match(names, name);
    return match == null || state.views.containsKey(match) ? null : match;
  }

  /**
   * Does something that changes definitions, alone. Checks belong inside.
   *
   * @param change what to do
   */
  public void change(Runnable change) {
    changing.lock();
    try {
      change.run();
    } finally {
      changing.unlock();
    }
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
              state.foreignSchemas.containsKey(name)
                  ? "a foreign schema"
                  : modules.contains(name)
                      ? "a module"
                      : openRoot.added().subSchemas().getIgnoreCase(name) != null
                          ? "a schema that the application added"
                          : "";
        };
    if (!taken.isEmpty()) {
      throw new SqlError("42P06", "'" + name + "' is " + taken + " already");
    }
  }

  /** Adds a foreign schema, or replaces the one of its name. */
  public void putForeignSchema(ForeignSchema schema) {
    change(
        () -> {
          catalogue.change(c -> c.putForeignSchema(schema.definition()));
          String name = schema.definition().name();
          ForeignSchema replaced = state.foreignSchemas.get(name);
          publish(foreign -> putAs(foreign, name, schema), views -> {});
          if (replaced != null) {
            replaced.close();
          }
        });
  }

  /** Removes a foreign schema. */
  public void removeForeignSchema(ForeignSchema schema) {
    change(
        () -> {
          String name = schema.definition().name();
          catalogue.change(c -> c.removeForeignSchema(name));
          publish(foreign -> foreign.remove(name), views -> {});
          schema.close();
        });
  }

  /** Adds a view, or replaces the one of its name. */
  public void putView(View view) {
    change(
        () -> {
          catalogue.change(c -> c.putView(view.definition()));
          publish(foreign -> {}, views -> putAs(views, view.name(), view));
        });
  }

  /** Removes a view. */
  public void removeView(String name) {
    change(
        () -> {
          catalogue.change(c -> c.removeView(name));
          publish(foreign -> {}, views -> views.remove(name));
        });
  }

  /** Tells the store to define something about tables; what statements see follows. */
  public void defineTable(String ddl) {
    change(
        () -> {
          store.define(ddl);
          publish(foreign -> {}, views -> {});
        });
  }

  /** Connections to the store, for filling tables. */
  public Store store() {
    return store;
  }

  /** The modules. */
  public Modules modules() {
    return modules;
  }

  /** Installs a module, or puts it in the place of the one of its name. */
  public void putModule(Modules.Candidate candidate) {
    change(
        () -> {
          modules.install(candidate);
          publish(foreign -> {}, views -> {});
        });
  }

  /** Removes a module and views that need it, all or nothing. */
  public void removeModule(String name, List<View> dependents) {
    change(
        () -> {
          catalogue.change(
              changes -> {
                changes.removeModule(name);
                dependents.forEach(view -> changes.removeView(view.name()));
              });
          modules.forget(name);
          publish(foreign -> {}, views -> dependents.forEach(v -> views.remove(v.name())));
        });
  }

  /** A sorted map keeps the old key where only the letter case differs. */
  private static <T> void putAs(NavigableMap<String, T> map, String name, T value) {
    map.remove(name);
    map.put(name, value);
  }

  private void publish(
      Consumer<NavigableMap<String, ForeignSchema>> foreignChange,
      Consumer<NavigableMap<String, View>> viewChange) {
    NavigableMap<String, ForeignSchema> foreign = new TreeMap<>(state.foreignSchemas);
    NavigableMap<String, View> views = new TreeMap<>(state.views);
    foreignChange.accept(foreign);
    viewChange.accept(views);
    state = new State(state.generation + 1, foreign, views, root(foreign, views));
  }

  /** Lets go of foreign databases; the store stays open. */
  @Override
  public void close() {
    state.foreignSchemas.values().forEach(ForeignSchema::close);
  }
}
