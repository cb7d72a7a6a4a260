package io.calcitewasm.adapter.trait;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.apache.calcite.util.ImmutableBitSet;

/** Below another operator: delivers some columns of its input and then what it has called. */
final class CountedBelow {
  private final RelNode node;
  private final ImmutableBitSet passed;

  CountedBelow(RelNode input, ImmutableBitSet passed, List<RexNode> counted) {
    List<RexNode> projects = new ArrayList<>();
    passed.forEachInt(i -> projects.add(RexInputRef.of(i, input.getRowType())));
    projects.addAll(counted);
    RelDataType type =
        RexUtil.createStructType(
            input.getCluster().getTypeFactory(), projects, null, SqlValidatorUtil.F_SUGGESTER);
    this.passed = passed;
    this.node = CountedCalls.logical(input, projects, type);
  }

  /** One that passes all columns, in their places. */
  static CountedBelow all(RelNode input, List<RexNode> counted) {
    return new CountedBelow(
        input, ImmutableBitSet.range(input.getRowType().getFieldCount()), counted);
  }

  RelNode node() {
    return node;
  }

  RexNode result(int call) {
    return RexInputRef.of(passed.cardinality() + call, node.getRowType());
  }

  /** An expression of the input's columns as one of this operator's. */
  RexNode moved(RexNode expression) {
    return expression.accept(
        new RexShuttle() {
          @Override
          public RexNode visitInputRef(RexInputRef ref) {
            return new RexInputRef(passed.indexOf(ref.getIndex()), ref.getType());
          }
        });
  }
}
