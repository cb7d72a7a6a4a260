package io.calcitewasm.udf.value;

import io.calcitewasm.component.model.PrimitiveType;
import io.calcitewasm.udf.GuestText;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Numbers into components, with their range checks. */
final class NumberArguments {
  private static final BigInteger U64_MAX = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);

  private NumberArguments() {}

  /** A converter to an integer type of at most 64 bits, carried as Integer or as Long. */
  static ArgumentConverter integer(
      PrimitiveType type, long least, long most, boolean carriedAsInt) {
    return carriedAsInt
        ? value -> (int) within(type, integerOf(type, value), least, most)
        : value -> within(type, integerOf(type, value), least, most);
  }

  static Object u64(@Nullable Object value) throws MisfitException {
    Number number = number(value);
    if (isLong(number)) {
      long small = number.longValue();
      if (small >= 0) {
        return small;
      }
      throw outOfRange(number, PrimitiveType.U64, "0", U64_MAX);
    }
    BigInteger integer = whole(number, PrimitiveType.U64);
    if (integer.signum() < 0 || integer.compareTo(U64_MAX) > 0) {
      throw outOfRange(number, PrimitiveType.U64, "0", U64_MAX);
    }
    return integer.longValue();
  }

  static Object f32(@Nullable Object value) throws MisfitException {
    Number number = number(value);
    float converted = number.floatValue();
    if (Float.isInfinite(converted) && isFinite(number)) {
      throw new MisfitException("22003", show(number) + " is too large for a REAL");
    }
    return converted;
  }

  static Object f64(@Nullable Object value) throws MisfitException {
    Number number = number(value);
    double converted = number.doubleValue();
    if (Double.isInfinite(converted) && isFinite(number)) {
      throw new MisfitException("22003", show(number) + " is too large for a DOUBLE");
    }
    return converted;
  }

  static Object decimal(@Nullable Object value) throws MisfitException {
    Number number = number(value);
    if (!isFinite(number)) {
      throw new MisfitException("22003", show(number) + " is no exact number");
    }
    return Decimals.toComponent(exact(number));
  }

  /** The value as a long, for types that are wider in the contract than in SQL. */
  static long toLong(@Nullable Object value) throws MisfitException {
    return integerOf(PrimitiveType.S64, value);
  }

  private static long integerOf(PrimitiveType type, @Nullable Object value) throws MisfitException {
    Number number = number(value);
    if (isLong(number)) {
      return number.longValue();
    }
    BigInteger whole = whole(number, type);
    if (whole.bitLength() > 63) {
      throw new MisfitException("22003", show(number) + " is out of range for " + type.witName());
    }
    return whole.longValue();
  }

  private static long within(PrimitiveType type, long value, long least, long most)
      throws MisfitException {
    if (value < least || value > most) {
      throw outOfRange(value, type, least, most);
    }
    return value;
  }

  /** Exact numbers with a fraction are refused, not rounded. */
  private static BigInteger whole(Number number, PrimitiveType type) throws MisfitException {
    if (!isFinite(number)) {
      throw new MisfitException("22003", show(number) + " is no exact number");
    }
    BigDecimal exact = exact(number);
    // Neither 1E+400000000 nor 1E-400000000 is written out to find that it does not fit.
    if ((long) exact.precision() - exact.scale() > Decimals.DIGITS) {
      throw new MisfitException("22003", show(number) + " is out of range for " + type.witName());
    }
    if (exact.signum() != 0 && exact.stripTrailingZeros().scale() > 0) {
      throw new MisfitException(
          "22003", show(number) + " has a fraction, which " + type.witName() + " has not");
    }
    return exact.signum() == 0 ? BigInteger.ZERO : exact.toBigInteger();
  }

  private static BigDecimal exact(Number number) {
    return switch (number) {
      case BigDecimal decimal -> decimal;
      case BigInteger integer -> new BigDecimal(integer);
      case Float f -> new BigDecimal(f.toString());
      case Double d -> BigDecimal.valueOf(d);
      default -> BigDecimal.valueOf(number.longValue());
    };
  }

  private static boolean isFinite(Number number) {
    return !(number instanceof Double || number instanceof Float)
        || Double.isFinite(number.doubleValue());
  }

  private static boolean isLong(Number number) {
    return number instanceof Integer
        || number instanceof Long
        || number instanceof Short
        || number instanceof Byte;
  }

  private static Number number(@Nullable Object value) throws MisfitException {
    if (value instanceof Number number) {
      return number;
    }
    throw Values.notA("number", value);
  }

  private static MisfitException outOfRange(
      Number value, PrimitiveType type, Object least, Object most) {
    return new MisfitException(
        "22003",
        show(value)
            + " is out of range for "
            + type.witName()
            + " ("
            + least
            + " to "
            + most
            + ")");
  }

  private static String show(Number number) {
    return number instanceof BigDecimal decimal
        ? Decimals.show(decimal)
        : GuestText.quote(number.toString()).replace("'", "");
  }
}
