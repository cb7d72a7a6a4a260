/**
 * Values of results as JDBC shows them: objects, texts, typed getters, arrays and rows, made from
 * Calcite's raw values. It uses Avatica's column types and nothing of the session. Start with
 * {@code Value}.
 */
@NullMarked
package io.calcitewasm.jdbc.value;

import org.jspecify.annotations.NullMarked;
