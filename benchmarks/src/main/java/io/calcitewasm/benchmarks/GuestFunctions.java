package io.calcitewasm.benchmarks;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Static functions for a stock Calcite connection that pass each row's call on to {@link Calls}:
 * how an application would call a guest without this project's operator.
 */
public final class GuestFunctions {
  private static @Nullable Calls calls;

  private GuestFunctions() {}

  /** Chooses what is called from now on, in the only query of this process. */
  static void use(Calls guest) {
    calls = guest;
  }

  private static Calls calls() {
    Calls guest = calls;
    if (guest == null) {
      throw new IllegalStateException("no guest was chosen");
    }
    return guest;
  }

  /** {@code arithmetic.add}. */
  public static long add(long a, long b) {
    return calls().number(a, b);
  }

  /** {@code arithmetic.gcd}. */
  public static long gcd(long a, long b) {
    return calls().number(a, b);
  }

  /** {@code arithmetic.hash64}. */
  public static long hash64(long n) {
    return calls().number(n);
  }

  /** {@code text.slugify}. */
  public static String slugify(String s) {
    return calls().text(s);
  }

  /** {@code text.levenshtein}. */
  public static long levenshtein(String a, String b) {
    return calls().compare(a, b);
  }

  /** {@code prices.parse_money}. */
  public static @Nullable BigDecimal parseMoney(String s) {
    return calls().decimal(s);
  }

  /** {@code count} of the guests {@code pages-…}. */
  public static long count(long n) {
    return calls().number(n);
  }

  /** {@code scatter} of the guests {@code pages-…}. */
  public static long scatter(long n) {
    return calls().number(n);
  }
}
