package io.calcitewasm.adapter.batch;

import io.calcitewasm.adapter.function.ModuleCalls;
import io.calcitewasm.adapter.trait.WholePlanShuttle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.calcite.plan.RelOptLattice;
import org.apache.calcite.plan.RelOptMaterialization;
import org.apache.calcite.plan.RelOptPlanner;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.rules.CoreRules;
import org.apache.calcite.rel.rules.FilterMergeRule;
import org.apache.calcite.rel.rules.FilterTableScanRule;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.tools.Program;

/**
 * Before planning: parts filters whose condition calls functions of modules from the rest of their
 * condition, and keeps the planner from putting the parts together again. The rest can then be
 * tested by the database that has the table, and the functions are called for what is left, the
 * cheap ones first.
 */
public final class SplitFilters implements Program {
  @Override
  public RelNode run(
      RelOptPlanner planner,
      RelNode rel,
      RelTraitSet requiredOutputTraits,
      List<RelOptMaterialization> materializations,
      List<RelOptLattice> lattices) {
    RelNode split = new Splitter().rewrite(rel);
    if (split != rel || callsIn(rel)) {
      guard(planner);
    }
    return split;
  }

  private static boolean callsIn(RelNode node) {
    return node instanceof Filter filter && ModuleCalls.anyIn(filter.getCondition())
        || node.getInputs().stream().anyMatch(SplitFilters::callsIn);
  }

  private static void guard(RelOptPlanner planner) {
    if (planner.removeRule(CoreRules.FILTER_MERGE)) {
      boolean _ = planner.addRule(mergeOfOneKind());
    }
    if (planner.removeRule(CoreRules.FILTER_SCAN)) {
      boolean _ = planner.addRule(plainIntoScan());
    }
  }

  private static RelOptRule mergeOfOneKind() {
    FilterMergeRule.Config config =
        FilterMergeRule.Config.DEFAULT
            .withDescription("FilterMergeRule:sameKind")
            .as(FilterMergeRule.Config.class);
    return new FilterMergeRule(config) {
      @Override
      public boolean matches(org.apache.calcite.plan.RelOptRuleCall call) {
        Filter top = call.rel(0);
        Filter bottom = call.rel(1);
        return ModuleCalls.anyIn(top.getCondition()) == ModuleCalls.anyIn(bottom.getCondition());
      }
    };
  }

  private static RelOptRule plainIntoScan() {
    return FilterTableScanRule.Config.DEFAULT
        .withOperandSupplier(
            filter ->
                filter
                    .operand(Filter.class)
                    .predicate(f -> !ModuleCalls.anyIn(f.getCondition()))
                    .oneInput(
                        scan ->
                            scan.operand(TableScan.class)
                                .predicate(FilterTableScanRule::test)
                                .noInputs()))
        .withDescription("FilterTableScanRule:withoutCalls")
        .toRule();
  }

  private static final class Splitter extends WholePlanShuttle {
    @Override
    protected RelNode operator(RelNode node) {
      if (!(node instanceof LogicalFilter filter) || !ModuleCalls.anyIn(filter.getCondition())) {
        return node;
      }
      List<RexNode> plain = new ArrayList<>();
      List<RexNode> calling = new ArrayList<>();
      for (RexNode conjunct : RelOptUtil.conjunctions(filter.getCondition())) {
        (ModuleCalls.anyIn(conjunct) ? calling : plain).add(conjunct);
      }
      RexBuilder rex = filter.getCluster().getRexBuilder();
      calling.sort(Comparator.comparingLong(CallCost::of));
      if (plain.isEmpty()) {
        return filter.copy(
            filter.getTraitSet(), filter.getInput(), RexUtil.composeConjunction(rex, calling));
      }
      RelNode below =
          filter.copy(
              filter.getTraitSet(), filter.getInput(), RexUtil.composeConjunction(rex, plain));
      return filter.copy(filter.getTraitSet(), below, RexUtil.composeConjunction(rex, calling));
    }
  }
}
