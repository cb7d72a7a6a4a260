package io.calcitewasm.adapter.source;

import io.calcitewasm.adapter.exec.JdbcValues;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** Executes one statement in a JDBC database for each of many rows of Calcite's runtime. */
public final class RowWriter {
  private static final int BATCH = 512;

  private final DataSource source;
  private final String sql;
  private final List<Parameter> parameters;

  /**
   * Where a parameter of the statement comes from.
   *
   * @param column index in the row, from 0
   * @param type its SQL type
   */
  public record Parameter(int column, SqlTypeName type) {}

  /**
   * A writer.
   *
   * @param source connections to the database
   * @param sql a statement with {@code ?}
   * @param parameters what stands for each {@code ?}
   */
  RowWriter(DataSource source, String sql, List<Parameter> parameters) {
    this.source = source;
    this.sql = sql;
    this.parameters = List.copyOf(parameters);
  }

  /**
   * A writer that inserts whole rows.
   *
   * @param source connections to the database
   * @param table the table's name, quoted as the database wants
   * @param types the types of its columns in their order
   */
  public static RowWriter inserting(DataSource source, String table, List<SqlTypeName> types) {
    return new RowWriter(
        source,
        "INSERT INTO "
            + table
            + types.stream().map(type -> "?").collect(Collectors.joining(", ", " VALUES (", ")")),
        IntStream.range(0, types.size())
            .mapToObj(column -> new Parameter(column, types.get(column)))
            .toList());
  }

  /**
   * Writes all rows in a transaction of their own, or none.
   *
   * @param rows arrays of values, in Calcite's internal representation; a row of one column may be
   *     the bare value
   * @return how many rows of the database were inserted or changed
   * @throws io.calcitewasm.udf.SqlError with the database's SQLSTATE; and whatever the rows throw
   */
  public long write(Iterator<? extends @Nullable Object> rows) {
    try (Connection connection = source.getConnection()) {
      connection.setAutoCommit(false);
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        long count = write(rows, statement);
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

  private long write(Iterator<? extends @Nullable Object> rows, PreparedStatement statement)
      throws SQLException {
    long changed = 0;
    int batched = 0;
    while (rows.hasNext()) {
      Object row = rows.next();
      for (int i = 0; i < parameters.size(); i++) {
        Parameter parameter = parameters.get(i);
        Object value = row instanceof Object[] values ? values[parameter.column()] : row;
        set(statement, i + 1, value, parameter.type());
      }
      statement.addBatch();
      if (++batched == BATCH) {
        changed += execute(statement);
        batched = 0;
      }
    }
    return batched == 0 ? changed : changed + execute(statement);
  }

  private static long execute(PreparedStatement statement) throws SQLException {
    long changed = 0;
    for (int count : statement.executeBatch()) {
      changed += count == Statement.SUCCESS_NO_INFO ? 1 : count;
    }
    return changed;
  }

  private static void set(
      PreparedStatement statement, int index, @Nullable Object value, SqlTypeName type)
      throws SQLException {
    if (value == null) {
      statement.setNull(index, type.getJdbcOrdinal());
    } else {
      statement.setObject(index, JdbcValues.toJdbc(value, type));
    }
  }
}
