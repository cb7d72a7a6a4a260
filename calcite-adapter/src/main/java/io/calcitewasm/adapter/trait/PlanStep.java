package io.calcitewasm.adapter.trait;

import java.util.List;
import org.apache.calcite.plan.RelOptLattice;
import org.apache.calcite.plan.RelOptMaterialization;
import org.apache.calcite.plan.RelOptPlanner;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.tools.Program;

/** A step on a plan's way that looks at nothing but the plan. */
@FunctionalInterface
public interface PlanStep extends Program {
  /** What the plan becomes; itself if nothing of it changes. */
  RelNode apply(RelNode plan);

  /** The step that a method takes. */
  static Program of(PlanStep step) {
    return step;
  }

  @Override
  default RelNode run(
      RelOptPlanner planner,
      RelNode plan,
      RelTraitSet traits,
      List<RelOptMaterialization> materializations,
      List<RelOptLattice> lattices) {
    return apply(plan);
  }
}
