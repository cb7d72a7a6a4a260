package io.calcitewasm.adapter.sql;

import io.calcitewasm.adapter.catalogue.ForeignSchema;
import io.calcitewasm.adapter.catalogue.ForeignSchemaDefinition;
import io.calcitewasm.adapter.catalogue.Namespace;
import io.calcitewasm.adapter.parser.SqlLanguage;
import io.calcitewasm.udf.SqlError;
import java.time.Instant;
import org.apache.calcite.sql.ddl.SqlCreateForeignSchema;
import org.apache.calcite.sql.ddl.SqlDropSchema;

/** {@code CREATE} and {@code DROP FOREIGN SCHEMA}. */
final class ForeignSchemaCommands {
  private final Namespace namespace;

  ForeignSchemaCommands(Namespace namespace) {
    this.namespace = namespace;
  }

  /** Connects before anything is kept, so that a wrong password is told here. */
  void create(SqlCreateForeignSchema statement) {
    String name = statement.name.getSimple();
    if (statement.ifNotExists && namespace.foreignSchema(name) != null) {
      return;
    }
    ForeignSchema schema =
        new ForeignSchema(
            new ForeignSchemaDefinition(name, SqlLanguage.write(statement), Instant.now()));
    boolean kept = false;
    try {
      schema.check();
      namespace.change(
          () -> {
            if (!statement.getReplace() || namespace.foreignSchema(name) == null) {
              namespace.checkSchemaName(name);
            }
            namespace.changes().putForeignSchema(schema);
          });
      kept = true;
    } finally {
      if (!kept) {
        schema.close();
      }
    }
  }

  void drop(SqlDropSchema statement) {
    String name = statement.name.getSimple();
    namespace.change(
        () -> {
          ForeignSchema schema = namespace.foreignSchema(name);
          if (schema != null) {
            Dependents.refuse(
                namespace,
                "foreign schema " + name,
                references ->
                    references.tables().stream()
                        .anyMatch(table -> table.schema().equalsIgnoreCase(name)));
            namespace.changes().removeForeignSchema(schema);
          } else if (!statement.ifExists) {
            throw new SqlError("3F000", "there is no foreign schema " + name);
          }
        });
  }
}
