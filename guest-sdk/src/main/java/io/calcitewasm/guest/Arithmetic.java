package io.calcitewasm.guest;

import java.util.Arrays;

/** Versions of {@code fixtures/arithmetic}: {@code add} adds in some and subtracts in another. */
public final class Arithmetic {
  private static final byte[] ADD = {0x20, 0, 0x20, 1, 0x7c, 0x0b};
  private static final byte[] SUBTRACT = {0x20, 0, 0x20, 1, 0x7d, 0x0b};

  private Arithmetic() {}

  /** The fixture as it is. */
  public static byte[] adding() {
    return Guests.bytes("fixtures/arithmetic");
  }

  /** The one that subtracts. */
  public static byte[] subtracting() {
    return Patched.of(adding(), ADD, SUBTRACT);
  }

  /**
   * The same functions as the fixture's in another content.
   *
   * @param mark by which contents differ, of 16 bits
   */
  public static byte[] adding(int mark) {
    byte[] bytes = Arrays.copyOf(adding(), adding().length + 8);
    byte[] section = {0, 6, 1, 'x', (byte) mark, (byte) (mark >> 8), 0, 0};
    System.arraycopy(section, 0, bytes, bytes.length - 8, 8);
    return bytes;
  }
}
