package io.calcitewasm.adapter.function;

import io.calcitewasm.udf.instance.Isolation;
import io.calcitewasm.udf.module.ModuleVersion;
import io.calcitewasm.udf.signature.SqlFunction;
import io.calcitewasm.udf.trait.FunctionTraits;

/**
 * What the planner may do with calls of a module's function.
 *
 * @param function what is known of the function itself
 * @param order in what order calls have to be made
 * @param isolation how long the state lives that its calls see
 * @param engine what runs its calls, in a word for plans
 */
public record CallTraits(FunctionTraits function, Order order, Isolation isolation, String engine) {

  /** In what order calls have to be made; results must not depend on the size of batches. */
  public enum Order {
    /** Calls know nothing of each other. */
    ANY,
    /** A statement's calls see what those before have left: the module's in the rows' order. */
    ROWS,
    /** What calls leave outlives the statement: none may be made that SQL does not ask for. */
    STRICT
  }

  /** What is known of a function of a module version. */
  public static CallTraits of(ModuleVersion module, SqlFunction function) {
    FunctionTraits traits = module.traits(function);
    Isolation isolation = module.isolations().of(function);
    Order order =
        switch (isolation) {
          case CALL -> Order.ANY;
          case STATEMENT -> Order.ROWS;
          case SESSION -> Order.STRICT;
        };
    return new CallTraits(
        traits,
        traits.sideEffects() ? Order.STRICT : order,
        isolation,
        module.runtime().engine().summary());
  }

  /** Whether equal arguments give equal results, so that equal calls are one. */
  public boolean deterministic() {
    return function.deterministic() && isolation == Isolation.CALL;
  }

  /** Whether each call has to be made exactly as often as SQL says. */
  public boolean isCounted() {
    return order != Order.ANY;
  }
}
