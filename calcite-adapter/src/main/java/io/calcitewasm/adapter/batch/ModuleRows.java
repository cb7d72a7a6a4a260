package io.calcitewasm.adapter.batch;

import io.calcitewasm.adapter.exec.ListRows;
import io.calcitewasm.adapter.exec.RowFields;
import io.calcitewasm.adapter.function.ModuleFunction;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.adapter.enumerable.EnumUtils;
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
import org.apache.calcite.linq4j.tree.Primitive;
import org.apache.calcite.linq4j.tree.Types;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Calc;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexProgram;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Physical operator that delivers each row of its input as often as the list in its last field has
 * rows, with their fields in its place: what a table function gave for it.
 */
final class ModuleRows extends SingleRel implements EnumerableRel {
  /** How many rows a list has, as far as the planner knows. */
  private static final double ROWS_OF_A_LIST = 10;

  private static final Method FIELD = Types.lookupMethod(RowFields.class, "field", int.class);

  private final boolean outer;
  private final ImmutableBitSet read;

  private ModuleRows(
      RelOptCluster cluster,
      RelTraitSet traits,
      RelNode input,
      boolean outer,
      RelDataType rowType,
      ImmutableBitSet read) {
    super(cluster, traits, input);
    this.outer = outer;
    this.rowType = rowType;
    this.read = read;
  }

  /**
   * An operator over an enumerable input.
   *
   * @param traits what it promises; it keeps the input's order
   * @param outer whether a row with an empty list is delivered once, with NULLs
   * @param rowType the input's fields but the last, then the fields of the list's rows
   */
  static ModuleRows create(RelTraitSet traits, RelNode input, boolean outer, RelDataType rowType) {
    return new ModuleRows(
        input.getCluster(),
        traits,
        input,
        outer,
        rowType,
        ImmutableBitSet.range(rowType.getFieldCount()));
  }

  /**
   * An operator's input. Where it is of this class, it makes only the fields that the operator
   * reads; others have no value.
   */
  static RelNode readBy(RelNode reader, RelNode input) {
    if (!(input instanceof ModuleRows rows)) {
      return input;
    }
    ImmutableBitSet read =
        switch (reader) {
          case Aggregate aggregate -> ImmutableBitSet.of(RelOptUtil.getAllFields(aggregate));
          case Calc calc -> fields(calc.getProgram());
          default -> rows.read;
        };
    return new ModuleRows(
        rows.getCluster(), rows.traitSet, rows.getInput(), rows.outer, rows.rowType, read);
  }

  private static ImmutableBitSet fields(RexProgram program) {
    List<RexNode> expressions = new ArrayList<>();
    program.getProjectList().forEach(project -> expressions.add(program.expandLocalRef(project)));
    if (program.getCondition() != null) {
      expressions.add(program.expandLocalRef(program.getCondition()));
    }
    return RelOptUtil.InputFinder.bits(expressions, null);
  }

  @Override
  public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
    return new ModuleRows(getCluster(), traits, inputs.getFirst(), outer, rowType, read);
  }

  private int list() {
    return getInput().getRowType().getFieldCount() - 1;
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    return super.explainTerms(writer)
        .item("rows", "$" + list())
        .itemIf("outer", outer, outer)
        .itemIf("reads", read, read.cardinality() < rowType.getFieldCount());
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
                    boolean.class,
                    boolean.class),
                source,
                listOf(child.physType),
                joined(child.physType, rows),
                Expressions.constant(outer),
                Expressions.constant(read.isEmpty()))));
    return implementor.result(rows, code.toBlock());
  }

  private Expression listOf(PhysType input) {
    ParameterExpression row = Expressions.parameter(input.getJavaRowType(), "row");
    Expression list = EnumUtils.convert(input.fieldReference(row, list()), List.class);
    return Expressions.lambda(Function1.class, list, row);
  }

  private Expression joined(PhysType input, PhysType rows) {
    ParameterExpression row = Expressions.parameter(input.getJavaRowType(), "row");
    ParameterExpression element = Expressions.parameter(RowFields.class, "element");
    List<Expression> fields = new ArrayList<>();
    for (int i = 0; i < rowType.getFieldCount(); i++) {
      Expression field;
      if (!read.get(i)) {
        field = unread(rows.fieldClass(i));
      } else if (i < list()) {
        field = input.fieldReference(row, i, rows.getJavaFieldType(i));
      } else {
        field = field(element, i - list(), rowType.getFieldList().get(i).getType());
      }
      fields.add(field);
    }
    return Expressions.lambda(Function2.class, Expressions.box(rows.record(fields)), row, element);
  }

  private static Expression unread(Class<?> type) {
    Primitive primitive = Primitive.of(type);
    return primitive == null
        ? Expressions.convert_(Expressions.constant(null), type)
        : Expressions.constant(primitive.defaultValue, type);
  }

  private Expression field(Expression element, int field, RelDataType type) {
    Expression value =
        ModuleFunction.typed(Expressions.call(element, FIELD, Expressions.constant(field)), type);
    return outer
        ? Expressions.condition(
            Expressions.equal(element, Expressions.constant(null)),
            Expressions.convert_(Expressions.constant(null), value.getType()),
            value)
        : value;
  }
}
