package io.calcitewasm.adapter.batch;

import io.calcitewasm.adapter.exec.ListRows;
import io.calcitewasm.adapter.function.ModuleFunction;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.adapter.enumerable.EnumUtils;
import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.adapter.enumerable.PhysType;
import org.apache.calcite.adapter.enumerable.PhysTypeImpl;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.function.Function1;
import org.apache.calcite.linq4j.function.Function2;
import org.apache.calcite.linq4j.tree.BlockBuilder;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.linq4j.tree.ParameterExpression;
import org.apache.calcite.linq4j.tree.Types;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rel.type.RelDataType;

/**
 * Physical operator that delivers each row of its input as often as the list in its last field has
 * rows, with their fields in its place: what a table function gave for it.
 */
final class ModuleRows extends SingleRel implements EnumerableRel {
  /** How many rows a list has, as far as the planner knows. */
  private static final double ROWS_OF_A_LIST = 10;

  private final boolean outer;

  private ModuleRows(
      RelOptCluster cluster,
      RelTraitSet traits,
      RelNode input,
      boolean outer,
      RelDataType rowType) {
    super(cluster, traits, input);
    this.outer = outer;
    this.rowType = rowType;
  }

  /**
   * An operator over an enumerable input.
   *
   * @param outer whether a row with an empty list is delivered once, with NULLs
   * @param rowType the input's fields but the last, then the fields of the list's rows
   */
  static ModuleRows create(RelNode input, boolean outer, RelDataType rowType) {
    RelTraitSet traits = input.getCluster().traitSetOf(EnumerableConvention.INSTANCE);
    return new ModuleRows(input.getCluster(), traits, input, outer, rowType);
  }

  @Override
  public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
    return new ModuleRows(getCluster(), traits, inputs.getFirst(), outer, rowType);
  }

  private int list() {
    return getInput().getRowType().getFieldCount() - 1;
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    return super.explainTerms(writer).item("rows", "$" + list()).itemIf("outer", outer, outer);
  }

  @Override
  public double estimateRowCount(RelMetadataQuery metadata) {
    return metadata.getRowCount(getInput()) * ROWS_OF_A_LIST;
  }

  @Override
  public Result implement(EnumerableRelImplementor implementor, Prefer prefer) {
    Result child = implementor.visitChild(this, 0, (EnumerableRel) getInput(), prefer);
    PhysType rows =
        PhysTypeImpl.of(implementor.getTypeFactory(), rowType, prefer.prefer(child.format));
    BlockBuilder code = new BlockBuilder();
    Expression source = code.append("inputEnumerable", child.block, false);
    code.add(
        Expressions.return_(
            null,
            Expressions.call(
                Types.lookupMethod(
                    ListRows.class,
                    "of",
                    Enumerable.class,
                    Function1.class,
                    Function2.class,
                    boolean.class),
                source,
                listOf(child.physType),
                joined(child.physType, rows),
                Expressions.constant(outer))));
    return implementor.result(rows, code.toBlock());
  }

  private Expression listOf(PhysType input) {
    ParameterExpression row = Expressions.parameter(input.getJavaRowType(), "row");
    Expression list = EnumUtils.convert(input.fieldReference(row, list()), List.class);
    return Expressions.lambda(Function1.class, list, row);
  }

  private Expression joined(PhysType input, PhysType rows) {
    ParameterExpression row = Expressions.parameter(input.getJavaRowType(), "row");
    ParameterExpression element = Expressions.parameter(Object[].class, "element");
    List<Expression> fields = new ArrayList<>();
    for (int i = 0; i < rowType.getFieldCount(); i++) {
      fields.add(
          i < list()
              ? input.fieldReference(row, i, rows.getJavaFieldType(i))
              : field(element, i - list(), rowType.getFieldList().get(i).getType()));
    }
    return Expressions.lambda(Function2.class, Expressions.box(rows.record(fields)), row, element);
  }

  private Expression field(Expression element, int field, RelDataType type) {
    Expression value =
        ModuleFunction.typed(Expressions.arrayIndex(element, Expressions.constant(field)), type);
    return outer
        ? Expressions.condition(
            Expressions.equal(element, Expressions.constant(null)),
            Expressions.convert_(Expressions.constant(null), value.getType()),
            value)
        : value;
  }
}
