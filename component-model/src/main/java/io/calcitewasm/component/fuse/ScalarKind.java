package io.calcitewasm.component.fuse;

import io.calcitewasm.component.binary.core.CoreValType;
import io.calcitewasm.component.model.CanonicalSizes;

/**
 * How a scalar stands in a column, in a core value and in guest memory (CanonicalABI.md, "Loading",
 * "Flattening"). Columns hold integers of 32 bits or less in four bytes, sign- or zero-extended.
 */
public enum ScalarKind {
  /** {@code bool}: 0 or 1. */
  BOOL(CoreValType.I32, 1, 0x2d),
  /** {@code s8}. */
  S8(CoreValType.I32, 1, 0x2c),
  /** {@code u8}. */
  U8(CoreValType.I32, 1, 0x2d),
  /** {@code s16}. */
  S16(CoreValType.I32, 2, 0x2e),
  /** {@code u16}. */
  U16(CoreValType.I32, 2, 0x2f),
  /** {@code s32}. */
  S32(CoreValType.I32, 4, 0x28),
  /** {@code u32}. */
  U32(CoreValType.I32, 4, 0x28),
  /** {@code s64}. */
  S64(CoreValType.I64, 8, 0x29),
  /** {@code u64}. */
  U64(CoreValType.I64, 8, 0x29),
  /** {@code f32}. */
  F32(CoreValType.F32, 4, 0x2a),
  /** {@code f64}. */
  F64(CoreValType.F64, 8, 0x2b),
  /** {@code char}: the Unicode scalar value. */
  CHAR(CoreValType.I32, 4, 0x28),
  /** {@code enum}: the index of the label. */
  ENUM(CoreValType.I32, 0, 0),
  /** {@code flags}: bit i set when label i is. */
  FLAGS(CoreValType.I32, 0, 0),
  /**
   * {@code borrow} of a resource that the callee defines: the number by which it knows it
   * (CanonicalABI.md, {@code lower_borrow}).
   */
  REPRESENTATION(CoreValType.I32, 4, 0x28),
  /** {@code own} as a result: the index in the callee's handle table, to be taken out of it. */
  HANDLE(CoreValType.I32, 4, 0x28);

  private final CoreValType core;
  private final int size;
  private final int load;

  ScalarKind(CoreValType core, int size, int load) {
    this.core = core;
    this.size = size;
    this.load = load;
  }

  /** The core value that it is passed as. */
  public CoreValType core() {
    return core;
  }

  /** Bytes of a value in a column. */
  public int width() {
    return core == CoreValType.I64 || core == CoreValType.F64 ? 8 : 4;
  }

  /** Bytes in guest memory, which is the alignment too. */
  int size(int cases) {
    return switch (this) {
      case ENUM -> CanonicalSizes.discriminant(cases);
      case FLAGS -> CanonicalSizes.flags(cases);
      default -> size;
    };
  }

  /** The instruction that loads it from guest memory. */
  int load(int cases) {
    return switch (size(cases)) {
      case 1 -> this == S8 ? load : 0x2d;
      case 2 -> this == S16 ? load : 0x2f;
      case 4 -> this == F32 ? load : 0x28;
      default -> load;
    };
  }
}
