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

  /** What carries a value of this type or of another one (CanonicalABI.md, {@code join}). */
  public CoreValType join(CoreValType other) {
    if (this == other) {
      return this;
    }
    boolean bothNarrow = (this == I32 || this == F32) && (other == I32 || other == F32);
    return bothNarrow ? I32 : I64;
  }

  /** The keyword of the text format. */
  @Override
  public String toString() {
    return words;
  }
}
