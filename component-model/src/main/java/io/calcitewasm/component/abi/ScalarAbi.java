package io.calcitewasm.component.abi;

import io.calcitewasm.component.binary.core.CoreValType;
import io.calcitewasm.component.model.PrimitiveType;
import org.jspecify.annotations.Nullable;

/**
 * Primitive types of a fixed size. Each is given by how its bits become a Java value and back; the
 * bits are those of {@link io.calcitewasm.component.core.CoreFunction}, only the low ones count.
 */
abstract class ScalarAbi extends AbiType {
  private ScalarAbi(int size, CoreValType flat) {
    super(Layout.scalar(size, flat));
  }

  /** The value of the low bits. */
  abstract Object lift(long bits);

  /** The bits of a value, zero-extended to its core type; a signed one sign-extended to 32. */
  abstract long lower(@Nullable Object value);

  /** Whether it is sign-extended when it is passed flat. */
  boolean isSigned() {
    return false;
  }

  @Override
  final void forms(int offset, FormList into) {
    into.add(new MemoryForm.Scalar(offset, size(), isSigned(), layout().flat().types().getFirst()));
  }

  @Override
  final Object load(LiftLowerContext cx, byte[] block, int at) {
    return lift(
        switch (size()) {
          case 1 -> block[at];
          case 2 -> Block.getShort(block, at);
          case 4 -> Block.getInt(block, at);
          default -> Block.getLong(block, at);
        });
  }

  @Override
  final void store(LiftLowerContext cx, @Nullable Object value, byte[] block, int at) {
    long bits = lower(value);
    switch (size()) {
      case 1 -> block[at] = (byte) bits;
      case 2 -> Block.putShort(block, at, (short) bits);
      case 4 -> Block.putInt(block, at, (int) bits);
      default -> Block.putLong(block, at, bits);
    }
  }

  @Override
  final Object liftFlat(LiftLowerContext cx, long[] flat, int at) {
    return lift(flat[at]);
  }

  @Override
  final void lowerFlat(LiftLowerContext cx, @Nullable Object value, long[] flat, int at) {
    flat[at] = lower(value);
  }

  /** The compiled form of a primitive type other than string. */
  static ScalarAbi of(PrimitiveType type) {
    return switch (type) {
      case BOOL -> new Bool();
      case S8 -> new Small(type, 1, Byte.MIN_VALUE, Byte.MAX_VALUE);
      case U8 -> new Small(type, 1, 0, 0xff);
      case S16 -> new Small(type, 2, Short.MIN_VALUE, Short.MAX_VALUE);
      case U16 -> new Small(type, 2, 0, 0xffff);
      case S32 -> new Small(type, 4, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case U32 -> new Unsigned32();
      case S64, U64 -> new Long64(type);
      case F32 -> new Float32();
      case F64 -> new Float64();
      case CHAR -> new Char();
      case STRING -> throw new IllegalArgumentException("string has no fixed size");
    };
  }

  private static final class Bool extends ScalarAbi {
    Bool() {
      super(1, CoreValType.I32);
    }

    @Override
    Object lift(long bits) {
      // Loaded bits may be sign-extended, flat ones are 32: any set bit means true.
      return (int) bits != 0;
    }

    @Override
    long lower(@Nullable Object value) {
      if (value instanceof Boolean bool) {
        return bool ? 1 : 0;
      }
      throw ValueMisfit.wrongClass("bool", Boolean.class, value);
    }
  }

  /** Integers that Java carries as {@code Integer}. */
  private static final class Small extends ScalarAbi {
    private final PrimitiveType type;
    private final int min;
    private final int max;

    Small(PrimitiveType type, int size, int min, int max) {
      super(size, CoreValType.I32);
      this.type = type;
      this.min = min;
      this.max = max;
    }

    @Override
    boolean isSigned() {
      return min < 0;
    }

    @Override
    Object lift(long bits) {
      return switch (type) {
        case S8 -> (int) (byte) bits;
        case U8 -> (int) bits & 0xff;
        case S16 -> (int) (short) bits;
        case U16 -> (int) bits & 0xffff;
        default -> (int) bits;
      };
    }

    @Override
    long lower(@Nullable Object value) {
      if (!(value instanceof Integer number)) {
        throw ValueMisfit.wrongClass(type.witName(), Integer.class, value);
      }
      if (number < min || number > max) {
        throw new ValueMisfit(number + " is out of range for " + type.witName());
      }
      return number & 0xffff_ffffL;
    }
  }

  private static final class Unsigned32 extends ScalarAbi {
    Unsigned32() {
      super(4, CoreValType.I32);
    }

    @Override
    Object lift(long bits) {
      return bits & 0xffff_ffffL;
    }

    @Override
    long lower(@Nullable Object value) {
      if (!(value instanceof Long number)) {
        throw ValueMisfit.wrongClass("u32", Long.class, value);
      }
      if (number < 0 || number > 0xffff_ffffL) {
        throw new ValueMisfit(number + " is out of range for u32");
      }
      return number;
    }
  }

  private static final class Long64 extends ScalarAbi {
    private final PrimitiveType type;

    Long64(PrimitiveType type) {
      super(8, CoreValType.I64);
      this.type = type;
    }

    @Override
    Object lift(long bits) {
      return bits;
    }

    @Override
    long lower(@Nullable Object value) {
      if (value instanceof Long number) {
        return number;
      }
      throw ValueMisfit.wrongClass(type.witName(), Long.class, value);
    }
  }

  private static final class Float32 extends ScalarAbi {
    Float32() {
      super(4, CoreValType.F32);
    }

    @Override
    Object lift(long bits) {
      float value = Float.intBitsToFloat((int) bits);
      return Float.isNaN(value) ? Float.NaN : value;
    }

    @Override
    long lower(@Nullable Object value) {
      if (value instanceof Float number) {
        return Float.floatToIntBits(number) & 0xffff_ffffL;
      }
      throw ValueMisfit.wrongClass("f32", Float.class, value);
    }
  }

  private static final class Float64 extends ScalarAbi {
    Float64() {
      super(8, CoreValType.F64);
    }

    @Override
    Object lift(long bits) {
      double value = Double.longBitsToDouble(bits);
      return Double.isNaN(value) ? Double.NaN : value;
    }

    @Override
    long lower(@Nullable Object value) {
      if (value instanceof Double number) {
        return Double.doubleToLongBits(number);
      }
      throw ValueMisfit.wrongClass("f64", Double.class, value);
    }
  }

  private static final class Char extends ScalarAbi {
    Char() {
      super(4, CoreValType.I32);
    }

    @Override
    Object lift(long bits) {
      int scalar = (int) bits;
      if (!isScalarValue(scalar)) {
        throw new AbiTrap(
            "0x" + Integer.toHexString(scalar) + " is no Unicode scalar value, so no char");
      }
      return scalar;
    }

    @Override
    long lower(@Nullable Object value) {
      if (!(value instanceof Integer scalar)) {
        throw ValueMisfit.wrongClass("char", Integer.class, value);
      }
      if (!isScalarValue(scalar)) {
        throw new ValueMisfit(
            "0x" + Integer.toHexString(scalar) + " is no Unicode scalar value, so no char");
      }
      return scalar;
    }

    private static boolean isScalarValue(int code) {
      return Character.isValidCodePoint(code)
          && (code < Character.MIN_SURROGATE || code > Character.MAX_SURROGATE);
    }
  }
}
