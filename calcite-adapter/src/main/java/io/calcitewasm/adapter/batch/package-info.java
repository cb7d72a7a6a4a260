/**
 * Calls of modules' functions by batches: {@link io.calcitewasm.adapter.batch.BatchPlan} goes over
 * a finished plan and puts a {@link io.calcitewasm.adapter.batch.ModuleCalc} where functions are
 * called and a {@link io.calcitewasm.adapter.batch.ModuleGroups} where rows are aggregated, {@link
 * io.calcitewasm.adapter.batch.SplitFilters} prepares the way before planning. {@code MergedSets}
 * has grouping sets merged of the finest one, {@link io.calcitewasm.adapter.batch.Parallelism}
 * tells which aggregates are divided over threads, {@link
 * io.calcitewasm.adapter.batch.RepeatedRows} has rows kept that would be computed again. It uses
 * {@code function}, {@code trait} and {@code exec}.
 */
@NullMarked
package io.calcitewasm.adapter.batch;

import org.jspecify.annotations.NullMarked;
