package io.calcitewasm.benchmarks;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Locale;

/** A function that is measured, and the query that calls it. */
public enum Called {
  /** Nothing but the call. */
  ADD("fixtures/arithmetic", "integers", "add", "SUM(%s(a, b))"),
  /** A loop of divisions. */
  GCD("fixtures/arithmetic", "integers", "gcd", "SUM(%s(a, b))"),
  /** A loop of multiplications. */
  HASH64("fixtures/arithmetic", "integers", "hash64", "MAX(%s(a))"),
  /** A string of 8 to 40 characters in, a string out; 17 pages. */
  SLUGIFY("components/text", "strings", "slugify", "MAX(%s(s))"),
  /** Two strings in, a number out. */
  LEVENSHTEIN("components/text", "strings", "levenshtein", "SUM(%s(s, t))"),
  /** A string in, a decimal out, one row in a hundred NULL. */
  PARSE_MONEY("fixtures/prices", "reading", "parse-money", "MAX(%s(p))"),
  /** One write in one page. */
  WRITE_1_PAGE("fixtures/pages-1", "traces", "count", "SUM(%s(a))"),
  /** One write in 17 pages. */
  WRITE_17_PAGES("fixtures/pages-17", "traces", "count", "SUM(%s(a))"),
  /** One write in 100 pages. */
  WRITE_100_PAGES("fixtures/pages-100", "traces", "count", "SUM(%s(a))"),
  /** 128 writes all over 17 pages. */
  SCATTER_17_PAGES("fixtures/pages-17", "traces", "scatter", "SUM(%s(a))");

  private final String guest;
  private final String interfaceName;
  private final String witName;
  private final String expression;

  Called(String guest, String interfaceName, String witName, String expression) {
    this.guest = guest;
    this.interfaceName = interfaceName;
    this.witName = witName;
    this.expression = expression;
  }

  /** What results call it. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The guest that has the function, as {@code Guests} names it. */
  String guest() {
    return guest;
  }

  /** The function's name in SQL. */
  String sqlName() {
    return witName.replace('-', '_');
  }

  /** The name of the core function in the guest's core module. */
  String coreName() {
    return "examples:%s/%s@0.1.0#%s"
        .formatted(guest.substring(guest.indexOf('/') + 1), interfaceName, witName);
  }

  /** The query that calls the function of a schema once per row. */
  String query(String schema) {
    String call = "\"" + schema + "\".\"" + sqlName() + "\"";
    return "SELECT " + expression.formatted(call) + " FROM bench.r";
  }

  /** The static method of a class that has the function's name, in camel case. */
  Method method(Class<?> in) {
    StringBuilder name = new StringBuilder();
    for (String word : witName.split("-", -1)) {
      name.append(name.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT))
          .append(name.length() == word.length() ? "" : word.substring(1));
    }
    return Arrays.stream(in.getMethods())
        .filter(method -> method.getName().contentEquals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(in + " has no " + name));
  }
}
