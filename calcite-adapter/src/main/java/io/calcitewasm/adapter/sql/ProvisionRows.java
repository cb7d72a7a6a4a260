package io.calcitewasm.adapter.sql;

import io.calcitewasm.adapter.catalogue.KeyValueUsage;
import io.calcitewasm.adapter.catalogue.Namespace;
import io.calcitewasm.host.provision.KeyValueScope.Quota;
import io.calcitewasm.host.provision.PackedFiles.PackedFile;
import io.calcitewasm.udf.module.ModuleVersion;
import io.calcitewasm.udf.module.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** What modules keep and what they bring with them, as rows. */
final class ProvisionRows {
  /** The columns of {@code wasm.kv}. */
  static final Columns KV =
      Columns.NONE
          .with("module", SqlTypeName.VARCHAR)
          .with("entries", SqlTypeName.BIGINT)
          .with("bytes", SqlTypeName.BIGINT)
          .withNullable("most_entries", SqlTypeName.BIGINT)
          .withNullable("most_bytes", SqlTypeName.BIGINT);

  /** The columns of {@code wasm.files}. */
  static final Columns FILES =
      Columns.NONE
          .with("module", SqlTypeName.VARCHAR)
          .with("path", SqlTypeName.VARCHAR)
          .with("bytes", SqlTypeName.BIGINT)
          .with("digest", SqlTypeName.VARCHAR);

  private ProvisionRows() {}

  /** A row for each module that keeps something or may. */
  static List<@Nullable Object[]> kv(Namespace namespace) {
    Snapshot modules = namespace.modules().snapshot();
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (KeyValueUsage usage : KeyValueUsage.all(namespace.rows())) {
      Optional<Quota> quota =
          modules.module(usage.module()).flatMap(version -> version.keyValues().largest());
      if (usage.entries() > 0 || quota.isPresent()) {
        rows.add(
            new @Nullable Object[] {
              usage.module(),
              usage.entries(),
              usage.bytes(),
              quota.map(Quota::entries).orElse(null),
              quota.map(Quota::bytes).orElse(null)
            });
      }
    }
    return rows;
  }

  /** A row for each file that is packed with a module. */
  static List<@Nullable Object[]> files(Namespace namespace) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (ModuleVersion version : namespace.modules().snapshot().modules().values()) {
      for (PackedFile file : version.files().files().values()) {
        rows.add(
            new @Nullable Object[] {
              version.name(), file.path(), (long) file.content().length, file.digest()
            });
      }
    }
    return rows;
  }
}
