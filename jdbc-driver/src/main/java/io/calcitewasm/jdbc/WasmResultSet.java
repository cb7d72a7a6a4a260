package io.calcitewasm.jdbc;

import io.calcitewasm.adapter.session.Failures;
import io.calcitewasm.jdbc.value.ResultColumns;
import io.calcitewasm.jdbc.value.ResultContext;
import io.calcitewasm.jdbc.value.ResultMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;
import org.apache.calcite.avatica.AvaticaResultSet;
import org.apache.calcite.avatica.AvaticaStatement;
import org.apache.calcite.avatica.ColumnMetaData;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.MetaImpl;
import org.apache.calcite.avatica.QueryState;
import org.apache.calcite.avatica.util.Cursor;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a query, their values read by {@link ResultColumns}. Whatever goes wrong while they are
 * computed arrives as a SQL exception.
 */
final class WasmResultSet extends LabelledResultSet {
  WasmResultSet(
      @Nullable AvaticaStatement statement,
      @Nullable QueryState state,
      Meta.Signature signature,
      ResultSetMetaData resultSetMetaData,
      TimeZone timeZone,
      Meta.@Nullable Frame firstFrame)
      throws SQLException {
    super(statement, state, signature, resultSetMetaData, timeZone, firstFrame);
  }

  @Override
  protected AvaticaResultSet execute() throws SQLException {
    Iterable<Object> rows =
        ((WasmConnection) statement.connection).rows(statement, state, signature, firstFrame);
    return execute2(MetaImpl.createCursor(signature.cursorFactory, rows), columnMetaDataList);
  }

  @Override
  public AvaticaResultSet execute2(Cursor cursor, List<ColumnMetaData> columns) {
    super.execute2(cursor, ResultColumns.raw(columns));
    accessorList =
        new ResultColumns(
            columns,
            accessorList,
            this::checkOnRow,
            new ResultContext(localCalendar, this::arrayRows));
    return this;
  }

  @Override
  protected void checkOpen() throws SQLException {
    if (statement != null && statement.connection.isClosed()) {
      throw new SQLException("the connection is closed", "08003");
    }
    if (isClosed()) {
      throw new SQLException("the result set is closed", "24000");
    }
  }

  private void checkOnRow() throws SQLException {
    if (isBeforeFirst()) {
      throw new SQLException("the result set stands before its first row; call next()", "24000");
    }
    if (isAfterLast()) {
      throw new SQLException("the result set stands behind its last row", "24000");
    }
  }

  /** As the column's accessor has it; Avatica would take the getter of the JDBC type. */
  @Override
  public @Nullable Object getObject(int columnIndex) throws SQLException {
    checkOpen();
    return accessorList.get(columnIndex - 1).getObject();
  }

  @Override
  public int findColumn(String columnLabel) throws SQLException {
    checkOpen();
    for (int i = 0; i < columnMetaDataList.size(); i++) {
      if (columnMetaDataList.get(i).label.equalsIgnoreCase(columnLabel)) {
        return i + 1;
      }
    }
    throw new SQLException(
        "there is no column "
            + columnLabel
            + "; the result has "
            + String.join(", ", columnMetaDataList.stream().map(c -> c.label).toList()),
        "42703");
  }

  @Override
  public boolean next() throws SQLException {
    try {
      return super.next();
    } catch (SQLException
        | RuntimeException
        | AssertionError
        | LinkageError
        | StackOverflowError e) {
      if (isClosed()) {
        throw e;
      }
      throw Failures.of(e);
    }
  }

  /** The elements of an array value as a result set of their own, which outlives this one. */
  private ResultSet arrayRows(List<ColumnMetaData> columns, List<@Nullable Object[]> rows)
      throws SQLException {
    Meta.Signature elements =
        Meta.Signature.create(
            columns, "", List.of(), Meta.CursorFactory.ARRAY, Meta.StatementType.SELECT);
    WasmResultSet result =
        new WasmResultSet(
            null, null, elements, new ResultMetaData(columns), localCalendar.getTimeZone(), null);
    return result.execute2(
        MetaImpl.createCursor(elements.cursorFactory, new ArrayList<Object>(rows)), columns);
  }

  private static SQLException forwardOnly() {
    return new SQLFeatureNotSupportedException(
        "result sets are read forward only, with next()", "0A000");
  }

  @Override
  public boolean isLast() throws SQLException {
    throw forwardOnly();
  }

  @Override
  public void beforeFirst() throws SQLException {
    throw forwardOnly();
  }

  @Override
  public void afterLast() throws SQLException {
    throw forwardOnly();
  }

  @Override
  public boolean first() throws SQLException {
    throw forwardOnly();
  }

  @Override
  public boolean last() throws SQLException {
    throw forwardOnly();
  }

  @Override
  public boolean absolute(int row) throws SQLException {
    throw forwardOnly();
  }

  @Override
  public boolean relative(int rows) throws SQLException {
    throw forwardOnly();
  }

  @Override
  public boolean previous() throws SQLException {
    throw forwardOnly();
  }
}
