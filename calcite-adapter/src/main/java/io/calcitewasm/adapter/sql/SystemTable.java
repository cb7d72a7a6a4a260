package io.calcitewasm.adapter.sql;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.calcite.DataContext;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Linq4j;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.ScannableTable;
import org.apache.calcite.schema.Schema;
import org.apache.calcite.schema.impl.AbstractTable;
import org.jspecify.annotations.Nullable;

/** A table about the database itself, whose rows are made when it is read. */
final class SystemTable extends AbstractTable implements ScannableTable {
  private final Columns columns;
  private final Function<DataContext, List<@Nullable Object[]>> rows;

  SystemTable(Columns columns, Supplier<List<@Nullable Object[]>> rows) {
    this(columns, root -> rows.get());
  }

  /** A table whose rows depend on who reads it. */
  SystemTable(Columns columns, Function<DataContext, List<@Nullable Object[]>> rows) {
    this.columns = columns;
    this.rows = rows;
  }

  @Override
  public RelDataType getRowType(RelDataTypeFactory types) {
    return columns.rowType(types);
  }

  @Override
  public Schema.TableType getJdbcTableType() {
    return Schema.TableType.SYSTEM_TABLE;
  }

  @Override
  public Enumerable<@Nullable Object[]> scan(DataContext root) {
    return Linq4j.asEnumerable(rows.apply(root));
  }
}
