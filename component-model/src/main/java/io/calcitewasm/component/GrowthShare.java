package io.calcitewasm.component;

import io.calcitewasm.component.binary.core.CoreExternType.Limits;
import io.calcitewasm.component.binary.core.CoreModule;
import io.calcitewasm.component.link.Linkage;
import io.calcitewasm.component.link.LinkedModule;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * How far each memory, or each table, of a component may grow, so that all of them together stay
 * within a limit whatever they do: what they do not have from the start is divided evenly among
 * those that can grow at all. Mostly that is one, which then has everything.
 *
 * @param initial what all have from the start
 * @param each how much each may grow
 */
record GrowthShare(long initial, long each) {

  /**
   * Divides a limit.
   *
   * @param limitsOf the limits of what a core module defines, in pages or entries
   */
  static GrowthShare of(Linkage linkage, long limit, Function<CoreModule, List<Limits>> limitsOf) {
    long initial = 0;
    long growing = 0;
    for (Map.Entry<LinkedModule, Integer> module : linkage.instantiations().entrySet()) {
      for (Limits limits : limitsOf.apply(module.getKey().facts())) {
        initial += limits.minimum() * module.getValue();
        growing += canGrow(limits) ? module.getValue() : 0;
      }
    }
    return new GrowthShare(initial, growing == 0 ? 0 : Math.max(0, limit - initial) / growing);
  }

  /** The maximum for everything that a core module defines with these limits. */
  long maximum(List<Limits> defined) {
    long smallest =
        defined.stream().filter(GrowthShare::canGrow).mapToLong(Limits::minimum).min().orElse(0);
    return smallest + each;
  }

  private static boolean canGrow(Limits limits) {
    return limits.maximum().isEmpty() || limits.maximum().getAsLong() > limits.minimum();
  }
}
