/**
 * {@code wasi:cli}: no arguments, no environment but what is granted, standard input at its end,
 * standard output and error to the log, no terminals; exit is a trap. Start with {@link
 * io.calcitewasm.host.wasi.cli.StandardStreams}.
 */
@NullMarked
package io.calcitewasm.host.wasi.cli;

import org.jspecify.annotations.NullMarked;
