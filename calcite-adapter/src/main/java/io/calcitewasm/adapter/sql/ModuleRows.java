package io.calcitewasm.adapter.sql;

import io.calcitewasm.adapter.catalogue.BrokenModule;
import io.calcitewasm.adapter.catalogue.ModuleDefinition;
import io.calcitewasm.adapter.catalogue.Modules;
import io.calcitewasm.adapter.function.CallTraits;
import io.calcitewasm.policy.Grant;
import io.calcitewasm.udf.module.ModuleVersion;
import io.calcitewasm.udf.signature.Collation;
import io.calcitewasm.udf.signature.SqlFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** What is to be known of modules and their functions, as rows. */
final class ModuleRows {
  /** The columns of {@code wasm.modules} and {@code SHOW MODULES}. */
  static final Columns MODULES =
      Columns.NONE
          .with("name", SqlTypeName.VARCHAR)
          .withNullable("version", SqlTypeName.VARCHAR)
          .with("functions", SqlTypeName.INTEGER)
          .with("state", SqlTypeName.VARCHAR)
          .withNullable("error", SqlTypeName.VARCHAR)
          .withNullable("documentation", SqlTypeName.VARCHAR)
          .withNullable("grants", SqlTypeName.VARCHAR)
          .withNullable("isolation", SqlTypeName.VARCHAR)
          .withNullable("memory_bytes", SqlTypeName.BIGINT)
          .withNullable("call_time_ms", SqlTypeName.BIGINT)
          .withNullable("result_bytes", SqlTypeName.BIGINT)
          .withNullable("instances", SqlTypeName.INTEGER)
          .with("source", SqlTypeName.VARCHAR)
          .with("digest", SqlTypeName.VARCHAR)
          .with("created_at", SqlTypeName.TIMESTAMP)
          .with("version_number", SqlTypeName.INTEGER)
          .with("active_statements", SqlTypeName.INTEGER)
          .with("active_instances", SqlTypeName.INTEGER)
          .with("draining_versions", SqlTypeName.INTEGER)
          .with("draining_statements", SqlTypeName.INTEGER)
          .with("draining_instances", SqlTypeName.INTEGER);

  /** The columns of {@code wasm.functions} and {@code DESCRIBE MODULE}. */
  static final Columns FUNCTIONS =
      Columns.NONE
          .with("module", SqlTypeName.VARCHAR)
          .with("name", SqlTypeName.VARCHAR)
          .with("kind", SqlTypeName.VARCHAR)
          .with("signature", SqlTypeName.VARCHAR)
          .with("documentation", SqlTypeName.VARCHAR)
          .with("raises", SqlTypeName.BOOLEAN)
          .with("deterministic", SqlTypeName.BOOLEAN)
          .with("traits", SqlTypeName.VARCHAR)
          .with("isolation", SqlTypeName.VARCHAR)
          .with("interface", SqlTypeName.VARCHAR)
          .with("wit_name", SqlTypeName.VARCHAR)
          .withNullable("no_sql_form", SqlTypeName.VARCHAR);

  /** The columns of {@code wasm.collations}. */
  static final Columns COLLATIONS =
      Columns.NONE
          .with("module", SqlTypeName.VARCHAR)
          .with("name", SqlTypeName.VARCHAR)
          .with("sort_key", SqlTypeName.BOOLEAN)
          .with("compare", SqlTypeName.BOOLEAN)
          .with("documentation", SqlTypeName.VARCHAR)
          .with("interface", SqlTypeName.VARCHAR);

  private ModuleRows() {}

  /** One row for each module, broken ones too, by name. */
  static List<@Nullable Object[]> modules(Modules modules) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    List<ModuleVersion> draining = modules.draining();
    for (ModuleDefinition definition : modules.definitions().values()) {
      BrokenModule broken = modules.broken(definition.name());
      if (broken != null) {
        rows.add(broken(definition, broken, draining));
      } else {
        modules
            .snapshot()
            .module(definition.name())
            .ifPresent(version -> rows.add(ready(definition, version, draining)));
      }
    }
    return rows;
  }

  private static @Nullable Object[] ready(
      ModuleDefinition definition, ModuleVersion version, List<ModuleVersion> draining) {
    Draining old = Draining.of(definition, draining);
    return new @Nullable Object[] {
      definition.name(),
      version.version(),
      version.functions().size(),
      "ready",
      null,
      version.manifest().documentation(),
      grants(version.grants()),
      version.isolations().module().name(),
      version.limits().memoryBytes(),
      version.limits().callTime().toMillis(),
      version.limits().resultBytes(),
      version.limits().instances(),
      definition.source(),
      definition.digest(),
      definition.createdAt().toEpochMilli(),
      definition.version(),
      version.runtime().statements(),
      version.runtime().liveInstances(),
      old.versions,
      old.statements,
      old.instances
    };
  }

  /** What is still there of a module's former versions. */
  private record Draining(int versions, int statements, int instances) {
    static Draining of(ModuleDefinition definition, List<ModuleVersion> draining) {
      int versions = 0;
      int statements = 0;
      int instances = 0;
      for (ModuleVersion version : draining) {
        if (version.name().equalsIgnoreCase(definition.name())) {
          versions++;
          statements += version.runtime().statements();
          instances += version.runtime().liveInstances();
        }
      }
      return new Draining(versions, statements, instances);
    }
  }

  private static @Nullable Object[] broken(
      ModuleDefinition definition, BrokenModule broken, List<ModuleVersion> draining) {
    Draining old = Draining.of(definition, draining);
    return new @Nullable Object[] {
      definition.name(),
      null,
      0,
      "broken",
      broken.reason().sqlState() + ": " + broken.reason().getMessage(),
      null,
      null,
      null,
      null,
      null,
      null,
      null,
      definition.source(),
      definition.digest(),
      definition.createdAt().toEpochMilli(),
      definition.version(),
      0,
      0,
      old.versions,
      old.statements,
      old.instances
    };
  }

  private static String grants(List<Grant> grants) {
    return grants.stream()
        .map(
            grant ->
                grant.capability().sqlName()
                    + (grant.scope().isEmpty()
                        ? ""
                        : grant.scope().entrySet().stream()
                            .map(
                                e -> e.getKey().sqlName() + " => " + String.join(" ", e.getValue()))
                            .collect(Collectors.joining(", ", " (", ")"))))
        .collect(Collectors.joining(", "));
  }

  /** One row for each collation of each module. */
  static List<@Nullable Object[]> collations(Modules modules) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (ModuleVersion version : modules.snapshot().modules().values()) {
      for (Collation collation : version.collations()) {
        rows.add(
            new @Nullable Object[] {
              collation.module(),
              collation.name(),
              collation.sortKey().isPresent(),
              collation.compare().isPresent(),
              collation.sortKey().or(collation::compare).orElseThrow().documentation(),
              collation.interfaceName()
            });
      }
    }
    return rows;
  }

  /** One row for each function of each module. */
  static List<@Nullable Object[]> functions(Modules modules) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    modules.snapshot().modules().values().forEach(version -> rows.addAll(functions(version)));
    return rows;
  }

  /** What SQL uses a function as; one that answers a list of records has two uses. */
  private static String kind(SqlFunction function) {
    return switch (function.kind()) {
      case SCALAR -> function.columns().isPresent() ? "scalar, table" : "scalar";
      case AGGREGATE -> "aggregate";
      case TABLE -> "table";
      case DYNAMIC -> "dynamic";
      case DYNAMIC_AGGREGATE -> "dynamic aggregate";
    };
  }

  /** One row for each function of a module, in the order of the component's exports. */
  static List<@Nullable Object[]> functions(ModuleVersion version) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (SqlFunction function : version.functions()) {
      rows.add(
          new @Nullable Object[] {
            version.name(),
            function.name(),
            kind(function),
            function.sqlSignature(),
            function.documentation(),
            function.raises(),
            CallTraits.of(version, function).deterministic(),
            version.traits(function).text(),
            version.isolations().of(function).name(),
            function.interfaceName(),
            function.witName(),
            function.noSqlForm().orElse(null)
          });
    }
    return rows;
  }
}
