/**
 * How Calcite prepares a statement here: the type system, operators for the functions of modules,
 * validation and planning. It uses {@code exec} and {@code parser} and, of lower rooms, {@code
 * udf}. Start with {@link io.calcitewasm.adapter.plan.WasmPrepare}.
 */
@NullMarked
package io.calcitewasm.adapter.plan;

import org.jspecify.annotations.NullMarked;
