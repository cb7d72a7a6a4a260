/**
 * JDBC databases as Calcite schemas: Calcite's push-down with types, values, names and changes of
 * rows as this project wants them. It uses Calcite and {@code parser}. Start with {@link
 * io.calcitewasm.adapter.source.JdbcTables}.
 */
@NullMarked
package io.calcitewasm.adapter.source;

import org.jspecify.annotations.NullMarked;
