package io.calcitewasm.adapter.plan;

import io.calcitewasm.adapter.exec.CallSite;
import io.calcitewasm.adapter.exec.FunctionKey;
import io.calcitewasm.adapter.exec.TableSite;
import io.calcitewasm.adapter.function.ModuleTableFunction;
import io.calcitewasm.udf.signature.SqlFunction;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.adapter.enumerable.JavaRowFormat;
import org.apache.calcite.adapter.enumerable.PhysType;
import org.apache.calcite.adapter.enumerable.PhysTypeImpl;
import org.apache.calcite.adapter.enumerable.RexImpTable;
import org.apache.calcite.adapter.enumerable.RexToLixTranslator;
import org.apache.calcite.adapter.java.JavaTypeFactory;
import org.apache.calcite.linq4j.tree.BlockBuilder;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.linq4j.tree.Types;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptCost;
import org.apache.calcite.plan.RelOptPlanner;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.convert.ConverterRule;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rel.logical.LogicalTableFunctionScan;
import org.apache.calcite.rel.metadata.RelColumnMapping;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.validate.SqlUserDefinedTableFunction;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table function of a module. Calcite's own operator tells those behind it that rows
 * of one column are arrays, which they do not expect.
 */
final class ModuleTableScan extends TableFunctionScan implements EnumerableRel {
  /** Makes it of a logical one. */
  static final ConverterRule RULE =
      ConverterRule.Config.INSTANCE
          .withConversion(
              LogicalTableFunctionScan.class,
              scan -> function(scan) != null,
              Convention.NONE,
              EnumerableConvention.INSTANCE,
              "ModuleTableScanRule")
          .withRuleFactory(Rule::new)
          .toRule(ConverterRule.class);

  private static final class Rule extends ConverterRule {
    Rule(Config config) {
      super(config);
    }

    @Override
    public RelNode convert(RelNode rel) {
      TableFunctionScan scan = (TableFunctionScan) rel;
      return new ModuleTableScan(
          rel.getCluster(),
          rel.getTraitSet().replace(EnumerableConvention.INSTANCE),
          scan.getInputs(),
          scan.getCall(),
          scan.getElementType(),
          scan.getRowType(),
          scan.getColumnMappings());
    }
  }

  private ModuleTableScan(
      RelOptCluster cluster,
      RelTraitSet traits,
      List<RelNode> inputs,
      RexNode call,
      @Nullable Type elementType,
      RelDataType rowType,
      @Nullable Set<RelColumnMapping> columnMappings) {
    super(cluster, traits, inputs, call, elementType, rowType, columnMappings);
  }

  private static @Nullable SqlFunction function(TableFunctionScan scan) {
    return scan.getCall() instanceof RexCall call
            && call.getOperator() instanceof SqlUserDefinedTableFunction operator
            && operator.getFunction() instanceof ModuleTableFunction table
        ? table.function()
        : null;
  }

  @Override
  public TableFunctionScan copy(
      RelTraitSet traits,
      List<RelNode> inputs,
      RexNode call,
      @Nullable Type elementType,
      RelDataType rowType,
      @Nullable Set<RelColumnMapping> columnMappings) {
    return new ModuleTableScan(
        getCluster(), traits, inputs, call, elementType, rowType, columnMappings);
  }

  /** Less than Calcite's operator, which is there as well. */
  @Override
  public @Nullable RelOptCost computeSelfCost(RelOptPlanner planner, RelMetadataQuery metadata) {
    RelOptCost cost = super.computeSelfCost(planner, metadata);
    return cost == null ? null : cost.multiplyBy(0.5);
  }

  @Override
  public Result implement(EnumerableRelImplementor implementor, Prefer pref) {
    JavaTypeFactory types = (JavaTypeFactory) getCluster().getTypeFactory();
    PhysType rows = PhysTypeImpl.of(types, getRowType(), JavaRowFormat.ARRAY);
    BlockBuilder code = new BlockBuilder();
    List<Expression> arguments =
        RexToLixTranslator.forAggregation(types, code, null, implementor.getConformance())
            .setCorrelates(implementor::getCorrelVariableGetter)
            .translateList(((RexCall) getCall()).getOperands(), RexImpTable.NullAs.NULL)
            .stream()
            .map(Expressions::box)
            .toList();
    SqlFunction function = Objects.requireNonNull(function(this));
    code.add(
        Expressions.return_(
            null,
            Expressions.call(
                Expressions.new_(
                    TableSite.class,
                    Expressions.constant(FunctionKey.of(function).toString()),
                    Expressions.constant(
                        CallSite.place(((RexCall) getCall()).getParserPosition()))),
                Types.lookupMethod(
                    TableSite.class,
                    rows.getFormat() == JavaRowFormat.SCALAR ? "values" : "rows",
                    DataContext.class,
                    Object[].class),
                DataContext.ROOT,
                Expressions.newArrayInit(Object.class, arguments))));
    return implementor.result(rows, code.toBlock());
  }
}
