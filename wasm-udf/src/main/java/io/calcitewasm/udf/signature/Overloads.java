package io.calcitewasm.udf.signature;

import io.calcitewasm.udf.SqlError;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The choice among functions that share a name (docs/sql.md, "Conversions and overloads"). */
public final class Overloads {
  private Overloads() {}

  /**
   * The function that a call means, and how its arguments fit.
   *
   * @param function the function
   * @param fit the worst fit among the arguments
   */
  public record Choice(SqlFunction function, Fit.Level fit) {}

  /**
   * Chooses the function of a call: an exact match, then the nearest widening (fewest steps over
   * all arguments), then range-checked narrowing.
   *
   * @param called the name as the user wrote it, for messages
   * @param candidates all functions of that name, those without SQL form too
   * @param args the types of the arguments in order
   * @throws SqlError 42883 when nothing fits, with the candidates; 42725 when two fit equally well,
   *     with their long names; WM004 when no candidate has an SQL form
   */
  public static Choice choose(String called, List<SqlFunction> candidates, List<ArgType> args) {
    List<SqlFunction> callable = candidates.stream().filter(f -> f.noSqlForm().isEmpty()).toList();
    if (callable.isEmpty() && !candidates.isEmpty()) {
      throw withoutSqlForm(candidates.getFirst());
    }
    List<Ranked> fitting = new ArrayList<>();
    for (SqlFunction function : callable) {
      fit(function, args).ifPresent(fit -> fitting.add(new Ranked(function, fit)));
    }
    if (fitting.isEmpty()) {
      throw nothingFits(called, candidates, args);
    }
    Fit best = fitting.stream().map(Ranked::fit).min(Comparator.naturalOrder()).orElseThrow();
    List<SqlFunction> nearest =
        fitting.stream().filter(r -> r.fit().equals(best)).map(Ranked::function).toList();
    if (nearest.size() > 1) {
      throw ambiguous(called, nearest, args);
    }
    return new Choice(nearest.getFirst(), best.level());
  }

  /** The WM004 of a call to a function without SQL form. */
  public static SqlError withoutSqlForm(SqlFunction function) {
    return new SqlError(
        "WM004",
        "function "
            + function.longName()
            + " cannot be called from SQL: "
            + function.noSqlForm().orElse("no reason"));
  }

  private record Ranked(SqlFunction function, Fit fit) {}

  private static Optional<Fit> fit(SqlFunction function, List<ArgType> args) {
    List<SqlParameter> parameters = function.parameters();
    if (parameters.size() != args.size()) {
      return Optional.empty();
    }
    Fit total = Fit.EXACT;
    for (int i = 0; i < args.size(); i++) {
      Optional<Fit> fit = Fit.of(args.get(i), parameters.get(i).type());
      if (fit.isEmpty()) {
        return Optional.empty();
      }
      total = total.and(fit.get());
    }
    return Optional.of(total);
  }

  private static SqlError nothingFits(
      String called, List<SqlFunction> candidates, List<ArgType> args) {
    String call = called + list(args);
    if (candidates.isEmpty()) {
      return new SqlError("42883", "no function " + call);
    }
    String known = candidates.stream().map(Overloads::describe).collect(Collectors.joining("; "));
    return new SqlError("42883", "no function " + call + "; candidates: " + known);
  }

  private static String describe(SqlFunction function) {
    String qualifier = function.longName();
    qualifier = qualifier.substring(0, qualifier.length() - function.name().length());
    return qualifier
        + function.sqlSignature()
        + function.noSqlForm().map(reason -> " (no SQL form: " + reason + ")").orElse("");
  }

  private static SqlError ambiguous(String called, List<SqlFunction> nearest, List<ArgType> args) {
    LinkedHashSet<String> names = new LinkedHashSet<>();
    nearest.forEach(f -> names.add(f.longName()));
    if (names.size() < nearest.size()) {
      names.clear();
      nearest.forEach(f -> names.add(f.longName() + " (of " + f.interfaceName() + ")"));
    }
    return new SqlError(
        "42725", called + list(args) + " is ambiguous; call one of " + String.join(", ", names));
  }

  private static String list(List<ArgType> args) {
    return args.stream().map(ArgType::toSql).collect(Collectors.joining(", ", "(", ")"));
  }
}
