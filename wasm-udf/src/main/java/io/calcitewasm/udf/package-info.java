/**
 * Modules as SQL functions, without a planner: the module registry and its snapshots, WIT
 * signatures as SQL signatures, instances and their limits. It uses {@code component}, {@code host}
 * and {@code policy} and knows no Calcite, so that other engines can use it. Start with {@code
 * module.Registry} and {@code signature.SqlFunction}.
 */
@NullMarked
package io.calcitewasm.udf;

import org.jspecify.annotations.NullMarked;
