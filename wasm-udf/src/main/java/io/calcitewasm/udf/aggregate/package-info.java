/**
 * Aggregates: resources of a guest that take rows and answer a value. {@link
 * io.calcitewasm.udf.aggregate.AggregateCalls} collects the rows of all groups and gives them to
 * the guest in batches; {@link io.calcitewasm.udf.aggregate.GroupSteps} takes whole columns of rows
 * whose groups are known; {@link io.calcitewasm.udf.aggregate.Frame} moves an accumulator over the
 * rows of a window. It uses {@code instance}, {@code batch} and {@code signature}.
 */
@NullMarked
package io.calcitewasm.udf.aggregate;

import org.jspecify.annotations.NullMarked;
