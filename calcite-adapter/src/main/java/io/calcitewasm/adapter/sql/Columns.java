package io.calcitewasm.adapter.sql;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Columns of rows that we make ourselves.
 *
 * @param columns in their order
 */
public record Columns(List<Column> columns) {
  /** No columns yet. */
  static final Columns NONE = new Columns(List.of());

  private static final int MILLIS = 3;

  /** One column. */
  public record Column(String name, SqlTypeName type, boolean nullable) {}

  public Columns {
    columns = List.copyOf(columns);
  }

  /** These columns and one more that is never NULL. */
  Columns with(String name, SqlTypeName type) {
    return with(new Column(name, type, false));
  }

  /** These columns and one more that may be NULL. */
  Columns withNullable(String name, SqlTypeName type) {
    return with(new Column(name, type, true));
  }

  private Columns with(Column column) {
    List<Column> more = new ArrayList<>(columns);
    more.add(column);
    return new Columns(more);
  }

  /** The row type. */
  public RelDataType rowType(RelDataTypeFactory types) {
    RelDataTypeFactory.Builder row = types.builder();
    for (Column column : columns) {
      RelDataType type =
          column.type() == SqlTypeName.TIMESTAMP
              ? types.createSqlType(SqlTypeName.TIMESTAMP, MILLIS)
              : types.createSqlType(column.type());
      row.add(column.name(), types.createTypeWithNullability(type, column.nullable()));
    }
    return row.build();
  }
}
