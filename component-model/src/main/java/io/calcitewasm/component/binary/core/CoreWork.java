package io.calcitewasm.component.binary.core;

import io.calcitewasm.component.InvalidComponentException;

/**
 * Bounds the work of checking code, so that a small file whose every instruction moves a thousand
 * values costs no seconds. Ordinary code needs a few steps a byte.
 */
final class CoreWork {
  private static final long STEPS = 4_000_000;
  private static final long STEPS_PER_BYTE = 64;

  private long left;

  CoreWork(int bytes) {
    this.left = STEPS + STEPS_PER_BYTE * bytes;
  }

  void spend(int steps, Cursor in) throws InvalidComponentException {
    left -= steps;
    if (left < 0) {
      throw in.invalid(
          "the core module's code repeats itself too often to be checked", in.position());
    }
  }
}
