package io.calcitewasm.benchmarks;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** A function of a guest, whatever runs it: one method per shape of the measured functions. */
interface Calls extends AutoCloseable {
  /** Numbers to a number. */
  long number(long... arguments);

  /** A text to a text. */
  String text(String argument);

  /** Two texts to a number. */
  long compare(String a, String b);

  /** A text to a decimal, or none. */
  @Nullable BigDecimal decimal(String argument);

  @Override
  void close();
}
