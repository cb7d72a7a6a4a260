/**
 * How Calcite prepares a statement here: validation and planning. It uses {@code function}, {@code
 * batch}, {@code exec} and {@code parser} and, of lower rooms, {@code udf}. Start with {@link
 * io.calcitewasm.adapter.plan.WasmPrepare}.
 */
@NullMarked
package io.calcitewasm.adapter.plan;

import org.jspecify.annotations.NullMarked;
