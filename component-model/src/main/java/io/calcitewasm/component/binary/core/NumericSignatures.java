package io.calcitewasm.component.binary.core;

import static io.calcitewasm.component.binary.core.CoreValType.F32;
import static io.calcitewasm.component.binary.core.CoreValType.F64;
import static io.calcitewasm.component.binary.core.CoreValType.I32;
import static io.calcitewasm.component.binary.core.CoreValType.I64;

import java.util.Objects;

/**
 * What numeric instructions take and give, and what loads and stores move (core specification,
 * "Numeric Instructions" and "Memory Instructions").
 */
final class NumericSignatures {
  static final int FIRST = 0x45;
  static final int LAST = 0xc4;
  static final int FIRST_LOAD = 0x28;
  static final int FIRST_STORE = 0x36;
  static final int LAST_STORE = 0x3e;

  private static final Signature[] BY_OPCODE = new Signature[LAST + 1];

  /**
   * A signature with one result.
   *
   * @param count how many parameters, all of one type
   */
  record Signature(CoreValType parameter, int count, CoreValType result) {}

  /** What a load or store moves; natural alignment as a power of two. */
  record Access(CoreValType type, int alignment) {}

  private static final Access[] ACCESSES = {
    new Access(I32, 2),
    new Access(I64, 3),
    new Access(F32, 2),
    new Access(F64, 3),
    new Access(I32, 0),
    new Access(I32, 0),
    new Access(I32, 1),
    new Access(I32, 1),
    new Access(I64, 0),
    new Access(I64, 0),
    new Access(I64, 1),
    new Access(I64, 1),
    new Access(I64, 2),
    new Access(I64, 2),
    new Access(I32, 2),
    new Access(I64, 3),
    new Access(F32, 2),
    new Access(F64, 3),
    new Access(I32, 0),
    new Access(I32, 1),
    new Access(I64, 0),
    new Access(I64, 1),
    new Access(I64, 2)
  };

  static {
    range(0x45, 0x45, I32, 1, I32); // eqz
    range(0x46, 0x4f, I32, 2, I32); // comparisons
    range(0x50, 0x50, I64, 1, I32);
    range(0x51, 0x5a, I64, 2, I32);
    range(0x5b, 0x60, F32, 2, I32);
    range(0x61, 0x66, F64, 2, I32);
    range(0x67, 0x69, I32, 1, I32); // clz, ctz, popcnt
    range(0x6a, 0x78, I32, 2, I32);
    range(0x79, 0x7b, I64, 1, I64);
    range(0x7c, 0x8a, I64, 2, I64);
    range(0x8b, 0x91, F32, 1, F32); // abs … sqrt
    range(0x92, 0x98, F32, 2, F32);
    range(0x99, 0x9f, F64, 1, F64);
    range(0xa0, 0xa6, F64, 2, F64);
    range(0xa7, 0xa7, I64, 1, I32); // wrap
    range(0xa8, 0xa9, F32, 1, I32); // truncations
    range(0xaa, 0xab, F64, 1, I32);
    range(0xac, 0xad, I32, 1, I64); // extensions
    range(0xae, 0xaf, F32, 1, I64);
    range(0xb0, 0xb1, F64, 1, I64);
    range(0xb2, 0xb3, I32, 1, F32); // conversions
    range(0xb4, 0xb5, I64, 1, F32);
    range(0xb6, 0xb6, F64, 1, F32); // demotion
    range(0xb7, 0xb8, I32, 1, F64);
    range(0xb9, 0xba, I64, 1, F64);
    range(0xbb, 0xbb, F32, 1, F64); // promotion
    range(0xbc, 0xbc, F32, 1, I32); // reinterpretations
    range(0xbd, 0xbd, F64, 1, I64);
    range(0xbe, 0xbe, I32, 1, F32);
    range(0xbf, 0xbf, I64, 1, F64);
    range(0xc0, 0xc1, I32, 1, I32); // sign extensions
    range(0xc2, 0xc4, I64, 1, I64);
  }

  private NumericSignatures() {}

  private static void range(
      int first, int last, CoreValType parameter, int count, CoreValType result) {
    Signature signature = new Signature(parameter, count, result);
    for (int opcode = first; opcode <= last; opcode++) {
      BY_OPCODE[opcode] = signature;
    }
  }

  /** The signature of an opcode from {@link #FIRST} to {@link #LAST}. */
  static Signature of(int opcode) {
    return Objects.requireNonNull(BY_OPCODE[opcode]);
  }

  /** The signature of {@code trunc_sat} by its number behind 0xfc, 0 to 7. */
  static Signature truncation(int number) {
    return new Signature((number & 2) == 0 ? F32 : F64, 1, number < 4 ? I32 : I64);
  }

  /** What a load or store moves, by opcode. */
  static Access access(int opcode) {
    return ACCESSES[opcode - FIRST_LOAD];
  }
}
