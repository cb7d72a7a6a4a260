package io.calcitewasm.adapter.sql;

import io.calcitewasm.adapter.catalogue.BucketDefinition;
import io.calcitewasm.adapter.catalogue.Buckets;
import io.calcitewasm.adapter.catalogue.Namespace;
import io.calcitewasm.adapter.parser.CreateBucket;
import io.calcitewasm.adapter.parser.DropBucket;
import io.calcitewasm.udf.SqlError;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** {@code CREATE} and {@code DROP BUCKET}, {@code SHOW BUCKETS} and {@code wasm.buckets}. */
final class BucketCommands {
  /** The columns of {@code wasm.buckets} and {@code SHOW BUCKETS}. */
  static final Columns COLUMNS =
      Columns.NONE
          .with("name", SqlTypeName.VARCHAR)
          .with("location", SqlTypeName.VARCHAR)
          .with("belongs_to", SqlTypeName.VARCHAR)
          .withNullable("created_at", SqlTypeName.TIMESTAMP);

  private final Namespace namespace;

  BucketCommands(Namespace namespace) {
    this.namespace = namespace;
  }

  void create(CreateBucket statement) {
    String name = statement.name().getSimple();
    if (statement.getReplace() && statement.ifNotExists) {
      throw new SqlError("42601", "OR REPLACE and IF NOT EXISTS exclude each other");
    }
    Buckets.checkName(name);
    Path folder = Buckets.folder(statement.location());
    namespace.change(
        () -> {
          boolean exists = namespace.buckets().all().containsKey(name);
          if (exists && statement.ifNotExists) {
            return;
          }
          if (exists && !statement.getReplace()) {
            throw new SqlError("42710", "bucket " + name + " exists already");
          }
          namespace.changes().putBucket(new BucketDefinition(name, folder, Instant.now()));
        });
  }

  void drop(DropBucket statement) {
    String name = statement.name().getSimple();
    namespace.change(
        () -> {
          if (namespace.buckets().all().containsKey(name)) {
            namespace.changes().removeBucket(name);
          } else if (!statement.ifExists()) {
            throw new SqlError("42704", "there is no bucket " + name);
          }
        });
  }

  Answer show(QuerySource source) {
    return new Answer.Table(COLUMNS, rows(namespace.buckets(), source.bucket()));
  }

  /** A row for each bucket; where there is none, one that says that every place will do. */
  static List<@Nullable Object[]> rows(Buckets buckets, Optional<Path> here) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    here.ifPresent(folder -> rows.add(row(Buckets.HERE, folder, "connection", null)));
    for (BucketDefinition bucket : buckets.all().values()) {
      rows.add(
          row(bucket.name(), bucket.location(), "database", bucket.createdAt().toEpochMilli()));
    }
    if (rows.isEmpty()) {
      rows.add(row("*", Path.of("/"), "nobody: modules may come from anywhere", null));
    }
    return rows;
  }

  private static @Nullable Object[] row(
      String name, Path folder, String owner, @Nullable Object createdAt) {
    return new @Nullable Object[] {name, folder.toUri().toString(), owner, createdAt};
  }
}
