package io.calcitewasm.component;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.assertj.core.api.ThrowableAssertAlternative;

/** Assertions about components that are refused. */
public final class Refusal {
  private Refusal() {}

  /** Requires the bytes to be refused with a message that contains these words. */
  public static ThrowableAssertAlternative<InvalidComponentException> assertRefused(
      byte[] bytes, String words) {
    return assertRefused(bytes, Caps.DEFAULT, words);
  }

  /** Requires the bytes to be refused under these caps with such a message. */
  public static ThrowableAssertAlternative<InvalidComponentException> assertRefused(
      byte[] bytes, Caps caps, String words) {
    return assertThatExceptionOfType(InvalidComponentException.class)
        .isThrownBy(() -> Component.read(bytes, caps))
        .withMessageContaining(words)
        .withMessageContaining("byte offset ")
        .satisfies(
            e -> {
              if (e.offset() < 0 || e.offset() > bytes.length) {
                throw new AssertionError("offset " + e.offset() + " is outside the file", e);
              }
            });
  }
}
