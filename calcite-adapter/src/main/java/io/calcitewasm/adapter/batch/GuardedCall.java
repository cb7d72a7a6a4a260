package io.calcitewasm.adapter.batch;

import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/**
 * A call that is evaluated for the rows where its guard is true.
 *
 * @param call a call of a module's function whose operands call none
 * @param guard a condition that is never NULL and calls no function of a module; null for all rows
 */
record GuardedCall(RexCall call, @Nullable RexNode guard) {}
