package io.calcitewasm.component.check;

import java.util.stream.IntStream;

/** Sizes of types written out as trees, which can be exponential in the size of their file. */
final class Sizes {
  /** Larger types are refused. */
  static final int MOST = 1_000_000;

  private Sizes() {}

  /** One node and what hangs below it; saturates. */
  static int sum(IntStream parts, int own) {
    return (int) Math.min(MOST + 1L, 1L + own + parts.asLongStream().sum());
  }
}
