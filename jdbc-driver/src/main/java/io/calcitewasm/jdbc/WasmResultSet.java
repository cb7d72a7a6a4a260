package io.calcitewasm.jdbc;

import io.calcitewasm.adapter.session.Failures;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.TimeZone;
import org.apache.calcite.avatica.AvaticaResultSet;
import org.apache.calcite.avatica.AvaticaResultSetMetaData;
import org.apache.calcite.avatica.AvaticaStatement;
import org.apache.calcite.avatica.ColumnMetaData;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.QueryState;
import org.apache.calcite.avatica.util.Cursor;
import org.apache.calcite.linq4j.Linq4j;
import org.apache.calcite.runtime.ArrayEnumeratorCursor;
import org.apache.calcite.runtime.ObjectEnumeratorCursor;
import org.jspecify.annotations.Nullable;

/** Rows of a query. Whatever goes wrong while they are computed arrives as a SQL exception. */
final class WasmResultSet extends AvaticaResultSet {
  WasmResultSet(
      AvaticaStatement statement,
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
    return super.execute();
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

  /** Decimals in plain notation, whatever their scale. */
  @Override
  public @Nullable String getString(int columnIndex) throws SQLException {
    boolean decimal =
        columnIndex > 0
            && columnIndex <= columnMetaDataList.size()
            && columnMetaDataList.get(columnIndex - 1).type.id == Types.DECIMAL;
    if (!decimal) {
      return super.getString(columnIndex);
    }
    BigDecimal value = getBigDecimal(columnIndex);
    return value == null ? null : value.toPlainString();
  }

  @Override
  public @Nullable String getString(String columnLabel) throws SQLException {
    return getString(findColumn(columnLabel));
  }

  /** The elements of an array value as a result set, see {@link java.sql.Array#getResultSet()}. */
  @Override
  public ResultSet create(ColumnMetaData.AvaticaType elementType, Iterable<Object> iterable)
      throws SQLException {
    boolean row = elementType instanceof ColumnMetaData.StructType;
    List<ColumnMetaData> columns =
        elementType instanceof ColumnMetaData.StructType struct
            ? struct.columns
            : List.of(ColumnMetaData.dummy(elementType, false));
    Meta.Signature elements =
        Meta.Signature.create(
            columns, "", List.of(), Meta.CursorFactory.ARRAY, Meta.StatementType.SELECT);
    WasmResultSet result =
        new WasmResultSet(
            statement,
            null,
            elements,
            new AvaticaResultSetMetaData(statement, null, elements),
            localCalendar.getTimeZone(),
            new Meta.Frame(0, true, iterable));
    Cursor cursor =
        row && columns.size() > 1
            ? new ArrayEnumeratorCursor(Linq4j.<Object[]>iterableEnumerator(cast(iterable)))
            : new ObjectEnumeratorCursor(Linq4j.iterableEnumerator(iterable));
    return result.execute2(cursor, columns);
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static Iterable<Object[]> cast(Iterable<Object> rows) {
    return (Iterable) rows;
  }
}
