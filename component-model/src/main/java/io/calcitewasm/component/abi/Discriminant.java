package io.calcitewasm.component.abi;

/** The number that tells which case a variant or enum is (CanonicalABI.md, "load_variant"). */
final class Discriminant {
  private Discriminant() {}

  static int load(byte[] block, int at, int size) {
    return switch (size) {
      case 1 -> block[at] & 0xff;
      case 2 -> Block.getShort(block, at) & 0xffff;
      default -> Block.getInt(block, at);
    };
  }

  static void store(byte[] block, int at, int size, int value) {
    switch (size) {
      case 1 -> block[at] = (byte) value;
      case 2 -> Block.putShort(block, at, (short) value);
      default -> Block.putInt(block, at, value);
    }
  }

  /** The discriminant, or the trap that the specification demands. */
  static int checked(int discriminant, int cases) {
    if (Integer.compareUnsigned(discriminant, cases) >= 0) {
      throw new AbiTrap(
          "discriminant "
              + Integer.toUnsignedString(discriminant)
              + " of a type with "
              + cases
              + " cases");
    }
    return discriminant;
  }
}
