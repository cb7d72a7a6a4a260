package io.calcitewasm.policy;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version by Semantic Versioning 2.0.0. Order is the specification's (section 11): build metadata
 * does not count.
 *
 * @param numbers major, minor, patch
 * @param preRelease the identifiers behind the hyphen; empty for a release
 * @param build what stands behind the plus, {@code ""} if nothing does
 */
public record SemVer(List<Integer> numbers, List<String> preRelease, String build)
    implements Comparable<SemVer> {
  private static final String NUMBER = "(0|[1-9][0-9]{0,8})";
  private static final String PART = "(?:0|[1-9][0-9]{0,17}|[0-9]*[A-Za-z-][0-9A-Za-z-]*)";
  private static final Pattern SHAPE =
      Pattern.compile(
          NUMBER
              + "\\."
              + NUMBER
              + "\\."
              + NUMBER
              + "(?:-("
              + PART
              + "(?:\\."
              + PART
              + "){0,20}))?"
              + "(?:\\+([0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+){0,20}))?");
  private static final int LONGEST = 128;

  public SemVer {
    numbers = List.copyOf(numbers);
    preRelease = List.copyOf(preRelease);
  }

  /** Reads a version; empty if it is none. */
  public static Optional<SemVer> parse(String text) {
    Matcher m = SHAPE.matcher(text);
    if (text.length() > LONGEST || !m.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new SemVer(
            List.of(number(m, 1), number(m, 2), number(m, 3)),
            m.group(4) == null ? List.of() : List.of(m.group(4).split("\\.", -1)),
            m.group(5) == null ? "" : m.group(5)));
  }

  private static int number(Matcher m, int group) {
    return Integer.parseInt(m.group(group));
  }

  /** Whether it is not yet a release. */
  public boolean isPreRelease() {
    return !preRelease.isEmpty();
  }

  @Override
  public int compareTo(SemVer other) {
    for (int i = 0; i < 3; i++) {
      int order = numbers.get(i).compareTo(other.numbers.get(i));
      if (order != 0) {
        return order;
      }
    }
    if (preRelease.isEmpty() || other.preRelease.isEmpty()) {
      return Boolean.compare(preRelease.isEmpty(), other.preRelease.isEmpty());
    }
    for (int i = 0; i < Math.min(preRelease.size(), other.preRelease.size()); i++) {
      int order = compare(preRelease.get(i), other.preRelease.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(preRelease.size(), other.preRelease.size());
  }

  private static int compare(String a, String b) {
    boolean number = isNumber(a);
    if (number != isNumber(b)) {
      return number ? -1 : 1;
    }
    return number ? new BigInteger(a).compareTo(new BigInteger(b)) : a.compareTo(b);
  }

  private static boolean isNumber(String part) {
    return part.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  @Override
  public String toString() {
    return numbers.get(0)
        + "."
        + numbers.get(1)
        + "."
        + numbers.get(2)
        + (preRelease.isEmpty() ? "" : "-" + String.join(".", preRelease))
        + (build.isEmpty() ? "" : "+" + build);
  }
}
