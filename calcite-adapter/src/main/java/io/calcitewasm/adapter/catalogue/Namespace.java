package io.calcitewasm.adapter.catalogue;

import io.calcitewasm.adapter.parser.SqlLanguage;
import io.calcitewasm.adapter.source.JdbcFailure;
import io.calcitewasm.adapter.source.JdbcTables;
import io.calcitewasm.adapter.source.Names;
import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.module.ModuleVersion;
import io.calcitewasm.udf.module.Snapshot;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
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
import org.apache.calcite.rel.type.RelDataType;
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

  /** How often a change is tried while other processes change the catalogue. */
  private static final int ATTEMPTS = 100;

  private static final Duration FOREVER = Duration.ofDays(10_000);

  /**
   * What statements see, until the next change.
   *
   * @param generation counts the changes
   * @param layout counts those of anything but the contents of modules
   * @param foreignSchemas by name, in any letter case
   * @param views by name, in any letter case
   * @param root all schemas
   */
  private record State(
      long generation,
      long layout,
      NavigableMap<String, ForeignSchema> foreignSchemas,
      NavigableMap<String, View> views,
      SchemaPlus root) {}

  private final Store store;
  private final Catalogue catalogue;
  private final ViewTypes viewTypes;
  private final Supplier<? extends Schema> systemSchema;
  private final Modules modules;
  private final Buckets buckets;
  private final Canaries canaries;
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
    this.buckets = new Buckets(catalogue);
    this.canaries = new Canaries(catalogue, modules);
    NavigableMap<String, ForeignSchema> foreign = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    catalogue.foreignSchemas().forEach(d -> foreign.put(d.name(), new ForeignSchema(d)));
    NavigableMap<String, View> views = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    catalogue.views().forEach(d -> views.put(d.name(), View.of(d)));
    this.state =
        new State(0, 0, foreign, views, root(foreign, views, modules.registry()::snapshot));
  }

  private SchemaPlus root(
      Map<String, ForeignSchema> foreign, Map<String, View> views, Supplier<Snapshot> snapshot) {
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
    Schema own = new OwnSchema(tables, views, viewTypes, snapshot, () -> root[0]);
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

  /**
   * The row type of a view as it would be with other modules.
   *
   * @throws RuntimeException what validating its query fails with
   */
  public RelDataType rowType(View view, Snapshot snapshot) {
    State now = state;
    return viewTypes.rowType(
        snapshot,
        root(now.foreignSchemas, now.views, () -> snapshot),
        view.definition().defaultSchema(),
        view.sql());
  }

  /** Grows with every change of anything but the contents of modules. */
  public long layout() {
    return state.layout;
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
   * Does something that changes definitions, alone, and with what other processes have changed
   * before. Checks belong inside, where they are made again if another process was faster.
   *
   * @param change what to do; it may be done several times, of which the last one counts
   */
  public void change(Runnable change) {
    changing.lock();
    try {
      if (changing.getHoldCount() > 1) {
        change.run();
        return;
      }
      for (int attempt = 1; ; attempt++) {
        catchUp();
        try {
          change.run();
          return;
        } catch (Catalogue.Stale e) {
          if (attempt == ATTEMPTS) {
            throw new SqlError("40001", "other processes change the catalogue all the time", e);
          }
        }
      }
    } finally {
      changing.unlock();
    }
  }

  /** Takes over what other processes have changed. */
  public void refresh() {
    if (catalogue.generation() != catalogue.known()) {
      change(() -> {});
    }
  }

  /** Under the lock. What is read while another process changes it is read again. */
  private void catchUp() {
    for (long now = catalogue.generation();
        now != catalogue.known();
        now = catalogue.generation()) {
      State before = state;
      NavigableMap<String, ForeignSchema> foreign = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      for (ForeignSchemaDefinition definition : catalogue.foreignSchemas()) {
        ForeignSchema known = before.foreignSchemas.get(definition.name());
        foreign.put(
            definition.name(),
            known != null && known.definition().equals(definition)
                ? known
                : new ForeignSchema(definition));
      }
      NavigableMap<String, View> views = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      catalogue.views().forEach(d -> views.put(d.name(), View.of(d)));
      modules.reload();
      buckets.reload();
      canaries.reload();
      state =
          new State(
              before.generation + 1,
              before.layout + 1,
              foreign,
              views,
              root(foreign, views, modules.registry()::snapshot));
      before.foreignSchemas.values().stream()
          .filter(schema -> !foreign.containsValue(schema))
          .forEach(ForeignSchema::close);
      catalogue.know(now);
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
          catalogue.touch();
          publish(foreign -> {}, views -> {});
        });
  }

  /** Connections to the store, for filling tables. */
  public Store store() {
    return store;
  }

  /** Judges all modules by the policy that holds now, see {@link Modules#judgeAgain}. */
  public void judgeAgain() {
    change(
        () -> {
          modules.judgeAgain();
          publish(foreign -> {}, views -> {});
        });
  }

  /** The modules. */
  public Modules modules() {
    return modules;
  }

  /** The folders that modules may come from. */
  public Buckets buckets() {
    return buckets;
  }

  /**
   * Makes a version of a module the active one, and removes views that cannot live with it, all or
   * nothing; the caller has checked that its name is free or may be replaced.
   *
   * @param candidate the version
   * @param changes how its functions differ from those before, see {@link VersionDefinition}
   * @param dropped the views
   */
  public void putModule(Modules.Candidate candidate, String changes, List<View> dropped) {
    change(
        () -> {
          Modules.Installation installation = modules.installation(candidate, changes);
          catalogue.change(
              c -> {
                installation.write(c);
                dropped.forEach(view -> c.removeView(view.name()));
              });
          modules.installed(installation);
          canaries.reload();
          if (dropped.isEmpty()) {
            publish(state.layout, state.foreignSchemas, state.views);
          } else {
            publish(foreign -> {}, views -> dropped.forEach(v -> views.remove(v.name())));
          }
        });
  }

  /** The versions that are tried beside active ones. */
  public Canaries canaries() {
    return canaries;
  }

  /** Begins to try a version beside the active one of its module, in place of another trial. */
  public void putCanary(Modules.Candidate candidate, double fraction) {
    change(
        () -> {
          ModuleVersion tried = candidate.version();
          ModuleVersion active = modules.registry().snapshot().module(tried.name()).orElseThrow();
          CanaryDefinition definition =
              new CanaryDefinition(
                  active.name(),
                  candidate.source(),
                  tried.digest(),
                  SqlLanguage.write(candidate.statement()),
                  fraction,
                  Instant.now());
          catalogue.change(c -> c.putCanary(definition, candidate.content()));
          canaries.put(definition, active, tried);
        });
  }

  /** Ends the trial of a module. */
  public void removeCanary(String module) {
    change(
        () -> {
          catalogue.change(c -> c.removeCanary(module));
          canaries.reload();
        });
  }

  /** Adds a bucket, or replaces the one of its name. */
  public void putBucket(BucketDefinition bucket) {
    change(
        () -> {
          catalogue.change(c -> c.putBucket(bucket));
          buckets.reload();
        });
  }

  /** Removes a bucket. */
  public void removeBucket(String name) {
    change(
        () -> {
          catalogue.change(c -> c.removeBucket(name));
          buckets.reload();
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
          canaries.reload();
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
    publish(state.layout + 1, foreign, views);
  }

  private void publish(
      long layout, NavigableMap<String, ForeignSchema> foreign, NavigableMap<String, View> views) {
    state =
        new State(
            state.generation + 1,
            layout,
            foreign,
            views,
            root(foreign, views, modules.registry()::snapshot));
  }

  /** Lets go of foreign databases; the store stays open. */
  @Override
  public void close() {
    state.foreignSchemas.values().forEach(ForeignSchema::close);
  }
}
