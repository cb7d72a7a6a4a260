package io.calcitewasm.component.binary.core;

/** Core value types (core specification, "Value Types"). */
public enum CoreValType {
  /** 32-bit integers. */
  I32("i32", 0x7f),
  /** 64-bit integers. */
  I64("i64", 0x7e),
  /** 32-bit floats. */
  F32("f32", 0x7d),
  /** 64-bit floats. */
  F64("f64", 0x7c),
  /** 128-bit vectors. */
  V128("v128", 0x7b),
  /** Nullable references to functions. */
  FUNCREF("funcref", 0x70),
  /** Nullable references to something of the host's. */
  EXTERNREF("externref", 0x6f);

  private final String words;
  private final int opcode;

  CoreValType(String words, int opcode) {
    this.words = words;
    this.opcode = opcode;
  }

  /** The byte in the binary format. */
  public int opcode() {
    return opcode;
  }

  /** Whether this is a reference type. */
  public boolean isReference() {
    return this == FUNCREF || this == EXTERNREF;
  }

  /** The keyword of the text format. */
  @Override
  public String toString() {
    return words;
  }
}
