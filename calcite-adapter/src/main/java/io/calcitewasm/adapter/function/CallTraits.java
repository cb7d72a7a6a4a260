package io.calcitewasm.adapter.function;

import io.calcitewasm.udf.instance.Isolation;
import io.calcitewasm.udf.module.ModuleVersion;

/**
 * What the planner may do with calls of a module's functions.
 *
 * @param deterministic whether equal arguments give equal results, so that equal calls are one
 * @param ordered whether calls have to be made row by row, in SQL's order and no others: their
 *     results or the host's state depend on the calls before
 */
public record CallTraits(boolean deterministic, boolean ordered) {
  private static final String LOGGING = "/logging@";
  private static final String TYPES = "/types@";

  /** What is known of a module version. */
  public static CallTraits of(ModuleVersion module) {
    boolean stateless = module.isolation() == Isolation.CALL;
    var imports = module.component().imports().keySet();
    return new CallTraits(
        stateless && imports.isEmpty(),
        !stateless || !imports.stream().allMatch(CallTraits::leavesNoTrace));
  }

  /** Clocks, random numbers and log lines: a call more or less makes no difference to others. */
  private static boolean leavesNoTrace(String name) {
    return name.startsWith("wasi:") || name.contains(LOGGING) || name.contains(TYPES);
  }
}
