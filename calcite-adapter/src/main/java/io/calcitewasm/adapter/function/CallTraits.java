package io.calcitewasm.adapter.function;

import io.calcitewasm.udf.instance.Isolation;
import io.calcitewasm.udf.module.ModuleVersion;

/**
 * What the planner may do with calls of a module's functions.
 *
 * @param deterministic whether equal arguments give equal results, so that equal calls are one
 * @param order in what order calls have to be made
 * @param isolation how long the state lives that its calls see
 * @param engine what runs its calls, in a word for plans
 */
public record CallTraits(boolean deterministic, Order order, Isolation isolation, String engine) {
  private static final String LOGGING = "/logging@";
  private static final String TYPES = "/types@";

  /** In what order calls have to be made; results must not depend on the size of batches. */
  public enum Order {
    /** Calls know nothing of each other. */
    ANY,
    /** A statement's calls see what those before have left: the module's in the rows' order. */
    ROWS,
    /** What calls leave outlives the statement: none may be made that SQL does not ask for. */
    STRICT
  }

  /** What is known of a module version. */
  public static CallTraits of(ModuleVersion module) {
    var imports = module.component().imports().keySet();
    Order order =
        imports.stream().allMatch(CallTraits::leavesNoTrace)
            ? switch (module.isolation()) {
              case CALL -> Order.ANY;
              case STATEMENT -> Order.ROWS;
              case SESSION -> Order.STRICT;
            }
            : Order.STRICT;
    return new CallTraits(
        module.isolation() == Isolation.CALL && imports.isEmpty(),
        order,
        module.isolation(),
        module.runtime().engine().summary());
  }

  /** Clocks, random numbers and log lines: a call more or less makes no difference to others. */
  private static boolean leavesNoTrace(String name) {
    return name.startsWith("wasi:") || name.contains(LOGGING) || name.contains(TYPES);
  }
}
