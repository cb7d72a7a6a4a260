package io.calcitewasm.adapter.catalogue;

import io.calcitewasm.adapter.parser.SqlLanguage;
import io.calcitewasm.policy.Capability;
import io.calcitewasm.udf.module.ModuleVersion;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a transaction can change of the definitions of a database. Each change is written into the
 * catalogue and seen by the transaction, and by others when it is committed. The caller has checked
 * that names are free or may be replaced.
 */
public final class Changes {
  private final Transaction transaction;
  private final Modules modules;

  Changes(Transaction transaction, Modules modules) {
    this.transaction = transaction;
    this.modules = modules;
  }

  /** Adds a foreign schema, or replaces the one of its name. */
  public void putForeignSchema(ForeignSchema schema) {
    ForeignSchemaDefinition definition = schema.definition();
    transaction.change(
        rows -> rows.putForeignSchema(definition),
        (names, stamp) -> names.withForeignSchemas(Picture.put(definition.name(), schema), stamp));
  }

  /** Removes a foreign schema. */
  public void removeForeignSchema(ForeignSchema schema) {
    String name = schema.definition().name();
    transaction.change(
        rows -> rows.removeForeignSchema(name),
        (names, stamp) -> names.withForeignSchemas(Picture.remove(name), stamp));
  }

  /** Adds a view, or replaces the one of its name. */
  public void putView(View view) {
    transaction.change(
        rows -> rows.putView(view.definition()),
        (names, stamp) -> names.withViews(Picture.put(view.name(), view), stamp));
  }

  /** Removes a view. */
  public void removeView(String name) {
    transaction.change(
        rows -> rows.removeView(name),
        (names, stamp) -> names.withViews(Picture.remove(name), stamp));
  }

  /**
   * Makes an empty table that nobody sees before {@link #showTable} is called.
   *
   * @return its name in the store, by which the transaction can fill it
   */
  public String makeTable(NewTable table) {
    OwnTables tables = transaction.committed().tables();
    String stored = tables.make(table, transaction.inTransaction(OwnTables::maker));
    transaction.onEnd(() -> tables.sweep(stored));
    return stored;
  }

  /** Shows a table that was made. */
  public void showTable(String stored, String name) {
    transaction.change(rows -> OwnTables.show(transaction, stored, name), Picture::withTables);
  }

  /** Drops a table of the user. */
  public void dropTable(String name) {
    transaction.change(
        rows -> {
          String stored = OwnTables.hide(transaction, name);
          transaction.onEnd(() -> transaction.committed().tables().sweep(stored));
        },
        Picture::withTables);
  }

  /**
   * Makes a version of a module the active one, and removes views that cannot live with it.
   *
   * @param candidate the version
   * @param changes how its functions differ from those before, see {@link VersionDefinition}
   * @param dropped the views
   */
  public void putModule(Modules.Candidate candidate, String changes, List<View> dropped) {
    transaction.introduce(candidate.version());
    transaction.lock();
    String name = candidate.version().name();
    Instant now = Instant.now();
    ModuleDefinition active = modules.definition(name);
    List<VersionDefinition> kept = modules.versions(name);
    int number = candidate.number().orElse(kept.isEmpty() ? 1 : kept.getLast().number() + 1);
    String sql = SqlLanguage.write(candidate.statement());
    String digest = candidate.version().digest();
    ModuleDefinition definition =
        new ModuleDefinition(name, candidate.source(), digest, sql, number, now);
    @Nullable VersionDefinition added =
        candidate.number().isPresent()
            ? null
            : new VersionDefinition(
                name,
                number,
                active == null ? OptionalInt.empty() : OptionalInt.of(active.version()),
                candidate.source(),
                digest,
                sql,
                candidate.version().version(),
                changes,
                now);
    transaction.change(
        rows -> {
          if (added != null) {
            rows.putVersion(added, candidate.content());
          }
          rows.putModule(definition);
          dropped.forEach(view -> rows.removeView(view.name()));
        },
        (names, stamp) -> {
          ModuleSet all =
              names
                  .modules()
                  .with(definition, candidate.version())
                  .withVersions(new Catalogue(transaction).versions());
          Picture next = names.withModules(all, stamp).withCanaries(Picture.remove(name), stamp);
          return dropped.isEmpty() ? next : next.withViews(without(dropped), stamp);
        });
  }

  /** Removes a module and views that need it. */
  public void removeModule(String name, List<View> dependents) {
    transaction.change(
        rows -> {
          rows.removeModule(name);
          dependents.forEach(view -> rows.removeView(view.name()));
        },
        (names, stamp) ->
            names
                .withModules(names.modules().without(name), stamp)
                .withCanaries(Picture.remove(name), stamp)
                .withViews(without(dependents), stamp));
  }

  /**
   * Has capabilities taken from the versions of a module that statements may be running in, by
   * whatever process, as soon as this is committed: from all that there were before the one that is
   * active then.
   */
  public void revokeFromRunning(String module, List<Capability> capabilities) {
    List<ModuleVersion> drafts = transaction.introduced(module);
    transaction.change(
        rows -> capabilities.forEach(capability -> rows.putRevocation(module, capability)),
        Picture::withStamp);
    transaction.onCommit(
        () -> {
          for (Capability capability : capabilities) {
            drafts.forEach(version -> version.runtime().revoke(capability));
            transaction.committed().judge().registry().revokeFromReplaced(module, capability);
          }
        });
  }

  private static UnaryOperator<NavigableMap<String, View>> without(List<View> dropped) {
    return views -> {
      dropped.forEach(view -> views.remove(view.name()));
      return views;
    };
  }

  /**
   * Has a version tried beside the active one of its module, in place of another trial, as soon as
   * this is committed.
   */
  public void putCanary(Modules.Candidate candidate, double fraction) {
    ModuleVersion tried = candidate.version();
    ModuleVersion active = modules.snapshot().module(tried.name()).orElseThrow();
    CanaryDefinition definition =
        new CanaryDefinition(
            active.name(),
            candidate.source(),
            tried.digest(),
            SqlLanguage.write(candidate.statement()),
            fraction,
            Instant.now());
    transaction.change(
        rows -> rows.putCanary(definition, candidate.content()),
        (names, stamp) -> names.withCanaries(Picture.put(definition.module(), definition), stamp));
  }

  /** Ends the trial of a module. */
  public void removeCanary(String module) {
    transaction.change(
        rows -> rows.removeCanary(module),
        (names, stamp) -> names.withCanaries(Picture.remove(module), stamp));
  }

  /** Adds a bucket, or replaces the one of its name. */
  public void putBucket(BucketDefinition bucket) {
    transaction.change(
        rows -> rows.putBucket(bucket),
        (names, stamp) -> names.withBuckets(names.buckets().with(bucket), stamp));
  }

  /** Removes a bucket. */
  public void removeBucket(String name) {
    transaction.change(
        rows -> rows.removeBucket(name),
        (names, stamp) -> names.withBuckets(names.buckets().without(name), stamp));
  }

  /** Has the definitions of tables changed in the store once this is committed. */
  public void redefineTables(List<String> ddl) {
    transaction.onCommit(
        () -> {
          CommittedCatalogue committed = transaction.committed();
          try {
            ddl.forEach(committed.store()::define);
          } finally {
            committed.readTablesAgain();
          }
        });
  }
}
