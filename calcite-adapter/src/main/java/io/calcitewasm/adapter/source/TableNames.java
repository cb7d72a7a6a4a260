package io.calcitewasm.adapter.source;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Which tables of a schema are to be seen, and under which names. */
@FunctionalInterface
public interface TableNames {
  /** Every table under its own name. */
  TableNames OWN =
      (connection, tables) -> {
        Map<String, String> names = new TreeMap<>();
        tables.read().forEach(table -> names.put(table, table));
        return names;
      };

  /** The names that the tables have in the database. */
  @FunctionalInterface
  interface Stored {
    /** Reads them. */
    Set<String> read() throws SQLException;
  }

  /**
   * Tells the tables to be seen.
   *
   * @param connection to the database
   * @param tables what there is; whoever changes the rules meanwhile, read when it is wanted
   * @return the names in the database by those under which they are seen
   */
  Map<String, String> visible(Connection connection, Stored tables) throws SQLException;
}
