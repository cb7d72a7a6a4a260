package io.calcitewasm.jdbc.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.sql.SQLException;

/** Values as Java numbers; nothing is lost without a word but the fraction that getters cut. */
final class Numbers {
  private Numbers() {}

  /**
   * A value as an integer, its fraction cut.
   *
   * @throws SQLException 22003 outside of the range, 22018 for a text that is no number, 07006 for
   *     a type without numbers
   */
  static long integer(Value value, long least, long most) throws SQLException {
    if (value.raw() instanceof Long n && n >= least && n <= most && isNumber(value)) {
      return n;
    }
    BigInteger whole = exact(value).setScale(0, RoundingMode.DOWN).toBigInteger();
    if (whole.compareTo(BigInteger.valueOf(least)) < 0
        || whole.compareTo(BigInteger.valueOf(most)) > 0) {
      throw new SQLException(
          value.text() + " is out of the range of " + least + " to " + most, "22003");
    }
    return whole.longValueExact();
  }

  /**
   * A value as a decimal.
   *
   * @throws SQLException 22003 for NaN and infinities, 22018 for a text that is no number, 07006
   *     for a type without numbers
   */
  static BigDecimal exact(Value value) throws SQLException {
    return switch (value.raw()) {
      case BigDecimal decimal -> decimal;
      case Float f -> finite(f, f.toString());
      case Double d -> finite(d, d.toString());
      case Number n when isNumber(value) -> new BigDecimal(n.toString());
      case Boolean b -> b ? BigDecimal.ONE : BigDecimal.ZERO;
      case String s -> parse(s);
      default -> throw value.cannot("a number");
    };
  }

  private static BigDecimal finite(double number, String text) throws SQLException {
    if (!Double.isFinite(number)) {
      throw new SQLException(text + " has no exact form", "22003");
    }
    return new BigDecimal(text);
  }

  private static BigDecimal parse(String text) throws SQLException {
    try {
      return new BigDecimal(text.strip());
    } catch (NumberFormatException e) {
      throw notANumber(text, e);
    }
  }

  private static SQLException notANumber(String text, NumberFormatException e) {
    String shown = text.length() > 100 ? text.substring(0, 100) + "…" : text;
    return new SQLException("'" + shown + "' is not a number", "22018", e);
  }

  /**
   * A value as a floating-point number.
   *
   * @throws SQLException 22018 for a text that is no number, 07006 for a type without numbers
   */
  static double approximate(Value value) throws SQLException {
    return switch (value.raw()) {
      case Number n when isNumber(value) -> n.doubleValue();
      case Boolean b -> b ? 1 : 0;
      case String s -> {
        try {
          yield Double.parseDouble(s.strip());
        } catch (NumberFormatException e) {
          throw notANumber(s, e);
        }
      }
      default -> throw value.cannot("a number");
    };
  }

  /** Raw dates and times are numbers that mean nothing outside. */
  private static boolean isNumber(Value value) {
    return switch (value.kind()) {
      case null -> false;
      case DATE, TIME, TIMESTAMP, INSTANT -> false;
      default -> true;
    };
  }
}
