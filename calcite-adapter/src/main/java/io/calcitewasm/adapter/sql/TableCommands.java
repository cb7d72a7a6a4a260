package io.calcitewasm.adapter.sql;

import io.calcitewasm.adapter.catalogue.Namespace;
import io.calcitewasm.adapter.catalogue.NewTable;
import io.calcitewasm.adapter.collation.Collations;
import io.calcitewasm.adapter.parser.SqlLanguage;
import io.calcitewasm.adapter.source.RowWriter;
import io.calcitewasm.udf.SqlError;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.ddl.SqlCreateTable;
import org.apache.calcite.sql.ddl.SqlDropTable;
import org.jspecify.annotations.Nullable;

/** {@code CREATE TABLE}, {@code CREATE TABLE … AS} and {@code DROP TABLE}. */
final class TableCommands {
  private final Namespace namespace;

  TableCommands(Namespace namespace) {
    this.namespace = namespace;
  }

  /** Creates a table; answers how many rows its query brought, or −1 without a query. */
  long create(SqlCreateTable statement, QuerySource source) {
    String name = OwnName.of(statement.name, source.defaultSchema());
    if (statement.getReplace()) {
      throw new SqlError("0A000", "CREATE OR REPLACE TABLE is not supported: drop the table first");
    }
    if (statement.ifNotExists && namespace.table(name) != null) {
      return statement.query == null ? -1 : 0;
    }
    checkFree(name);
    if (statement.query != null) {
      return createAs(name, statement.columnList, statement.query, source);
    }
    if (statement.columnList == null) {
      throw new SqlError("42601", "table " + name + " needs columns or a query");
    }
    Collations collations = new Collations(namespace.modules().snapshot());
    NewTable table = NewTable.of(name, statement.columnList, collations::resolve);
    namespace.change(
        () -> {
          if (statement.ifNotExists && namespace.table(name) != null) {
            return;
          }
          checkFree(name);
          namespace.changes().showTable(namespace.changes().makeTable(table), name);
        });
    return -1;
  }

  /** The table is filled before anything waits for it; nobody sees it before it is complete. */
  private long createAs(
      String name, @Nullable SqlNodeList columns, SqlNode query, QuerySource source) {
    if (References.of(query, source.defaultSchema()).parameters()) {
      throw new SqlError("0A000", "the query of CREATE TABLE … AS cannot have parameters");
    }
    String sql = SqlLanguage.write(query);
    source.check(query);
    QuerySource.Query planned = source.plan(sql);
    RelDataType rowType = planned.rowType();
    NewTable table = NewTable.of(name, columns == null ? List.of() : names(columns), rowType);
    String stored = namespace.changes().makeTable(table);
    try (QuerySource.Rows rows = planned.run()) {
      long count =
          RowWriter.inserting(
                  namespace.transaction().source(),
                  NewTable.qualified(stored),
                  rowType.getFieldList().stream().map(f -> f.getType().getSqlTypeName()).toList())
              .write(rows);
      namespace.change(
          () -> {
            checkFree(name);
            namespace.changes().showTable(stored, name);
          });
      return count;
    }
  }

  private static List<String> names(SqlNodeList columns) {
    return columns.stream()
        .map(
            column -> {
              if (column instanceof SqlIdentifier name) {
                return name.getSimple();
              }
              throw new SqlError(
                  "42601", "a table of a query takes names of columns only, not " + column);
            })
        .toList();
  }

  private void checkFree(String name) {
    if (namespace.view(name) != null) {
      throw new SqlError("42P07", "'" + name + "' is a view already");
    }
    if (namespace.table(name) != null) {
      throw new SqlError("42P07", "table " + name + " exists already");
    }
  }

  void drop(SqlDropTable statement, QuerySource source) {
    String wanted = OwnName.of(statement.name, source.defaultSchema());
    namespace.change(
        () -> {
          String name = namespace.table(wanted);
          if (name != null) {
            Dependents.refuse(
                namespace, "table " + name, references -> Dependents.reads(references, name));
            namespace.changes().dropTable(name);
          } else if (namespace.view(wanted) != null) {
            throw new SqlError("42809", "'" + wanted + "' is a view: use DROP VIEW");
          } else if (!statement.ifExists) {
            throw new SqlError("42P01", "there is no table " + wanted);
          }
        });
  }
}
