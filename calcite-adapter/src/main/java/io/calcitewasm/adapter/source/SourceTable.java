package io.calcitewasm.adapter.source;

import com.google.common.base.Suppliers;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.calcite.adapter.java.AbstractQueryableTable;
import org.apache.calcite.adapter.jdbc.JdbcTable;
import org.apache.calcite.linq4j.QueryProvider;
import org.apache.calcite.linq4j.Queryable;
import org.apache.calcite.linq4j.tree.Expression;
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
import org.apache.calcite.sql2rel.InitializerExpressionFactory;
import org.jspecify.annotations.Nullable;

/** A table of a JDBC database: Calcite's push-down with {@link JdbcColumn}'s types. */
final class SourceTable extends AbstractQueryableTable
    implements TranslatableTable, ModifiableTable {
  private final JdbcTable table;
  private final List<JdbcColumn> columns;
  private final Expression schemaExpression;
  private final Supplier<List<String>> key;

  /**
   * A table.
   *
   * @param table as Calcite sees it
   * @param columns its columns
   * @param schemaExpression how generated code finds its schema
   * @param key reads the columns of its primary key
   */
  SourceTable(
      JdbcTable table,
      List<JdbcColumn> columns,
      Expression schemaExpression,
      Supplier<List<String>> key) {
    super(Object[].class);
    this.table = table;
    this.columns = List.copyOf(columns);
    this.schemaExpression = schemaExpression;
    this.key = Suppliers.memoize(key::get);
  }

  /** The same table; columns have only those collations whose names are known. */
  SourceTable collatedAs(Predicate<String> known) {
    return columns.stream().allMatch(column -> column.isCollatedAs(known))
        ? this
        : new SourceTable(
            table,
            columns.stream()
                .map(column -> column.isCollatedAs(known) ? column : column.uncollated())
                .toList(),
            schemaExpression,
            key);
  }

  /** How generated code finds the table's schema. */
  Expression schemaExpression() {
    return schemaExpression;
  }

  /** The table's name as its database wants it quoted. */
  String qualifiedName() {
    return table.tableName().toSqlString(table.jdbcSchema.dialect).getSql();
  }

  /** A name as the table's database wants it quoted. */
  String quote(String name) {
    return table.jdbcSchema.dialect.quoteIdentifier(name);
  }

  /** The columns of its primary key; none without one. */
  List<String> key() {
    return key.get();
  }

  /** The columns in their order. */
  List<JdbcColumn> columns() {
    return columns;
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
    cluster.getPlanner().addRule(JdbcInsert.RULE);
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
    if (type.isInstance(this)) {
      return type.cast(this);
    }
    return type == InitializerExpressionFactory.class
        ? type.cast(new ColumnDefaults(columns))
        : table.unwrap(type);
  }
}
