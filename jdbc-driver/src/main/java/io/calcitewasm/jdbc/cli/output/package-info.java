/**
 * How the outcome of a statement is written: as a table for people, as CSV, as JSON; values,
 * errors, durations. It sees {@code java.sql} alone. Start with {@link
 * io.calcitewasm.jdbc.cli.output.ResultPrinter}.
 */
@NullMarked
package io.calcitewasm.jdbc.cli.output;

import org.jspecify.annotations.NullMarked;
