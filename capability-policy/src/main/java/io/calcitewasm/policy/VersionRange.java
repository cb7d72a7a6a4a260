package io.calcitewasm.policy;

import io.calcitewasm.policy.document.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which versions a rule means: {@code *}, {@code 1.2.3}, {@code 1.2} (all of 1.2), {@code ^1.2.3}
 * (up to the next major), {@code ~1.2.3} (up to the next minor), {@code >=1.2 <2} (all of them),
 * alternatives divided by {@code ||}. A pre-release is meant only where a comparison names a
 * pre-release of the same three numbers.
 *
 * @param text as it was written
 * @param alternatives comparisons that hold together, of which one group has to hold
 */
public record VersionRange(String text, List<List<Comparison>> alternatives) {
  private static final Pattern TERM =
      Pattern.compile(
          "(>=|<=|>|<|=|\\^|~)?([0-9]+)(?:\\.([0-9]+|[x*]))?(?:\\.([0-9]+|[x*]))?(-[0-9A-Za-z.-]+)?");

  /** Any version, and components without one. */
  public static final VersionRange ANY = new VersionRange("*", List.of(List.of()));

  public VersionRange {
    alternatives = alternatives.stream().map(List::copyOf).toList();
  }

  /**
   * One comparison.
   *
   * @param least whether versions have to be at least the bound, or else below it
   * @param bound the version compared with
   */
  public record Comparison(boolean least, SemVer bound) {
    boolean holds(SemVer version) {
      return least == version.compareTo(bound) >= 0;
    }
  }

  /**
   * Reads a range.
   *
   * @throws PolicyException 22023 if it is none
   */
  public static VersionRange parse(String text) {
    if (text.strip().equals("*")) {
      return ANY;
    }
    List<List<Comparison>> alternatives = new ArrayList<>();
    for (String group : text.split("\\|\\|", -1)) {
      List<Comparison> comparisons = new ArrayList<>();
      for (String term : group.strip().replaceAll("([<>=~^]) +", "$1").split("\\s+", -1)) {
        Matcher m = TERM.matcher(term);
        if (!m.matches()) {
          throw unclear(text);
        }
        comparisons.addAll(comparisons(m, text));
      }
      alternatives.add(comparisons);
    }
    return new VersionRange(text, alternatives);
  }

  private static List<Comparison> comparisons(Matcher m, String text) {
    List<Integer> given = new ArrayList<>();
    for (int group = 2; group <= 4; group++) {
      String part = m.group(group);
      if (part == null || part.equals("x") || part.equals("*")) {
        break;
      }
      if (part.length() > 9) {
        throw unclear(text);
      }
      given.add(Integer.parseInt(part));
    }
    if (m.group(5) != null && given.size() < 3) {
      throw unclear(text);
    }
    SemVer low = version(given, m.group(5), text);
    String operator = m.group(1) == null ? "=" : m.group(1);
    return switch (operator) {
      case ">=" -> List.of(new Comparison(true, low));
      case "<" -> List.of(new Comparison(false, low));
      case ">" -> List.of(new Comparison(true, after(given, low)));
      case "<=" -> List.of(new Comparison(false, after(given, low)));
      case "^" -> List.of(new Comparison(true, low), new Comparison(false, caret(given)));
      case "~" ->
          List.of(
              new Comparison(true, low),
              new Comparison(false, next(given, Math.min(given.size(), 2) - 1)));
      default -> List.of(new Comparison(true, low), new Comparison(false, after(given, low)));
    };
  }

  private static SemVer version(List<Integer> given, @Nullable String pre, String text) {
    List<Integer> numbers = new ArrayList<>(given);
    while (numbers.size() < 3) {
      numbers.add(0);
    }
    String written =
        numbers.get(0) + "." + numbers.get(1) + "." + numbers.get(2) + (pre == null ? "" : pre);
    return SemVer.parse(written).orElseThrow(() -> unclear(text));
  }

  /** The least version behind all that the numbers given mean. */
  private static SemVer after(List<Integer> given, SemVer low) {
    if (given.size() < 3) {
      return next(given, given.size() - 1);
    }
    List<String> following = new ArrayList<>(low.preRelease());
    following.add("0");
    return low.isPreRelease()
        ? new SemVer(low.numbers(), following, "")
        : new SemVer(List.of(given.get(0), given.get(1), given.get(2) + 1), List.of("0"), "");
  }

  /** The next version that changes the first number that is not zero. */
  private static SemVer caret(List<Integer> given) {
    int place = 0;
    while (place < given.size() - 1 && given.get(place) == 0) {
      place++;
    }
    return next(given, place);
  }

  private static SemVer next(List<Integer> given, int place) {
    List<Integer> numbers = new ArrayList<>(List.of(0, 0, 0));
    for (int i = 0; i <= place; i++) {
      numbers.set(i, given.get(i) + (i == place ? 1 : 0));
    }
    return new SemVer(numbers, List.of("0"), "");
  }

  /** Whether a version is meant. */
  public boolean contains(SemVer version) {
    return alternatives.stream().anyMatch(group -> holds(group, version));
  }

  private static boolean holds(List<Comparison> group, SemVer version) {
    if (!group.stream().allMatch(c -> c.holds(version))) {
      return false;
    }
    return !version.isPreRelease()
        || group.isEmpty()
        || group.stream()
            .map(Comparison::bound)
            .anyMatch(
                b ->
                    b.isPreRelease()
                        && !b.preRelease().equals(List.of("0"))
                        && b.numbers().equals(version.numbers()));
  }

  private static PolicyException unclear(String text) {
    return new PolicyException(
        "22023",
        "version range "
            + Words.quote(text)
            + " is not understood; write it like '^1.2', '~1.2.3', '>=1.2 <2' or '*'");
  }
}
