package io.calcitewasm.component.core;

import io.calcitewasm.component.binary.core.CoreValType;
import org.graalvm.polyglot.Value;

/** Core values between the {@code long} form of {@link CoreFunction} and the interop protocol. */
final class GraalWasmValues {
  private GraalWasmValues() {}

  static Object box(CoreValType type, long value) {
    return switch (type) {
      case I32 -> (int) value;
      case I64 -> value;
      case F32 -> Float.intBitsToFloat((int) value);
      case F64 -> Double.longBitsToDouble(value);
      case V128, FUNCREF, EXTERNREF -> throw notFlat(type);
    };
  }

  static long unbox(CoreValType type, Value value) {
    return switch (type) {
      case I32 -> value.asInt() & 0xffff_ffffL;
      case I64 -> value.asLong();
      case F32 -> Float.floatToRawIntBits(value.asFloat()) & 0xffff_ffffL;
      case F64 -> Double.doubleToRawLongBits(value.asDouble());
      case V128, FUNCREF, EXTERNREF -> throw notFlat(type);
    };
  }

  private static IllegalStateException notFlat(CoreValType type) {
    return new IllegalStateException("the canonical ABI knows no " + type);
  }
}
