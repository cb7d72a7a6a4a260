package io.calcitewasm.jdbc.cli.output;

import java.util.function.IntSupplier;

/**
 * How tables look.
 *
 * @param width columns of the terminal, asked anew for each table; 0 where nothing may be cut
 * @param colour whether ANSI sequences may be used
 * @param timer asked for each statement: whether its time is shown
 */
public record TableStyle(
    IntSupplier width, boolean colour, java.util.function.BooleanSupplier timer) {
  /** For pipes and files: nothing is cut, no ANSI sequences. */
  public static TableStyle plain(boolean timer) {
    return new TableStyle(() -> 0, false, () -> timer);
  }
}
