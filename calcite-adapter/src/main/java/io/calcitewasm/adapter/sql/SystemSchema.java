package io.calcitewasm.adapter.sql;

import io.calcitewasm.adapter.access.Authority;
import io.calcitewasm.adapter.catalogue.AuditTrail;
import io.calcitewasm.adapter.catalogue.Modules;
import io.calcitewasm.adapter.catalogue.Namespace;
import io.calcitewasm.component.RuntimeInfo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.DataContext;
import org.apache.calcite.jdbc.Driver;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.impl.AbstractSchema;
import org.apache.calcite.sql.type.SqlTypeName;
import org.h2.engine.Constants;
import org.jspecify.annotations.Nullable;

/** Schema {@code wasm}: the modules, their functions and the engine, as tables to read. */
public final class SystemSchema extends AbstractSchema {
  private static final Columns ENGINE =
      Columns.NONE
          .with("runtime", SqlTypeName.VARCHAR)
          .with("optimising", SqlTypeName.BOOLEAN)
          .with("reason", SqlTypeName.VARCHAR)
          .with("java_version", SqlTypeName.VARCHAR)
          .with("java_vm", SqlTypeName.VARCHAR)
          .with("calcite_version", SqlTypeName.VARCHAR)
          .with("h2_version", SqlTypeName.VARCHAR);

  private final Map<String, Table> tables;

  /** The variable of a statement's context that holds its session's folder, a {@link Path}. */
  public static final String BUCKET = "calcite-wasm.bucket";

  /**
   * The schema of one database, as a namespace shows it.
   *
   * @param authority who may see what
   */
  public SystemSchema(Namespace namespace, Authority authority) {
    Modules modules = namespace.modules();
    this.tables =
        Map.ofEntries(
            table(
                "modules", new SystemTable(ModuleRows.MODULES, () -> ModuleRows.modules(modules))),
            table(
                "functions",
                new SystemTable(ModuleRows.FUNCTIONS, () -> ModuleRows.functions(modules))),
            table(
                "versions", new SystemTable(VersionRows.COLUMNS, () -> VersionRows.rows(modules))),
            table(
                "canary",
                new SystemTable(
                    CanaryCommands.COLUMNS, () -> CanaryCommands.rows(namespace.trials()))),
            table(
                "buckets",
                new SystemTable(
                    BucketCommands.COLUMNS,
                    root ->
                        BucketCommands.rows(
                            namespace.buckets(),
                            Optional.ofNullable(root.get(BUCKET)).map(Path.class::cast)))),
            table(
                "collations",
                new SystemTable(ModuleRows.COLLATIONS, () -> ModuleRows.collations(modules))),
            table(
                "grants",
                new SystemTable(
                    PolicyRows.GRANTS, () -> PolicyRows.grants(authority.privileges()))),
            table(
                "policy",
                new SystemTable(
                    PolicyRows.POLICY,
                    root ->
                        PolicyRows.policy(authority.loaded(), authority.principal(user(root))))),
            table(
                "audit",
                new SystemTable(
                    PolicyRows.AUDIT,
                    root -> {
                      authority
                          .policy()
                          .checkAdministers(authority.principal(user(root)), "read the audit");
                      return PolicyRows.audit(AuditTrail.events(namespace.rows()));
                    })),
            table(
                "engine",
                new SystemTable(
                    ENGINE, () -> engine(modules.judge().registry().engine().runtime()))),
            table("kv", new SystemTable(ProvisionRows.KV, () -> ProvisionRows.kv(namespace))),
            table(
                "files",
                new SystemTable(ProvisionRows.FILES, () -> ProvisionRows.files(namespace))));
  }

  private static Map.Entry<String, Table> table(String name, Table table) {
    return Map.entry(name, table);
  }

  private static List<@Nullable Object[]> engine(RuntimeInfo runtime) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    rows.add(
        new @Nullable Object[] {
          runtime.name(),
          runtime.optimising(),
          runtime.reason(),
          Runtime.version().toString(),
          System.getProperty("java.vm.name", ""),
          version(Driver.class),
          Constants.VERSION
        });
    return rows;
  }

  private static String user(DataContext root) {
    return String.valueOf(root.get(DataContext.Variable.USER.camelName));
  }

  private static String version(Class<?> of) {
    String version = of.getPackage().getImplementationVersion();
    return version == null ? "" : version;
  }

  @Override
  public boolean isMutable() {
    return false;
  }

  @Override
  protected Map<String, Table> getTableMap() {
    return tables;
  }
}
