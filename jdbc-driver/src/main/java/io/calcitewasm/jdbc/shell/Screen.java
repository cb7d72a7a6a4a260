package io.calcitewasm.jdbc.shell;

import java.io.BufferedWriter;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.function.IntSupplier;
import org.jline.terminal.Terminal;

/**
 * Where the shell writes.
 *
 * @param out results
 * @param err errors and remarks; the same as {@code out} in a terminal
 * @param bytes the stream below {@code out}, for JSON; flush {@code out} before using it
 * @param width columns of the terminal, 0 where there is none
 * @param colour whether ANSI sequences may be written
 */
record Screen(Writer out, Writer err, OutputStream bytes, IntSupplier width, boolean colour) {
  /** A terminal. */
  static Screen of(Terminal terminal) {
    boolean dumb = terminal.getType().startsWith(Terminal.TYPE_DUMB);
    return new Screen(
        terminal.writer(), terminal.writer(), terminal.output(), terminal::getWidth, !dumb);
  }

  /** Pipes or files: nothing is cut, no ANSI sequences. */
  static Screen of(OutputStream out, OutputStream err) {
    return new Screen(
        new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8)),
        new OutputStreamWriter(err, StandardCharsets.UTF_8),
        out,
        () -> 0,
        false);
  }
}
