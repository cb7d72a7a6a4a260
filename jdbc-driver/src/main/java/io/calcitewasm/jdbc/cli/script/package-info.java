/**
 * Statements and scripts run over JDBC. Start with {@link
 * io.calcitewasm.jdbc.cli.script.StatementRunner}.
 */
@NullMarked
package io.calcitewasm.jdbc.cli.script;

import org.jspecify.annotations.NullMarked;
