package io.calcitewasm.adapter.sql;

import io.calcitewasm.adapter.catalogue.Namespace;
import io.calcitewasm.adapter.catalogue.Store;
import io.calcitewasm.adapter.function.CollatedType;
import io.calcitewasm.adapter.source.JdbcFailure;
import io.calcitewasm.udf.SqlError;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.calcite.sql.dialect.H2SqlDialect;

/** Columns of the user's tables whose declared collation is one of a module. */
final class CollatedColumns {
  private record Column(String table, String name) {
    String quoted() {
      return quote(Store.USER_SCHEMA) + "." + quote(table) + "." + quote(name);
    }

    private static String quote(String name) {
      return H2SqlDialect.DEFAULT.quoteIdentifier(name);
    }
  }

  private CollatedColumns() {}

  /**
   * Refuses when there are some.
   *
   * @throws SqlError 2BP01 naming them
   */
  static void refuse(Namespace namespace, String module) {
    List<Column> columns = of(namespace, module);
    if (!columns.isEmpty()) {
      throw new SqlError(
          "2BP01",
          "module "
              + module
              + " brings the collation of "
              + columns.stream().map(c -> c.table + "." + c.name).collect(Collectors.joining(", "))
              + ": drop the tables first, or use CASCADE, which leaves these columns without one");
    }
  }

  /**
   * Takes the collation from them: they have none as soon as the module is gone, and do not get one
   * from another module of its name, since what they declare goes too, once it is committed. Their
   * texts stay.
   */
  static void release(Namespace namespace, String module) {
    List<String> ddl =
        of(namespace, module).stream()
            .map(column -> "COMMENT ON COLUMN " + column.quoted() + " IS NULL")
            .toList();
    if (!ddl.isEmpty()) {
      namespace.changes().redefineTables(ddl);
    }
  }

  /** Tables that are not seen have no columns. */
  private static List<Column> of(Namespace namespace, String module) {
    String prefix = CollatedType.remark(module.toLowerCase(Locale.ROOT) + ".");
    List<Column> columns = new ArrayList<>();
    try (Connection connection = namespace.store().dataSource().getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "SELECT TABLE_NAME, COLUMN_NAME FROM INFORMATION_SCHEMA.COLUMNS"
                    + " WHERE TABLE_SCHEMA = ? AND LEFT(REMARKS, ?) = ? ORDER BY 1, 2")) {
      statement.setString(1, Store.USER_SCHEMA);
      statement.setInt(2, prefix.length());
      statement.setString(3, prefix);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          Column column = new Column(row.getString(1), row.getString(2));
          if (namespace.storesTable(column.table)) {
            columns.add(column);
          }
        }
      }
    } catch (SQLException e) {
      throw JdbcFailure.of(e);
    }
    return columns;
  }
}
