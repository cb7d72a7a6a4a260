package io.calcitewasm.udf.instance;

import io.calcitewasm.udf.signature.SqlForm;
import io.calcitewasm.udf.signature.SqlFunction;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * How long the state lives that calls of a module's functions see: the module's isolation, and that
 * of functions which have their own. Functions of the same isolation share their state, those of
 * different ones do not.
 *
 * @param module the isolation of functions that are not named
 * @param functions by name, {@code next} or {@code memory.next} with its sub-schema, in any letter
 *     case; a name with a sub-schema wins over one without
 */
public record Isolations(Isolation module, Map<String, Isolation> functions) {
  public Isolations {
    Map<String, Isolation> byName = new TreeMap<>();
    functions.forEach((name, isolation) -> byName.put(name.toLowerCase(Locale.ROOT), isolation));
    functions = Map.copyOf(byName);
  }

  /** The same for all functions. */
  public static Isolations of(Isolation module) {
    return new Isolations(module, Map.of());
  }

  /** That of a function. */
  public Isolation of(SqlFunction function) {
    Isolation own = functions.get(longName(function));
    if (own == null) {
      own = functions.get(shortName(function));
    }
    return own == null ? module : own;
  }

  private static String shortName(SqlFunction function) {
    return function.name().toLowerCase(Locale.ROOT);
  }

  private static String longName(SqlFunction function) {
    return (function.schemaName() + "." + function.name()).toLowerCase(Locale.ROOT);
  }

  /** All that the module or one of its functions has. */
  public Set<Isolation> all() {
    EnumSet<Isolation> all = EnumSet.of(module);
    all.addAll(functions.values());
    return all;
  }

  /**
   * What is wrong with them for a module of these functions: a name that none has, or one of a
   * function whose calls have a state of their own.
   */
  public Optional<String> misfit(List<SqlFunction> of) {
    for (String name : functions.keySet()) {
      List<SqlFunction> named =
          of.stream().filter(f -> name.equals(shortName(f)) || name.equals(longName(f))).toList();
      if (named.isEmpty()) {
        return Optional.of("there is no function " + name + " to have an isolation of its own");
      }
      for (SqlFunction function : named) {
        if (!(function.form() instanceof SqlForm.Typed)) {
          return Optional.of(
              "function "
                  + name
                  + " can have no isolation of its own: aggregates, cursors and functions of any"
                  + " arguments have a state for each statement");
        }
      }
    }
    return Optional.empty();
  }
}
