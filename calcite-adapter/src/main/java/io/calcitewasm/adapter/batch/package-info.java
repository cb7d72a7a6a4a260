/**
 * Calls of modules' functions by batches: {@link io.calcitewasm.adapter.batch.BatchPlan} goes over
 * a finished plan and puts a {@link io.calcitewasm.adapter.batch.ModuleCalc} where functions are
 * called and a {@link io.calcitewasm.adapter.batch.ModuleGroups} where rows are aggregated, {@link
 * io.calcitewasm.adapter.batch.SplitFilters} prepares the way before planning. It uses {@code
 * function} and {@code exec}.
 */
@NullMarked
package io.calcitewasm.adapter.batch;

import org.jspecify.annotations.NullMarked;
