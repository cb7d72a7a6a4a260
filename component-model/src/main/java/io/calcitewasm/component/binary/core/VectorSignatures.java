package io.calcitewasm.component.binary.core;

/**
 * The shapes of vector instructions by their number behind 0xfd (core specification, "Vector
 * Instructions").
 */
final class VectorSignatures {
  /** From here on: relaxed vector instructions. */
  static final int RELAXED = 0x100;

  /** No instruction has this number. */
  static final char NONE = '.';

  /** v128 → v128. */
  static final char UNARY = '1';

  /** v128 v128 → v128. */
  static final char BINARY = '2';

  /** v128 v128 v128 → v128. */
  static final char TERNARY = '3';

  /** v128 → i32. */
  static final char TEST = 't';

  /** v128 i32 → v128. */
  static final char SHIFT = 's';

  /** Everything else, told apart by number. */
  static final char SPECIAL = '*';

  private static final String SHAPES =
      // loads, store, constant, shuffle; swizzle; splats and lanes
      "**************"
          + "2"
          + "********************"
          // comparisons: i8x16, i16x8, i32x4, f32x4, f64x2
          + "2222222222"
          + "2222222222"
          + "2222222222"
          + "222222"
          + "222222"
          // not, and, andnot, or, xor, bitselect, any_true; lanes of memory; zero loads
          + "12222"
          + "3t"
          + "********"
          + "**"
          // demote, promote; i8x16 and roundings of floats
          + "11"
          + "111tt22"
          + "1111"
          + "sss"
          + "222222"
          + "11"
          + "2222"
          + "1"
          + "2"
          + "1111"
          // i16x8
          + "112tt22"
          + "1111"
          + "sss"
          + "222222"
          + "1"
          + "22222"
          + "."
          + "2"
          + "2222"
          // i32x4
          + "11.tt.."
          + "1111"
          + "sss"
          + "2..2..."
          + "2"
          + "2222"
          + "2"
          + "."
          + "2222"
          // i64x2
          + "11.tt.."
          + "1111"
          + "sss"
          + "2..2..."
          + "2"
          + "222222"
          + "2222"
          // f32x4, f64x2, conversions
          + "11.1"
          + "22222222"
          + "11.1"
          + "22222222"
          + "11111111";

  private VectorSignatures() {}

  /** The shape of an instruction below {@link #RELAXED}. */
  static char shape(int number) {
    return SHAPES.charAt(number);
  }
}
