package io.calcitewasm.adapter.batch;

import io.calcitewasm.adapter.exec.JoinedRows;
import java.util.List;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.adapter.enumerable.JavaRowFormat;
import org.apache.calcite.adapter.enumerable.PhysType;
import org.apache.calcite.adapter.enumerable.PhysTypeImpl;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.tree.BlockBuilder;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.linq4j.tree.Types;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.type.RelDataType;

/**
 * Physical operator that makes the rows of a join of {@link ModulePairs} for which the condition
 * was evaluated below it: its input has whether it is true, and what the pair is.
 */
final class ModuleJoin extends SingleRel implements EnumerableRel {
  private final JoinRelType kind;

  private ModuleJoin(RelTraitSet traits, RelNode input, JoinRelType kind, RelDataType rowType) {
    super(input.getCluster(), traits, input);
    this.kind = kind;
    this.rowType = rowType;
  }

  /** The second half of a join, in its place; it keeps the left input's order. */
  static ModuleJoin of(Join join, RelNode input) {
    return new ModuleJoin(join.getTraitSet(), input, join.getJoinType(), join.getRowType());
  }

  /** How rows of a join are delivered. */
  static PhysType rows(EnumerableRelImplementor implementor, RelDataType rowType) {
    return PhysTypeImpl.of(implementor.getTypeFactory(), rowType, JavaRowFormat.ARRAY);
  }

  @Override
  public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
    return new ModuleJoin(traits, inputs.getFirst(), kind, rowType);
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    return super.explainTerms(writer).item("joinType", kind.lowerName);
  }

  @Override
  public Result implement(EnumerableRelImplementor implementor, Prefer prefer) {
    Result pairs = implementor.visitChild(this, 0, (EnumerableRel) getInput(), Prefer.ARRAY);
    BlockBuilder code = new BlockBuilder();
    Expression judged = code.append("judged", pairs.block);
    code.add(
        Expressions.return_(
            null,
            Expressions.new_(
                Types.lookupConstructor(JoinedRows.class, Enumerable.class, JoinRelType.class),
                judged,
                Expressions.constant(kind))));
    return implementor.result(rows(implementor, rowType), code.toBlock());
  }
}
