/**
 * Functions of modules as Calcite knows them: the type system, the operators and what their calls
 * compile to one by one. It uses {@code exec} and, of lower rooms, {@code udf}. Start with {@link
 * io.calcitewasm.adapter.function.ModuleOperators}.
 */
@NullMarked
package io.calcitewasm.adapter.function;

import org.jspecify.annotations.NullMarked;
