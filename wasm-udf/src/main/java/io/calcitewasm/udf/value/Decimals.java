package io.calcitewasm.udf.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;

/**
 * The contract's {@code decimal} (hi: s64, lo: u64, scale: u8) as BigDecimal: at most 38 digits, at
 * most 38 of them behind the point.
 */
final class Decimals {
  static final int DIGITS = 38;
  private static final BigInteger TOO_LARGE = BigInteger.TEN.pow(DIGITS);

  private Decimals() {}

  static Object[] toComponent(BigDecimal value) throws MisfitException {
    BigDecimal fitted = value;
    if (value.scale() > DIGITS || isTooLong(value)) {
      fitted = value.stripTrailingZeros();
    }
    // 1E+400000000 has few digits until it is written out.
    if (fitted.scale() > DIGITS || (long) fitted.precision() - fitted.scale() > DIGITS) {
      throw tooManyDigits(value);
    }
    fitted = fitted.scale() < 0 ? fitted.setScale(0) : fitted;
    if (isTooLong(fitted)) {
      throw tooManyDigits(value);
    }
    BigInteger unscaled = fitted.unscaledValue();
    return new Object[] {unscaled.shiftRight(64).longValue(), unscaled.longValue(), fitted.scale()};
  }

  static BigDecimal toSql(Object[] record) throws MisfitException {
    return toSql((Long) record[0], (Long) record[1], (Integer) record[2]);
  }

  /** The number {@code hi:lo}, divided by ten to the power of the scale. */
  static BigDecimal toSql(long hi, long lo, int scale) throws MisfitException {
    if (hi == lo >> 63 && scale <= DIGITS) {
      return BigDecimal.valueOf(lo, scale);
    }
    BigInteger unscaled = new BigInteger(ByteBuffer.allocate(16).putLong(hi).putLong(lo).array());
    BigDecimal value = new BigDecimal(unscaled, scale);
    if (scale > DIGITS || isTooLong(value)) {
      throw tooManyDigits(value);
    }
    return value;
  }

  /**
   * Checks a value against a precision and a scale narrower than the type's.
   *
   * @return the value as it is
   */
  static BigDecimal within(BigDecimal value, int precision, int scale) throws MisfitException {
    BigDecimal plain = value.scale() > scale ? value.stripTrailingZeros() : value;
    int whole = plain.signum() == 0 ? 0 : plain.precision() - plain.scale();
    if ((plain.scale() > scale && plain.signum() != 0) || whole > precision - scale) {
      throw new MisfitException(
          "22003", show(value) + " does not fit DECIMAL(" + precision + ", " + scale + ")");
    }
    return value;
  }

  /** The number as text, unless that would be very long. */
  static String show(BigDecimal value) {
    return Math.abs((long) value.scale()) > 100 || value.precision() > 100
        ? "a number of very many digits"
        : value.toPlainString();
  }

  private static boolean isTooLong(BigDecimal value) {
    return value.unscaledValue().abs().compareTo(TOO_LARGE) >= 0;
  }

  private static MisfitException tooManyDigits(BigDecimal value) {
    return new MisfitException("22003", show(value) + " needs more than 38 digits");
  }
}
