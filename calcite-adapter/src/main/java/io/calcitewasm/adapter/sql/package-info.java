/**
 * Executes the statements about the catalogue: modules, foreign schemas, tables, views, and the
 * views of schema {@code wasm} about all of them. It uses {@code catalogue} and {@code parser}.
 * Start with {@link io.calcitewasm.adapter.sql.Definitions}.
 */
@NullMarked
package io.calcitewasm.adapter.sql;

import org.jspecify.annotations.NullMarked;
