package io.calcitewasm.udf.instance;

import org.jspecify.annotations.Nullable;

/**
 * An instance in which many rows are called.
 *
 * @param instance started, with a turn begun and within a call
 * @param keeper who keeps it; null if it is reset after each row
 */
record RowLease(PooledInstance instance, @Nullable KeptInstance keeper) {}
