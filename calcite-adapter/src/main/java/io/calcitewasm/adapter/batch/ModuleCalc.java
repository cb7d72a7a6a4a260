package io.calcitewasm.adapter.batch;

import java.util.List;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/**
 * Physical operator that calls functions of modules for batches of its input's rows. It takes the
 * rows that fulfil {@code before}, calls functions, and delivers {@code projects} of the rows that
 * fulfil {@code condition}, in the input's order.
 */
public final class ModuleCalc extends SingleRel implements EnumerableRel {
  private final Body body;
  private final int number;

  /**
   * What is done with a row. References below the input's number of fields are to the input, those
   * from there on to the results of the calls, in their order.
   *
   * @param before which rows of the input are taken; refers to the input only; null for all
   * @param calls the calls, whose operands and guards refer to the input only
   * @param condition which rows are delivered; null for all
   * @param projects the columns of the rows that are delivered
   */
  record Body(
      @Nullable RexNode before,
      List<GuardedCall> calls,
      @Nullable RexNode condition,
      List<RexNode> projects) {
    Body {
      calls = List.copyOf(calls);
      projects = List.copyOf(projects);
    }
  }

  private ModuleCalc(
      RelOptCluster cluster,
      RelTraitSet traits,
      RelNode input,
      Body body,
      RelDataType rowType,
      int number) {
    super(cluster, traits, input);
    this.body = body;
    this.number = number;
    this.rowType = rowType;
  }

  /**
   * An operator over an enumerable input.
   *
   * @param traits what it promises; it keeps the input's order
   */
  static ModuleCalc create(RelTraitSet traits, RelNode input, Body body, RelDataType rowType) {
    return new ModuleCalc(input.getCluster(), traits, input, body, rowType, 0);
  }

  /**
   * The same operator with a number that tells it from others of its plan.
   *
   * @param at the number; operators are counted from 0 in the order in which plans show them
   */
  ModuleCalc numbered(int at) {
    return new ModuleCalc(getCluster(), getTraitSet(), getInput(), body, rowType, at);
  }

  @Override
  public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
    return new ModuleCalc(getCluster(), traits, inputs.getFirst(), body, rowType, number);
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    super.explainTerms(writer);
    writer.itemIf("where", body.before, body.before != null);
    int result = getInput().getRowType().getFieldCount();
    for (GuardedCall call : body.calls) {
      writer.item("$" + result++, Explained.call(call));
    }
    writer.itemIf("condition", body.condition, body.condition != null);
    writer.item("projects", body.projects);
    writer.item("isolation", Explained.isolation(body.calls));
    writer.item("engine", Explained.engine(body.calls));
    return writer;
  }

  @Override
  public double estimateRowCount(RelMetadataQuery metadata) {
    return metadata.getRowCount(getInput());
  }

  @Override
  public Result implement(EnumerableRelImplementor implementor, Prefer prefer) {
    Result child = implementor.visitChild(this, 0, (EnumerableRel) getInput(), prefer);
    return new ModuleCalcCode(implementor, child, getInput().getRowType(), body, number)
        .implement(getRowType(), prefer);
  }
}
