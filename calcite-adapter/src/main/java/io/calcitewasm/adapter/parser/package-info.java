/**
 * The SQL language: Calcite's grammar with the statements of modules, foreign schemas, tables and
 * views, and scripts of several statements. It uses Calcite's parser only; the generated part is in
 * the package {@code javacc}. Start with {@link io.calcitewasm.adapter.parser.SqlLanguage}.
 */
@NullMarked
package io.calcitewasm.adapter.parser;

import org.jspecify.annotations.NullMarked;
