package io.calcitewasm.adapter.session;

import io.calcitewasm.adapter.access.Authority;
import io.calcitewasm.adapter.catalogue.AuditTrail;
import io.calcitewasm.adapter.catalogue.CommittedCatalogue;
import io.calcitewasm.adapter.catalogue.DatabaseLocation;
import io.calcitewasm.adapter.catalogue.Namespace;
import io.calcitewasm.adapter.catalogue.Privileges;
import io.calcitewasm.adapter.catalogue.Store;
import io.calcitewasm.adapter.catalogue.Transaction;
import io.calcitewasm.adapter.function.CallRights;
import io.calcitewasm.adapter.function.WasmTypeFactory;
import io.calcitewasm.adapter.parser.SqlLanguage;
import io.calcitewasm.adapter.plan.PrepareContext;
import io.calcitewasm.adapter.plan.WasmPrepare;
import io.calcitewasm.adapter.sql.SystemSchema;
import io.calcitewasm.host.HostServices;
import io.calcitewasm.policy.audit.AuditAnnouncement;
import io.calcitewasm.policy.rules.LivePolicy;
import io.calcitewasm.policy.rules.PolicySource;
import io.calcitewasm.udf.module.Registry;
import io.calcitewasm.udf.module.Snapshot;
import java.util.List;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.schema.Schema;
import org.apache.calcite.schema.SchemaPlus;
import org.jspecify.annotations.Nullable;

/**
 * One database: the store with the user's tables and the catalogue, and the modules that the
 * catalogue installs. For any number of sessions.
 */
public final class Database implements AutoCloseable {
  private final Store store;
  private final Registry registry;
  private final CommittedCatalogue catalogue;
  private final Namespace namespace;
  private final @Nullable CatalogueWatch watch;
  private final Authority authority;

  private Database(Store store, Registry registry, LivePolicy policy) {
    this.store = store;
    this.registry = registry;
    this.catalogue = new CommittedCatalogue(store, registry);
    AuditTrail audit = new AuditTrail(store, new AuditAnnouncement());
    this.authority = new Authority(policy, new Privileges(store), audit);
    this.namespace = new Namespace(catalogue, Database::viewType, this::systemSchema);
    this.watch = store.isShared() ? new CatalogueWatch(catalogue) : null;
  }

  private Schema systemSchema(Namespace of, @Nullable Transaction transaction) {
    return new SystemSchema(of, transaction == null ? authority : authority.in(transaction));
  }

  /**
   * Opens a database, or makes it; its modules are installed again.
   *
   * @param source where its policy comes from
   * @throws io.calcitewasm.udf.SqlError 08001 when the store cannot be opened
   * @throws io.calcitewasm.policy.PolicyException for a policy that makes no sense
   */
  static Database open(DatabaseLocation location, PolicySource source) {
    LivePolicy policy = new LivePolicy(source);
    Store store = Store.open(location);
    Registry registry = new Registry(SharedEngine.get(), new HostServices(), policy::now);
    try {
      return new Database(store, registry, policy);
    } catch (RuntimeException | Error e) {
      registry.close();
      store.close();
      throw e;
    }
  }

  private static RelDataType viewType(
      Snapshot modules, SchemaPlus root, String defaultSchema, String sql) {
    PrepareContext context =
        new PrepareContext(
            CalciteSchema.from(root),
            List.of(defaultSchema),
            new WasmTypeFactory(),
            SessionConfig.calcite());
    return new WasmPrepare(modules, SqlLanguage.config(), CallRights.ALL)
        .rowType(context, SqlLanguage.parse(sql));
  }

  /** Everything in it that has a name, as it is committed. */
  public Namespace namespace() {
    return namespace;
  }

  /** Its modules. */
  public Registry registry() {
    return registry;
  }

  /** What is committed of its catalogue. */
  CommittedCatalogue catalogue() {
    return catalogue;
  }

  /** Who may do what. */
  public Authority authority() {
    return authority;
  }

  @Override
  public void close() {
    if (watch != null) {
      watch.close();
    }
    catalogue.close();
    registry.close();
    store.close();
  }
}
