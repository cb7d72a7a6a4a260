/**
 * Everything that knows Calcite's planner: the parser and its statements, operators for the
 * functions of modules, preparation, the catalogue and the session. It uses {@code vtab}, {@code
 * udf} and what is below them. Start with {@code session.Database}.
 */
@NullMarked
package io.calcitewasm.adapter;

import org.jspecify.annotations.NullMarked;
