package io.calcitewasm.adapter.catalogue;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Where work on the embedded database is done: each piece in a transaction of its own ({@link
 * Store}), or all of it in one that is under way ({@link Transaction}). What keeps rows in the
 * catalogue takes one of these and need not know which.
 */
public interface Transactional {
  /** Work on one connection. */
  @FunctionalInterface
  interface Work<T> {
    /**
     * Does it.
     *
     * @param connection neither to be closed nor committed; definitions of tables would commit it
     */
    T on(Connection connection) throws SQLException;
  }

  /** What a row of a result is read as. */
  @FunctionalInterface
  interface Row<T> {
    /** Reads the current row. */
    T read(ResultSet row) throws SQLException;
  }

  /**
   * Does work: all of it, or nothing is left of it when the statement has failed.
   *
   * @throws io.calcitewasm.udf.SqlError with the database's SQLSTATE
   */
  <T> T inTransaction(Work<T> work);

  /**
   * The rows of a query without parameters.
   *
   * @throws io.calcitewasm.udf.SqlError with the database's SQLSTATE
   */
  default <T> List<T> query(String sql, Row<T> reader) {
    return inTransaction(
        connection -> {
          List<T> rows = new ArrayList<>();
          try (Statement statement = connection.createStatement();
              ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
              rows.add(reader.read(row));
            }
          }
          return rows;
        });
  }
}
