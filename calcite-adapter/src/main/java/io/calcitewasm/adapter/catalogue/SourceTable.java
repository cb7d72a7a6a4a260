package io.calcitewasm.adapter.catalogue;

import java.util.Collection;
import java.util.List;
import org.apache.calcite.adapter.java.AbstractQueryableTable;
import org.apache.calcite.adapter.jdbc.JdbcTable;
import org.apache.calcite.linq4j.QueryProvider;
import org.apache.calcite.linq4j.Queryable;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.prepare.Prepare;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.TableModify;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.schema.ModifiableTable;
import org.apache.calcite.schema.Schema;
import org.apache.calcite.schema.SchemaPlus;
import org.apache.calcite.schema.TranslatableTable;
import org.jspecify.annotations.Nullable;

/** A table of a JDBC database: Calcite's push-down with {@link JdbcColumn}'s types. */
final class SourceTable extends AbstractQueryableTable
    implements TranslatableTable, ModifiableTable {
  private final JdbcTable table;
  private final List<JdbcColumn> columns;

  SourceTable(JdbcTable table, List<JdbcColumn> columns) {
    super(Object[].class);
    this.table = table;
    this.columns = List.copyOf(columns);
  }

  @Override
  public RelDataType getRowType(RelDataTypeFactory types) {
    RelDataTypeFactory.Builder row = types.builder();
    columns.forEach(column -> row.add(column.name(), column.type(types)));
    return row.build();
  }

  @Override
  public Schema.TableType getJdbcTableType() {
    return table.getJdbcTableType();
  }

  @Override
  public RelNode toRel(RelOptTable.ToRelContext context, RelOptTable relOptTable) {
    return table.toRel(context, relOptTable);
  }

  @Override
  public <T> Queryable<T> asQueryable(QueryProvider provider, SchemaPlus schema, String name) {
    return table.asQueryable(provider, schema, name);
  }

  @Override
  public TableModify toModificationRel(
      RelOptCluster cluster,
      RelOptTable relOptTable,
      Prepare.CatalogReader catalogReader,
      RelNode input,
      TableModify.Operation operation,
      @Nullable List<String> updateColumns,
      @Nullable List<RexNode> sourceExpressions,
      boolean flattened) {
    return table.toModificationRel(
        cluster,
        relOptTable,
        catalogReader,
        input,
        operation,
        updateColumns,
        sourceExpressions,
        flattened);
  }

  /** Rows are changed in the database, not in a collection. */
  @Override
  public @Nullable Collection<Object> getModifiableCollection() {
    return null;
  }

  @Override
  public <C> @Nullable C unwrap(Class<C> type) {
    return type.isInstance(this) ? type.cast(this) : table.unwrap(type);
  }

  /** The table as Calcite sees it. */
  JdbcTable jdbcTable() {
    return table;
  }
}
