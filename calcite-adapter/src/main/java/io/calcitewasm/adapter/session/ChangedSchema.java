package io.calcitewasm.adapter.session;

import io.calcitewasm.adapter.parser.SqlLanguage;
import java.util.List;
import org.apache.calcite.sql.SqlDelete;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlInsert;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUpdate;

/**
 * The schema whose rows a statement changes, which may be one that no transaction of ours covers.
 */
final class ChangedSchema {
  private ChangedSchema() {}

  /**
   * The name of the schema; empty for a statement that changes no rows.
   *
   * @param sql a statement that can be parsed
   * @param defaultSchema where unqualified names are
   */
  static String of(String sql, String defaultSchema) {
    SqlNode target =
        switch (SqlLanguage.parse(sql)) {
          case SqlInsert insert -> insert.getTargetTable();
          case SqlUpdate update -> update.getTargetTable();
          case SqlDelete delete -> delete.getTargetTable();
          default -> null;
        };
    if (!(target instanceof SqlIdentifier table)) {
      return "";
    }
    List<String> names = table.names;
    return names.size() > 1 ? names.get(names.size() - 2) : defaultSchema;
  }
}
