package io.calcitewasm.benchmarks;

import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The peers: static Java functions that do what the modules' functions of the same name do. */
public final class JavaFunctions {
  private static final int PAGE_WORDS = 8192;
  private static final int MOST_DIGITS = 18;
  private static final int MOST_DECIMALS = 6;

  private JavaFunctions() {}

  /** {@code arithmetic.add}: {@code a + b}, wrapping. */
  public static long add(long a, long b) {
    return a + b;
  }

  /** {@code arithmetic.gcd}: Euclid's algorithm. */
  public static long gcd(long a, long b) {
    long larger = Math.abs(a);
    long smaller = Math.abs(b);
    while (smaller != 0) {
      long rest = Long.remainderUnsigned(larger, smaller);
      larger = smaller;
      smaller = rest;
    }
    return larger;
  }

  /** {@code arithmetic.hash64}: 64 rounds of xor, multiply and rotate. */
  public static long hash64(long n) {
    long hash = n;
    for (int round = 0; round < 64; round++) {
      hash = Long.rotateLeft((hash ^ round) * 0x9E3779B97F4A7C15L, 27);
    }
    return hash;
  }

  /** {@code text.slugify} for Latin text: accents removed, lower case, hyphens between words. */
  public static String slugify(String s) {
    String folded = Normalizer.normalize(s, Normalizer.Form.NFD).toLowerCase(Locale.ROOT);
    StringBuilder slug = new StringBuilder(folded.length());
    boolean gap = false;
    for (int i = 0; i < folded.length(); i++) {
      char c = folded.charAt(i);
      if (Character.isLetterOrDigit(c)) {
        if (gap && !slug.isEmpty()) {
          slug.append('-');
        }
        gap = false;
        slug.append(c);
      } else if (c != '\'' && Character.getType(c) != Character.NON_SPACING_MARK) {
        gap = true;
      }
    }
    return slug.toString();
  }

  /** {@code text.levenshtein}: the distance by rows, over code points. */
  public static long levenshtein(String a, String b) {
    int[] from = a.codePoints().toArray();
    int[] to = b.codePoints().toArray();
    int[] row = new int[to.length + 1];
    for (int j = 0; j <= to.length; j++) {
      row[j] = j;
    }
    for (int i = 0; i < from.length; i++) {
      int diagonal = row[0];
      row[0] = i + 1;
      for (int j = 0; j < to.length; j++) {
        int replaced = diagonal + (from[i] == to[j] ? 0 : 1);
        diagonal = row[j + 1];
        row[j + 1] = Math.min(replaced, Math.min(row[j], diagonal) + 1);
      }
    }
    return row[to.length];
  }

  /** {@code prices.parse_money}: null for what is no amount. */
  public static @Nullable BigDecimal parseMoney(String s) {
    int start = 0;
    int end = s.length();
    while (start < end && s.charAt(start) == ' ') {
      start++;
    }
    while (end > start && s.charAt(end - 1) == ' ') {
      end--;
    }
    boolean negative = false;
    if (start < end && s.charAt(start) == '-') {
      negative = true;
      start++;
    } else if (end - start > 1 && s.charAt(start) == '(' && s.charAt(end - 1) == ')') {
      negative = true;
      start++;
      end--;
    }
    if (start < end && "$€£¥".indexOf(s.charAt(start)) >= 0) {
      start++;
    }
    if (end - start >= 4
        && s.charAt(end - 4) == ' '
        && isCapital(s.charAt(end - 3))
        && isCapital(s.charAt(end - 2))
        && isCapital(s.charAt(end - 1))) {
      end -= 4;
    }
    return number(s, start, end, negative);
  }

  private static boolean isCapital(char c) {
    return c >= 'A' && c <= 'Z';
  }

  private static @Nullable BigDecimal number(String s, int start, int end, boolean negative) {
    long size = 0;
    int digits = 0;
    int group = 0;
    boolean grouped = false;
    int scale = -1;
    for (int i = start; i < end; i++) {
      char c = s.charAt(i);
      if (c >= '0' && c <= '9') {
        size = size * 10 + (c - '0');
        digits++;
        group++;
        if (scale >= 0) {
          scale++;
        }
        if (digits > MOST_DIGITS || scale > MOST_DECIMALS) {
          return null;
        }
      } else if (c == ',' && scale < 0 && group > 0 && (grouped ? group == 3 : group < 4)) {
        grouped = true;
        group = 0;
      } else if (c == '.' && scale < 0 && group > 0 && (!grouped || group == 3)) {
        scale = 0;
      } else {
        return null;
      }
    }
    if (digits == 0 || scale == 0 || (scale < 0 && grouped && group != 3)) {
      return null;
    }
    return BigDecimal.valueOf(negative ? -size : size, Math.max(scale, 0));
  }

  /**
   * {@code count} of the guests {@code pages-…}: one write to what is remembered, put back
   * afterwards, so that calls stay isolated here too.
   */
  public static long count(long n) {
    long before = Memory.ONE_PAGE[128];
    Memory.ONE_PAGE[128] = before + 1;
    long result = n + Memory.ONE_PAGE[128];
    Memory.ONE_PAGE[128] = before;
    return result;
  }

  /** {@code scatter} of the guest {@code pages-17}: 128 writes, put back afterwards. */
  public static long scatter(long n) {
    long[] memory = Memory.SEVENTEEN_PAGES;
    int stride = memory.length / 128;
    long result = n;
    for (int at = 1; at < memory.length; at += stride) {
      result += memory[at];
      Memory.LOG[at / stride] = memory[at];
      memory[at]++;
    }
    for (int at = 1; at < memory.length; at += stride) {
      memory[at] = Memory.LOG[at / stride];
    }
    return result;
  }

  /** What the stateful peers remember within a call; for one thread. */
  private static final class Memory {
    private static final long[] ONE_PAGE = new long[PAGE_WORDS];
    private static final long[] SEVENTEEN_PAGES = new long[17 * PAGE_WORDS];
    private static final long[] LOG = new long[128];
  }
}
