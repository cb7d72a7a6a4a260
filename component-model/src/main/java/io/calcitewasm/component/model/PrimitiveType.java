package io.calcitewasm.component.model;

/**
 * Primitive value types (Binary.md, {@code primvaltype}) with the Java class that carries a value.
 */
public enum PrimitiveType implements ValType {
  /** Java: {@code Boolean}. */
  BOOL("bool", 0x7f),
  /** Java: {@code Integer}, −128 to 127. */
  S8("s8", 0x7e),
  /** Java: {@code Integer}, 0 to 255. */
  U8("u8", 0x7d),
  /** Java: {@code Integer}, −32,768 to 32,767. */
  S16("s16", 0x7c),
  /** Java: {@code Integer}, 0 to 65,535. */
  U16("u16", 0x7b),
  /** Java: {@code Integer}. */
  S32("s32", 0x7a),
  /** Java: {@code Long}, 0 to 2³²−1. */
  U32("u32", 0x79),
  /** Java: {@code Long}. */
  S64("s64", 0x78),
  /** Java: {@code Long}, the 64 bits; read it with {@code Long.toUnsignedString} and the like. */
  U64("u64", 0x77),
  /** Java: {@code Float}. */
  F32("f32", 0x76),
  /** Java: {@code Double}. */
  F64("f64", 0x75),
  /** Java: {@code Integer}, a Unicode scalar value. */
  CHAR("char", 0x74),
  /** Java: {@code String}; unpaired surrogates cannot be lowered. */
  STRING("string", 0x73);

  private final String witName;
  private final int opcode;

  PrimitiveType(String witName, int opcode) {
    this.witName = witName;
    this.opcode = opcode;
  }

  /** The keyword in WIT and component text. */
  public String witName() {
    return witName;
  }

  /** The byte in the binary format. */
  public int opcode() {
    return opcode;
  }
}
