package io.calcitewasm.policy;

import io.calcitewasm.policy.document.Words;
import java.util.ArrayList;
import java.util.List;

/**
 * Things with names in schemas: {@code sales}, {@code sales.orders}, {@code sales.*.id}. {@code *}
 * stands for any characters of one name; letter case does not count, as in SQL; a name with dots is
 * quoted as in SQL. What is meant is meant with all that lies in it.
 *
 * @param names from the outermost on, at least one and at most three
 */
public record QualifiedPattern(List<String> names) implements ScopeTerm {
  private static final int LONGEST = 1024;
  private static final int DEEPEST = 3;
  private static final String FORM =
      "names as in 'sales', 'sales.orders' or 'sales.*.id'; one with dots is quoted as in SQL";

  public QualifiedPattern {
    names = List.copyOf(names);
  }

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException telling what it would take
   */
  public static QualifiedPattern of(String text) {
    require(text.length() <= LONGEST && text.codePoints().noneMatch(Words::isControl));
    List<String> names = new ArrayList<>();
    int at = -1;
    do {
      StringBuilder name = new StringBuilder();
      at = next(text, at + 1, name);
      require(!name.isEmpty());
      names.add(name.toString());
    } while (at < text.length());
    require(names.size() <= DEEPEST);
    return new QualifiedPattern(names);
  }

  /** Reads one name and returns where it ends: at a dot or at the end. */
  private static int next(String text, int begin, StringBuilder name) {
    int end =
        begin < text.length() && text.charAt(begin) == '"'
            ? quoted(text, begin, name)
            : plain(text, begin, name);
    require(end == text.length() || (text.charAt(end) == '.' && end < text.length() - 1));
    return end;
  }

  private static int plain(String text, int begin, StringBuilder name) {
    int at = begin;
    while (at < text.length() && text.charAt(at) != '.') {
      require(text.charAt(at) != '"' && text.charAt(at) != ' ');
      name.append(text.charAt(at++));
    }
    return at;
  }

  private static int quoted(String text, int begin, StringBuilder name) {
    int at = begin + 1;
    while (at < text.length()) {
      if (text.charAt(at) != '"') {
        name.append(text.charAt(at++));
      } else if (at + 1 < text.length() && text.charAt(at + 1) == '"') {
        name.append('"');
        at += 2;
      } else {
        return at + 1;
      }
    }
    throw new IllegalArgumentException(FORM);
  }

  private static void require(boolean holds) {
    if (!holds) {
      throw new IllegalArgumentException(FORM);
    }
  }

  @Override
  public boolean covers(ScopeTerm other) {
    if (!(other instanceof QualifiedPattern(List<String> deeper)) || deeper.size() < names.size()) {
      return false;
    }
    for (int i = 0; i < names.size(); i++) {
      if (!Globs.covers(folded(names.get(i)), folded(deeper.get(i)))) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether a thing is meant.
   *
   * @param thing its names from the outermost on; {@code *} is nothing special in them
   */
  public boolean matches(String... thing) {
    if (thing.length < names.size()) {
      return false;
    }
    for (int i = 0; i < names.size(); i++) {
      if (!Globs.matches(folded(names.get(i)), folded(thing[i]))) {
        return false;
      }
    }
    return true;
  }

  /** As SQL compares names: by the lower case of the upper case of each character. */
  private static String folded(String name) {
    StringBuilder folded = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      folded.append(Character.toLowerCase(Character.toUpperCase(name.charAt(i))));
    }
    return folded.toString();
  }

  @Override
  public String text() {
    StringBuilder text = new StringBuilder();
    for (String name : names) {
      text.append(text.isEmpty() ? "" : ".");
      boolean plain = name.indexOf('.') < 0 && name.indexOf('"') < 0 && name.indexOf(' ') < 0;
      text.append(plain ? name : '"' + name.replace("\"", "\"\"") + '"');
    }
    return text.toString();
  }

  @Override
  public String toString() {
    return text();
  }
}
