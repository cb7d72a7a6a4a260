/**
 * Aggregates: resources of a guest that take rows and answer a value.
 *
 * <p>{@link io.calcitewasm.udf.aggregate.AggregateCalls} is one aggregate at one place of a
 * statement. Rows get to it one by one ({@link io.calcitewasm.udf.aggregate.Accumulator}), as
 * columns of rows whose groups are known ({@link io.calcitewasm.udf.aggregate.GroupSteps}), or as
 * the rows of window frames ({@link io.calcitewasm.udf.aggregate.Frame}); what waits goes to the
 * guest in batches, all of them through {@code AccumulatorRows}. {@code Resources} has what
 * accumulators have in the guest, and {@code Spill} a file for those that do not fit it.
 *
 * <p>Accumulators are merged in two ways: {@link io.calcitewasm.udf.aggregate.MergedGroup} is a
 * group made of others' in the same instance; {@link io.calcitewasm.udf.aggregate.DividedCalls}
 * divides the rows of an aggregate over {@code Lanes}, each a thread with instances of its own, and
 * merges through saved states. The room uses {@code instance}, {@code batch} and {@code signature}.
 */
@NullMarked
package io.calcitewasm.udf.aggregate;

import org.jspecify.annotations.NullMarked;
