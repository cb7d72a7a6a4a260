package io.calcitewasm.policy;

import io.calcitewasm.policy.document.Words;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Literals with units: {@code '64MB'}, {@code '500ms'}, {@code 4}. */
public final class Quantity {
  private static final Pattern LITERAL = Pattern.compile("\\s*([0-9]{1,15})\\s*([a-zA-Zµ]*)\\s*");

  /** MB and KB mean MiB and KiB. */
  private static final Map<String, Long> BYTES =
      Map.of(
          "", 1L, "b", 1L, "kb", 1L << 10, "kib", 1L << 10, "mb", 1L << 20, "mib", 1L << 20, "gb",
          1L << 30, "gib", 1L << 30);

  private static final Map<String, Duration> TIMES =
      Map.of(
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "min", Duration.ofMinutes(1),
          "h", Duration.ofHours(1));

  private Quantity() {}

  static long bytes(String key, Object literal) {
    if (literal instanceof Number number) {
      return whole(key, number, "'64MB'");
    }
    Matcher m = match(key, literal, "'64MB'");
    Long unit = BYTES.get(m.group(2).toLowerCase(Locale.ROOT));
    if (unit == null) {
      throw unclear(key, literal, "'64MB' (units: B, KB, MB, GB)");
    }
    return multiply(key, literal, Long.parseLong(m.group(1)), unit);
  }

  /**
   * A time.
   *
   * @param key what it is of, for messages
   * @param literal a text with a unit: ms, s, min, h
   * @param longest the most that makes sense
   * @throws PolicyException 22023 for anything else
   */
  public static Duration time(String key, Object literal, Duration longest) {
    if (literal instanceof Number) {
      throw unclear(key, literal, "'10s': a time needs its unit (ms, s, min, h)");
    }
    Matcher m = match(key, literal, "'10s'");
    Duration unit = TIMES.get(m.group(2).toLowerCase(Locale.ROOT));
    if (unit == null) {
      throw unclear(key, literal, "'10s' (units: ms, s, min, h)");
    }
    long count = Long.parseLong(m.group(1));
    if (count < 1 || count > longest.dividedBy(unit)) {
      throw new PolicyException(
          "22023", key + " must be from '1ms' to '24h', not " + show(literal));
    }
    return unit.multipliedBy(count);
  }

  static long count(String key, Object literal) {
    if (literal instanceof Number number) {
      return whole(key, number, "4");
    }
    Matcher m = match(key, literal, "4");
    if (!m.group(2).isEmpty()) {
      throw unclear(key, literal, "4");
    }
    return Long.parseLong(m.group(1));
  }

  private static long whole(String key, Number number, String example) {
    try {
      return switch (number) {
        case BigDecimal decimal -> decimal.longValueExact();
        case BigInteger integer -> integer.longValueExact();
        case Double d -> BigDecimal.valueOf(d).longValueExact();
        case Float f -> BigDecimal.valueOf(f).longValueExact();
        default -> number.longValue();
      };
    } catch (ArithmeticException | NumberFormatException e) {
      throw unclear(key, number, example);
    }
  }

  private static long multiply(String key, Object literal, long count, long unit) {
    try {
      return Math.multiplyExact(count, unit);
    } catch (ArithmeticException e) {
      throw new PolicyException("22023", key + " => " + show(literal) + " is too much");
    }
  }

  private static Matcher match(String key, Object literal, String example) {
    Matcher m = LITERAL.matcher(literal.toString());
    if (!(literal instanceof CharSequence) || !m.matches()) {
      throw unclear(key, literal, example);
    }
    return m;
  }

  private static PolicyException unclear(String key, Object literal, String example) {
    return new PolicyException(
        "22023", key + " => " + show(literal) + " is not understood; write it like " + example);
  }

  private static String show(Object literal) {
    return literal instanceof Number ? literal.toString() : Words.quote(literal.toString());
  }
}
