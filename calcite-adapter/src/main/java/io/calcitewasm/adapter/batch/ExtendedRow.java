package io.calcitewasm.adapter.batch;

import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/** Rows of an input with the results of calls behind their fields. */
final class ExtendedRow {
  private ExtendedRow() {}

  static RelDataType type(RelDataType input, List<GuardedCall> calls, RelDataTypeFactory types) {
    RelDataTypeFactory.Builder builder = types.builder();
    builder.addAll(input.getFieldList());
    for (int i = 0; i < calls.size(); i++) {
      builder.add("$result" + i, calls.get(i).call().getType());
    }
    return builder.build();
  }

  /** Whether expressions read fields below a number. */
  static boolean readsBelow(int fields, @Nullable RexNode condition, List<RexNode> projects) {
    ImmutableBitSet read = RelOptUtil.InputFinder.bits(projects, condition);
    int first = read.nextSetBit(0);
    return first >= 0 && first < fields;
  }
}
