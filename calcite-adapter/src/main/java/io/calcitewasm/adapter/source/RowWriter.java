package io.calcitewasm.adapter.source;

import io.calcitewasm.udf.SqlError;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** Writes rows of Calcite's runtime into a table of a JDBC database. */
public final class RowWriter {
  private static final int BATCH = 512;

  private final DataSource source;
  private final String sql;
  private final List<SqlTypeName> types;

  /**
   * A writer for one table.
   *
   * @param source connections to its database
   * @param table its name, quoted as the database wants
   * @param types the types of its columns in their order
   */
  public RowWriter(DataSource source, String table, List<SqlTypeName> types) {
    this.source = source;
    this.sql =
        "INSERT INTO "
            + table
            + IntStream.range(0, types.size())
                .mapToObj(i -> "?")
                .collect(Collectors.joining(", ", " VALUES (", ")"));
    this.types = List.copyOf(types);
  }

  /**
   * Inserts all rows, or none.
   *
   * @param rows arrays of values, in Calcite's internal representation; a row of one column may be
   *     the bare value
   * @return how many rows there were
   * @throws SqlError with the database's SQLSTATE; and whatever the rows throw
   */
  public long insert(Iterator<? extends @Nullable Object> rows) {
    try (Connection connection = source.getConnection()) {
      connection.setAutoCommit(false);
      try (PreparedStatement insert = connection.prepareStatement(sql)) {
        long count = insert(rows, insert);
        connection.commit();
        return count;
      } catch (SQLException | RuntimeException | Error e) {
        connection.rollback();
        throw e;
      }
    } catch (SQLException e) {
      throw JdbcFailure.of(e);
    }
  }

  private long insert(Iterator<? extends @Nullable Object> rows, PreparedStatement insert)
      throws SQLException {
    long count = 0;
    while (rows.hasNext()) {
      Object row = rows.next();
      if (row instanceof Object[] values && types.size() != 1) {
        for (int i = 0; i < values.length; i++) {
          set(insert, i, values[i]);
        }
      } else {
        set(insert, 0, row instanceof Object[] values ? values[0] : row);
      }
      insert.addBatch();
      if (++count % BATCH == 0) {
        insert.executeBatch();
      }
    }
    if (count % BATCH != 0) {
      insert.executeBatch();
    }
    return count;
  }

  private void set(PreparedStatement insert, int column, @Nullable Object value)
      throws SQLException {
    SqlTypeName type = types.get(column);
    if (value == null) {
      insert.setNull(column + 1, type.getJdbcOrdinal());
    } else {
      insert.setObject(column + 1, JdbcValues.toJdbc(value, type));
    }
  }
}
