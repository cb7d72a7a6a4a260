/**
 * Virtual tables that components bring, as Calcite tables, schema and table factories. Its time has
 * not come: the room is laid out so that nothing above it has to move. It may use {@code udf} and
 * what is below it.
 */
@NullMarked
package io.calcitewasm.vtab;

import org.jspecify.annotations.NullMarked;
