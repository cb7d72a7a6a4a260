package io.calcitewasm.adapter.sql;

import io.calcitewasm.adapter.catalogue.Store;
import io.calcitewasm.udf.SqlError;
import org.apache.calcite.sql.SqlIdentifier;

/** Names of the user's own tables and views. */
final class OwnName {
  private OwnName() {}

  /**
   * The simple name of a table or view of the user.
   *
   * @param name as written: {@code t} or {@code public.t}
   * @param defaultSchema where an unqualified name belongs
   * @throws SqlError 0A000 for a name in another schema
   */
  static String of(SqlIdentifier name, String defaultSchema) {
    String schema = name.names.size() == 1 ? defaultSchema : name.names.getFirst();
    if (name.names.size() > 2 || !schema.equalsIgnoreCase(Store.USER_SCHEMA)) {
      throw new SqlError(
          "0A000",
          "'"
              + String.join(".", name.names)
              + "': tables and views are created and dropped in schema public only");
    }
    return name.names.getLast();
  }
}
