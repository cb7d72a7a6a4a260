package io.calcitewasm.adapter.source;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Linq4j;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.convert.ConverterRule;
import org.apache.calcite.rel.core.TableModify;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * An UPDATE or DELETE whose rows this process finds, because the database cannot: its input gives
 * the old rows and the new values, and each row is changed by its primary key. All rows are found
 * before the first one is changed, and all are changed in one transaction.
 */
public final class KeyedChange extends SingleRel implements EnumerableRel {
  /** Turns the unplanned operator into the one that can be executed. */
  static final RelOptRule RULE =
      ConverterRule.Config.INSTANCE
          .withConversion(
              KeyedChange.class, Convention.NONE, EnumerableConvention.INSTANCE, "KeyedChangeRule")
          .withRuleFactory(Rule::new)
          .toRule();

  private final SourceTable table;
  private final Statement statement;

  /**
   * What is executed for each row.
   *
   * @param sql a statement of the database with {@code ?}
   * @param columns for each {@code ?} the input's column
   */
  private record Statement(String sql, List<Integer> columns) {}

  private KeyedChange(
      RelTraitSet traits,
      RelNode input,
      RelDataType rowType,
      SourceTable table,
      Statement statement) {
    super(input.getCluster(), traits, input);
    this.rowType = rowType;
    this.table = table;
    this.statement = statement;
  }

  /** The change by key, or null for a table without one. */
  static @Nullable KeyedChange of(TableModify change) {
    SourceTable table = change.getTable().unwrapOrThrow(SourceTable.class);
    if (table.key().isEmpty()) {
      return null;
    }
    List<Integer> columns = new ArrayList<>();
    String sql =
        change.isDelete()
            ? "DELETE FROM " + table.qualifiedName()
            : "UPDATE " + table.qualifiedName() + " SET " + assignments(change, table, columns);
    String where =
        table.key().stream()
            .map(column -> table.quote(column) + " = ?")
            .collect(Collectors.joining(" AND "));
    List<String> names = table.columns().stream().map(JdbcColumn::name).toList();
    table.key().forEach(column -> columns.add(names.indexOf(column)));
    return new KeyedChange(
        change.getTraitSet(),
        change.getInput(),
        change.getRowType(),
        table,
        new Statement(sql + " WHERE " + where, List.copyOf(columns)));
  }

  private static String assignments(TableModify change, SourceTable table, List<Integer> columns) {
    List<String> targets = change.getUpdateColumnList();
    List<RexNode> sources = change.getSourceExpressionList();
    if (targets == null || sources == null) {
      throw new IllegalStateException("an update without columns: " + change);
    }
    // Calcite puts the new values behind the old row.
    sources.forEach(source -> columns.add(((RexInputRef) source).getIndex()));
    return targets.stream()
        .map(target -> table.quote(target) + " = ?")
        .collect(Collectors.joining(", "));
  }

  private static final class Rule extends ConverterRule {
    Rule(Config config) {
      super(config);
    }

    @Override
    public RelNode convert(RelNode rel) {
      KeyedChange change = (KeyedChange) rel;
      return new KeyedChange(
          change.getTraitSet().replace(EnumerableConvention.INSTANCE),
          convert(change.getInput(), EnumerableConvention.INSTANCE),
          change.rowType,
          change.table,
          change.statement);
    }
  }

  @Override
  public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
    return new KeyedChange(traits, sole(inputs), rowType, table, statement);
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    return super.explainTerms(writer).item("sql", statement.sql);
  }

  @Override
  public Result implement(EnumerableRelImplementor implementor, Prefer pref) {
    List<RelDataTypeField> fields = getInput().getRowType().getFieldList();
    String columns =
        statement.columns.stream()
            .map(i -> i + " " + fields.get(i).getType().getSqlTypeName().name())
            .collect(Collectors.joining(","));
    return WritingCode.of(this, implementor, pref, table, "change", statement.sql, columns);
  }

  /**
   * Called by generated code: changes all rows, or none.
   *
   * @param source connections to the database
   * @param sql the statement for each row
   * @param parameters for each {@code ?} the column's index and type, separated by commas
   * @param rows arrays of values in Calcite's internal representation
   * @return one row, how many rows were changed
   */
  public static Enumerable<Long> change(
      DataSource source, String sql, String parameters, Enumerable<Object> rows) {
    List<RowWriter.Parameter> read =
        Stream.of(parameters.split(",")).map(KeyedChange::parameter).toList();
    return Linq4j.singletonEnumerable(
        new RowWriter(source, sql, read).write(rows.toList().iterator()));
  }

  private static RowWriter.Parameter parameter(String text) {
    int blank = text.indexOf(' ');
    return new RowWriter.Parameter(
        Integer.parseInt(text.substring(0, blank)), SqlTypeName.valueOf(text.substring(blank + 1)));
  }
}
