package io.calcitewasm.jdbc.value;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.List;
import org.apache.calcite.avatica.ColumnMetaData;
import org.jspecify.annotations.Nullable;

/** What a result's columns are. A column that does not exist is 07009. */
public final class ResultMetaData implements ResultSetMetaData {
  private final List<ColumnMetaData> columns;

  /** The metadata of columns. */
  public ResultMetaData(List<ColumnMetaData> columns) {
    this.columns = columns;
  }

  private ColumnMetaData at(int column) throws SQLException {
    if (column < 1 || column > columns.size()) {
      throw noColumn(column, columns.size());
    }
    return columns.get(column - 1);
  }

  /** 07009, naming the columns that there are. */
  static SQLException noColumn(int column, int count) {
    return new SQLException(
        "there is no column "
            + column
            + "; the result has "
            + switch (count) {
              case 0 -> "none";
              case 1 -> "one";
              default -> "columns 1 to " + count;
            },
        "07009");
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }

  @Override
  public int getColumnCount() {
    return columns.size();
  }

  @Override
  public boolean isAutoIncrement(int column) throws SQLException {
    return at(column).autoIncrement;
  }

  @Override
  public boolean isCaseSensitive(int column) throws SQLException {
    return at(column).caseSensitive;
  }

  @Override
  public boolean isSearchable(int column) throws SQLException {
    return at(column).searchable;
  }

  @Override
  public boolean isCurrency(int column) throws SQLException {
    return at(column).currency;
  }

  @Override
  public int isNullable(int column) throws SQLException {
    return at(column).nullable;
  }

  @Override
  public boolean isSigned(int column) throws SQLException {
    return at(column).signed;
  }

  @Override
  public int getColumnDisplaySize(int column) throws SQLException {
    return Math.max(0, at(column).displaySize);
  }

  @Override
  public String getColumnLabel(int column) throws SQLException {
    return text(at(column).label);
  }

  @Override
  public String getColumnName(int column) throws SQLException {
    return text(at(column).columnName);
  }

  @Override
  public String getSchemaName(int column) throws SQLException {
    return text(at(column).schemaName);
  }

  @Override
  public int getPrecision(int column) throws SQLException {
    return Math.max(0, at(column).precision);
  }

  @Override
  public int getScale(int column) throws SQLException {
    return Math.max(0, at(column).scale);
  }

  @Override
  public String getTableName(int column) throws SQLException {
    return text(at(column).tableName);
  }

  @Override
  public String getCatalogName(int column) throws SQLException {
    return text(at(column).catalogName);
  }

  @Override
  public int getColumnType(int column) throws SQLException {
    return at(column).type.id;
  }

  @Override
  public String getColumnTypeName(int column) throws SQLException {
    return ValueType.of(at(column)).name();
  }

  /** The class of {@link java.sql.ResultSet#getObject(int)}. */
  @Override
  public String getColumnClassName(int column) throws SQLException {
    return switch (ValueType.of(at(column))) {
      case ValueType.ArrayOf _ -> java.sql.Array.class.getName();
      case ValueType type -> type.javaClass().getName();
    };
  }

  @Override
  public boolean isReadOnly(int column) throws SQLException {
    return at(column).readOnly;
  }

  @Override
  public boolean isWritable(int column) throws SQLException {
    return at(column).writable;
  }

  @Override
  public boolean isDefinitelyWritable(int column) throws SQLException {
    return at(column).definitelyWritable;
  }

  @Override
  public <T> T unwrap(Class<T> wanted) throws SQLException {
    if (wanted.isInstance(this)) {
      return wanted.cast(this);
    }
    throw new SQLException("this is no " + wanted.getName(), "0A000");
  }

  @Override
  public boolean isWrapperFor(Class<?> wanted) {
    return wanted.isInstance(this);
  }
}
