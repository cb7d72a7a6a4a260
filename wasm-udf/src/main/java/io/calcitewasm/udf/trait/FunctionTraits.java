package io.calcitewasm.udf.trait;

import io.calcitewasm.policy.Manifest;
import io.calcitewasm.policy.Manifest.FunctionNotes;
import io.calcitewasm.policy.PolicyException;
import io.calcitewasm.udf.GuestText;
import io.calcitewasm.udf.instance.Isolation;
import io.calcitewasm.udf.instance.Isolations;
import io.calcitewasm.udf.signature.SqlFunction;
import io.calcitewasm.udf.signature.SqlParameter;
import io.calcitewasm.udf.signature.SqlType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What may be done with calls of one function, by proof or by a claim of the manifest that no
 * import contradicts. Isolation is another matter: a function that depends on its arguments alone
 * still answers differently where its instance remembers earlier calls.
 *
 * @param deterministic whether the answer depends on the arguments alone
 * @param commutative whether its two arguments may change places
 * @param monotonicity how the answer moves with the first argument
 * @param cost what a call costs, where adding two numbers costs 1; empty where nobody says
 * @param sideEffects whether calls leave something behind, so that none may be made twice or not at
 *     all
 */
public record FunctionTraits(
    boolean deterministic,
    boolean commutative,
    Monotonicity monotonicity,
    OptionalLong cost,
    boolean sideEffects) {
  private static final String DETERMINISTIC = "deterministic";
  private static final String COMMUTATIVE = "commutative";
  private static final String MONOTONIC = "monotonic";
  private static final String ANTITONIC = "antitonic";
  private static final String EXPENSIVE = "expensive";
  private static final String SIDE_EFFECTS = "side-effects";

  /** Of what is said to be expensive, and nobody says how much. */
  private static final long EXPENSIVE_COST = 1_000;

  /**
   * The traits of a component's functions.
   *
   * @param functions all of them
   * @param manifest what it claims
   * @param effects what it imports
   * @param isolations how long the state of its functions lives
   * @throws PolicyException WM001 for a claim that an import, a type or another claim contradicts,
   *     naming the function
   */
  public static Map<SqlFunction, FunctionTraits> of(
      List<SqlFunction> functions,
      Manifest manifest,
      ImportEffects effects,
      Isolations isolations) {
    Map<SqlFunction, FunctionTraits> traits = new LinkedHashMap<>();
    for (SqlFunction function : functions) {
      FunctionNotes notes = manifest.notes(function.interfaceName(), function.witName());
      Set<String> claims = new LinkedHashSet<>(manifest.traits());
      claims.removeAll(Set.of(COMMUTATIVE, MONOTONIC, ANTITONIC));
      claims.addAll(notes.traits());
      traits.put(function, of(function, claims, notes.cost(), effects, isolations.of(function)));
    }
    return traits;
  }

  private static FunctionTraits of(
      SqlFunction function,
      Set<String> claims,
      OptionalLong cost,
      ImportEffects effects,
      Isolation isolation) {
    for (String claim : List.of(DETERMINISTIC, COMMUTATIVE, MONOTONIC, ANTITONIC)) {
      if (claims.contains(claim)) {
        effects
            .firstChanging()
            .ifPresent(
                name -> {
                  throw contradicted(
                      function,
                      claim,
                      "the component imports " + GuestText.quote(name) + ", whose answers change");
                });
        if (claims.contains(SIDE_EFFECTS)) {
          throw contradicted(function, claim, "it claims " + SIDE_EFFECTS + " too");
        }
      }
    }
    if (claims.contains(SIDE_EFFECTS) && effects.isNothing() && isolation == Isolation.CALL) {
      throw contradicted(
          function,
          SIDE_EFFECTS,
          "the component imports nothing but what is packed with it, so that calls leave nothing"
              + " behind under ISOLATION CALL");
    }
    if (claims.contains(COMMUTATIVE) && !takesTwoOfAKind(function)) {
      throw contradicted(function, COMMUTATIVE, "it does not take two arguments of one type");
    }
    Monotonicity monotonicity = monotonicity(function, claims);
    boolean pure =
        claims.contains(DETERMINISTIC)
            || claims.contains(COMMUTATIVE)
            || monotonicity != Monotonicity.NONE;
    boolean sideEffects = claims.contains(SIDE_EFFECTS) || !effects.lasting().isEmpty();
    return new FunctionTraits(
        pure || (effects.isNothing() && !sideEffects && !resolves(function)),
        claims.contains(COMMUTATIVE),
        monotonicity,
        cost.isEmpty() && claims.contains(EXPENSIVE) ? OptionalLong.of(EXPENSIVE_COST) : cost,
        sideEffects);
  }

  private static Monotonicity monotonicity(SqlFunction function, Set<String> claims) {
    boolean up = claims.contains(MONOTONIC);
    boolean down = claims.contains(ANTITONIC);
    if (!up && !down) {
      return Monotonicity.NONE;
    }
    String claim = up ? MONOTONIC : ANTITONIC;
    if (up && down) {
      throw contradicted(function, claim, "it claims " + ANTITONIC + " too");
    }
    if (!isTyped(function)
        || function.parameters().isEmpty()
        || !(function.parameters().getFirst().type() instanceof SqlType.Scalar)
        || !(function.result() instanceof SqlType.Scalar)) {
      throw contradicted(function, claim, "it does not make one value of one value");
    }
    return up ? Monotonicity.INCREASING : Monotonicity.DECREASING;
  }

  private static boolean takesTwoOfAKind(SqlFunction function) {
    List<SqlParameter> parameters = function.parameters();
    return isTyped(function)
        && parameters.size() == 2
        && parameters.get(0).type().equals(parameters.get(1).type())
        && parameters.get(0).nullable() == parameters.get(1).nullable();
  }

  /** What is resolved is kept: nobody knows what else the guest keeps with it. */
  private static boolean resolves(SqlFunction function) {
    return function.kind() == SqlFunction.Kind.DYNAMIC;
  }

  /** Whether it makes a value of each row, of types that are known. */
  private static boolean isTyped(SqlFunction function) {
    return function.kind() == SqlFunction.Kind.SCALAR && function.noSqlForm().isEmpty();
  }

  private static PolicyException contradicted(SqlFunction function, String claim, String why) {
    return new PolicyException(
        "WM001", "function " + function.shortName() + " claims " + claim + ", but " + why);
  }

  /** In the manifest's words, with commas between them; empty where nothing is to be said. */
  public String text() {
    List<String> words = new ArrayList<>();
    if (commutative) {
      words.add(COMMUTATIVE);
    }
    switch (monotonicity) {
      case INCREASING -> words.add(MONOTONIC);
      case DECREASING -> words.add(ANTITONIC);
      case NONE -> {}
    }
    cost.ifPresent(figure -> words.add("cost " + figure));
    if (sideEffects) {
      words.add(SIDE_EFFECTS);
    }
    return String.join(", ", words);
  }
}
