/**
 * The command line {@code calcite-wasm}: its commands, options and exit statuses. It runs SQL
 * through {@code java.sql.DriverManager} alone; only {@code inspect}, which runs nothing, reads
 * components itself. Other modules bring commands as services of type {@link
 * io.calcitewasm.jdbc.cli.ContributedCommand}. Start with {@link io.calcitewasm.jdbc.cli.Main}.
 */
@NullMarked
package io.calcitewasm.jdbc.cli;

import org.jspecify.annotations.NullMarked;
