package io.calcitewasm.policy;

import io.calcitewasm.policy.document.Words;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Environment variables as operators set them for modules. */
public final class Variables {
  /** The key of {@code WITH (…)} that sets them. */
  public static final String KEY = "environment";

  private static final int MOST = 100;
  private static final int LONGEST = 32_768;
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.]{0,127}");

  private Variables() {}

  /**
   * Reads assignments.
   *
   * @param literal {@code 'NAME=value'}, or several; {@code ''} for none
   * @return values by name, in their order
   * @throws PolicyException 22023 for what makes no sense
   */
  public static Map<String, String> read(Object literal) {
    Collection<?> assignments = literal instanceof Collection<?> all ? all : List.of(literal);
    Map<String, String> variables = new LinkedHashMap<>();
    for (Object assignment : assignments) {
      if (!(assignment instanceof String text)) {
        throw new PolicyException(
            "22023", KEY + " takes texts as in 'TZ=Europe/Berlin', not " + assignment);
      }
      if (text.isEmpty() && assignments.size() == 1) {
        return Map.of();
      }
      int equals = text.indexOf('=');
      if (equals < 0) {
        throw new PolicyException(
            "22023", KEY + " takes texts as in 'TZ=Europe/Berlin', not " + Words.quote(text));
      }
      String name = text.substring(0, equals);
      if (variables.put(name, check(name, text.substring(equals + 1))) != null) {
        throw new PolicyException("22023", KEY + " sets " + Words.quote(name) + " twice");
      }
    }
    return checkCount(variables);
  }

  /**
   * One value.
   *
   * @throws PolicyException 22023 for a name or a value that makes no sense
   */
  public static String check(String name, String value) {
    if (!NAME.matcher(name).matches()) {
      throw new PolicyException(
          "22023",
          Words.quote(name)
              + " cannot be the name of a variable: it is made of letters, digits, '_' and '.', and"
              + " does not begin with a digit");
    }
    if (value.length() > LONGEST || value.indexOf('\0') >= 0) {
      throw new PolicyException(
          "22023",
          "the value of "
              + name
              + " has at most "
              + LONGEST
              + " characters and none of them is NUL");
    }
    return value;
  }

  /** At most so many. */
  private static Map<String, String> checkCount(Map<String, String> variables) {
    if (variables.size() > MOST) {
      throw new PolicyException(
          "22023", KEY + " sets " + variables.size() + " variables, at most " + MOST);
    }
    return variables;
  }
}
