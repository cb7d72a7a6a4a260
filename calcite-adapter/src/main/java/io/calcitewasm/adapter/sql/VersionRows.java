package io.calcitewasm.adapter.sql;

import io.calcitewasm.adapter.catalogue.ModuleDefinition;
import io.calcitewasm.adapter.catalogue.Modules;
import io.calcitewasm.adapter.catalogue.VersionDefinition;
import io.calcitewasm.udf.module.ModuleVersion;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** The versions of modules as rows: those that are kept, and those that statements still use. */
final class VersionRows {
  /** The columns of {@code wasm.versions}. */
  static final Columns COLUMNS =
      Columns.NONE
          .with("module", SqlTypeName.VARCHAR)
          .withNullable("number", SqlTypeName.INTEGER)
          .with("version", SqlTypeName.VARCHAR)
          .with("state", SqlTypeName.VARCHAR)
          .with("statements", SqlTypeName.INTEGER)
          .with("instances", SqlTypeName.INTEGER)
          .withNullable("replaced", SqlTypeName.INTEGER)
          .withNullable("changes", SqlTypeName.VARCHAR)
          .with("digest", SqlTypeName.VARCHAR)
          .with("source", SqlTypeName.VARCHAR)
          .withNullable("statement", SqlTypeName.VARCHAR)
          .withNullable("created_at", SqlTypeName.TIMESTAMP);

  private VersionRows() {}

  /**
   * A row for each version that is kept, {@code active} or {@code kept}, and for each that
   * statements or instances are left of though it was replaced or dropped, {@code draining}.
   */
  static List<@Nullable Object[]> rows(Modules modules) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (VersionDefinition version : modules.versions()) {
      ModuleDefinition module = modules.definition(version.module());
      boolean active = module != null && module.version() == version.number();
      rows.add(kept(version, active ? running(modules, version) : null, active));
    }
    for (ModuleVersion version : modules.draining()) {
      rows.add(draining(version));
    }
    return rows;
  }

  private static @Nullable ModuleVersion running(Modules modules, VersionDefinition version) {
    return modules.snapshot().module(version.module()).orElse(null);
  }

  private static @Nullable Object[] kept(
      VersionDefinition version, @Nullable ModuleVersion running, boolean active) {
    return new @Nullable Object[] {
      version.module(),
      version.number(),
      version.label(),
      active ? "active" : "kept",
      running == null ? 0 : running.runtime().statements(),
      running == null ? 0 : running.runtime().liveInstances(),
      version.replaced().isPresent() ? version.replaced().getAsInt() : null,
      version.changes().isEmpty() ? null : version.changes(),
      version.digest(),
      version.source(),
      version.sql(),
      version.createdAt().toEpochMilli()
    };
  }

  private static @Nullable Object[] draining(ModuleVersion version) {
    return new @Nullable Object[] {
      version.name(),
      null,
      version.version(),
      "draining",
      version.runtime().statements(),
      version.runtime().liveInstances(),
      null,
      null,
      version.digest(),
      version.source(),
      null,
      null
    };
  }
}
