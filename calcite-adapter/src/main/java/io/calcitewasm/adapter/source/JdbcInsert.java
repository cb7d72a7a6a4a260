package io.calcitewasm.adapter.source;

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
import org.apache.calcite.plan.RelOptCost;
import org.apache.calcite.plan.RelOptPlanner;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.convert.ConverterRule;
import org.apache.calcite.rel.core.TableModify;
import org.apache.calcite.rel.logical.LogicalTableModify;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * Inserts rows that this process makes into a table of a JDBC database. Where the database can make
 * the rows itself, Calcite's push-down is cheaper and wins.
 */
public final class JdbcInsert extends TableModify implements EnumerableRel {
  /** Turns an insertion into this operator. */
  static final RelOptRule RULE =
      ConverterRule.Config.INSTANCE
          .withConversion(
              LogicalTableModify.class,
              insert -> insert.isInsert() && insert.getTable().unwrap(SourceTable.class) != null,
              Convention.NONE,
              EnumerableConvention.INSTANCE,
              "JdbcInsertRule")
          .withRuleFactory(Rule::new)
          .toRule();

  private static final double CHEAPER_THAN_A_COLLECTION = 0.1;

  private JdbcInsert(RelTraitSet traits, TableModify insert, RelNode input) {
    super(
        insert.getCluster(),
        traits,
        insert.getTable(),
        insert.getCatalogReader(),
        input,
        Operation.INSERT,
        null,
        null,
        insert.isFlattened());
  }

  private static final class Rule extends ConverterRule {
    Rule(Config config) {
      super(config);
    }

    @Override
    public RelNode convert(RelNode rel) {
      TableModify insert = (TableModify) rel;
      return new JdbcInsert(
          insert.getTraitSet().replace(EnumerableConvention.INSTANCE),
          insert,
          convert(insert.getInput(), EnumerableConvention.INSTANCE));
    }
  }

  @Override
  public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
    return new JdbcInsert(traits, this, sole(inputs));
  }

  @Override
  public @Nullable RelOptCost computeSelfCost(RelOptPlanner planner, RelMetadataQuery metadata) {
    RelOptCost cost = super.computeSelfCost(planner, metadata);
    return cost == null ? null : cost.multiplyBy(CHEAPER_THAN_A_COLLECTION);
  }

  @Override
  public Result implement(EnumerableRelImplementor implementor, Prefer pref) {
    SourceTable target = getTable().unwrapOrThrow(SourceTable.class);
    String types =
        getInput().getRowType().getFieldList().stream()
            .map(field -> field.getType().getSqlTypeName().name())
            .collect(Collectors.joining(","));
    return WritingCode.of(this, implementor, pref, target, "insert", target.qualifiedName(), types);
  }

  /**
   * Called by generated code: inserts all rows, or none.
   *
   * @param source connections to the database
   * @param table its quoted name
   * @param types names of the columns' types, separated by commas
   * @param rows arrays of values in Calcite's internal representation
   * @return one row, how many there were
   */
  public static Enumerable<Long> insert(
      DataSource source, String table, String types, Enumerable<Object> rows) {
    List<SqlTypeName> names = Stream.of(types.split(",")).map(SqlTypeName::valueOf).toList();
    try (var row = rows.enumerator()) {
      return Linq4j.singletonEnumerable(
          RowWriter.inserting(source, table, names).write(Linq4j.enumeratorIterator(row)));
    }
  }
}
