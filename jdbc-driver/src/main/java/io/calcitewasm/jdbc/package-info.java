/**
 * The doors: the JDBC driver {@code jdbc:calcite-wasm:}, the command line and the shell. It uses
 * {@code adapter}; the command line and the shell see the engine through JDBC alone. Start with
 * {@code Driver} and {@code cli.Main}.
 */
@NullMarked
package io.calcitewasm.jdbc;

import org.jspecify.annotations.NullMarked;
