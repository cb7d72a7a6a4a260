package io.calcitewasm.adapter.sql;

import io.calcitewasm.adapter.catalogue.Namespace;
import io.calcitewasm.adapter.catalogue.Store;
import io.calcitewasm.adapter.catalogue.View;
import io.calcitewasm.adapter.catalogue.ViewDefinition;
import io.calcitewasm.adapter.parser.SqlLanguage;
import io.calcitewasm.udf.SqlError;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.ddl.SqlCreateView;
import org.apache.calcite.sql.ddl.SqlDropView;

/** {@code CREATE} and {@code DROP VIEW}. */
final class ViewCommands {
  private final Namespace namespace;

  ViewCommands(Namespace namespace) {
    this.namespace = namespace;
  }

  void create(SqlCreateView statement, QuerySource source) {
    String name = OwnName.of(statement.name, source.defaultSchema());
    View view =
        View.of(
            new ViewDefinition(
                name,
                SqlLanguage.write(statement),
                source.defaultSchema(),
                Instant.now(),
                source.user()));
    References references = References.of(view);
    if (references.parameters()) {
      throw new SqlError("42P02", "view " + name + " cannot have parameters");
    }
    source.check(statement.query);
    check(view, source.plan(view.sql()).rowType());
    namespace.change(
        () -> {
          if (namespace.table(name) != null) {
            throw new SqlError("42P07", "'" + name + "' is a table already");
          }
          if (!statement.getReplace() && namespace.view(name) != null) {
            throw new SqlError("42P07", "view " + name + " exists already");
          }
          if (readsItself(name, references)) {
            throw new SqlError("42P17", "view " + name + " would read itself");
          }
          namespace.changes().putView(view);
        });
  }

  private static void check(View view, RelDataType query) {
    List<String> columns = view.columnNames(query);
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (String column : columns) {
      if (!names.add(column)) {
        throw new SqlError("42701", "view " + view.name() + " has two columns " + column);
      }
    }
  }

  private boolean readsItself(String name, References references) {
    Set<String> seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    return reads(references, name, seen);
  }

  private boolean reads(References references, String name, Set<String> seen) {
    for (References.Table table : references.tables()) {
      if (table.is(Store.USER_SCHEMA, name)) {
        return true;
      }
      View view =
          table.schema().equalsIgnoreCase(Store.USER_SCHEMA) ? namespace.view(table.name()) : null;
      if (view != null && seen.add(view.name()) && reads(References.of(view), name, seen)) {
        return true;
      }
    }
    return false;
  }

  void drop(SqlDropView statement, QuerySource source) {
    String wanted = OwnName.of(statement.name, source.defaultSchema());
    namespace.change(
        () -> {
          View view = namespace.view(wanted);
          if (view != null) {
            Dependents.refuse(
                namespace,
                "view " + view.name(),
                references -> Dependents.reads(references, view.name()));
            namespace.changes().removeView(view.name());
          } else if (namespace.table(wanted) != null) {
            throw new SqlError("42809", "'" + wanted + "' is a table: use DROP TABLE");
          } else if (!statement.ifExists) {
            throw new SqlError("42P01", "there is no view " + wanted);
          }
        });
  }
}
