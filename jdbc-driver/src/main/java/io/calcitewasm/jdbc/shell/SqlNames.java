package io.calcitewasm.jdbc.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names as SQL writes them. */
final class SqlNames {
  private static final Pattern REGULAR = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");
  private static final Pattern PART = Pattern.compile("\"((?:[^\"]|\"\")*)\"?|([^.\"]+)");

  private SqlNames() {}

  /** The name, in double quotes where it needs them. */
  static String quoted(String name) {
    return REGULAR.matcher(name).matches() && !Keywords.isReserved(name) ? name : always(name);
  }

  /** The name, in double quotes unless it is a regular identifier, be it a reserved word. */
  static String afterDot(String name) {
    return REGULAR.matcher(name).matches() ? name : always(name);
  }

  /** The parts of a path such as {@code a."B c".d}, without quotes. */
  static List<String> parts(String path) {
    List<String> parts = new ArrayList<>();
    Matcher matcher = PART.matcher(path);
    while (matcher.find()) {
      String quoted = matcher.group(1);
      parts.add(quoted == null ? matcher.group(2) : quoted.replace("\"\"", "\""));
    }
    return parts;
  }

  private static String always(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
