package io.calcitewasm.adapter.batch;

import io.calcitewasm.adapter.function.ModuleCalls;
import io.calcitewasm.adapter.function.ModuleFunction;
import io.calcitewasm.adapter.trait.CanonicalCalls;
import io.calcitewasm.adapter.trait.CountedCalls;
import io.calcitewasm.adapter.trait.PlanStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.calcite.adapter.enumerable.EnumerableAggregate;
import org.apache.calcite.adapter.enumerable.EnumerableCalc;
import org.apache.calcite.adapter.enumerable.EnumerableCorrelate;
import org.apache.calcite.adapter.enumerable.EnumerableHashJoin;
import org.apache.calcite.adapter.enumerable.EnumerableMergeJoin;
import org.apache.calcite.adapter.enumerable.EnumerableNestedLoopJoin;
import org.apache.calcite.adapter.enumerable.EnumerableWindow;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexProgram;
import org.apache.calcite.rex.RexUtil;

/**
 * Goes over a finished enumerable plan and puts {@link ModuleCalc}s where projections, filters and
 * the conditions of joins call functions of modules. Arguments of aggregates, windows and sorts are
 * projections below them by then. What stays to be called row by row: functions whose calls have to
 * be made in SQL's order, and calls whose conditions depend on each other in a circle. Windows with
 * aggregates of modules become {@link ModuleWindow}s, their grouping sets {@link MergedSets}.
 */
public final class BatchPlan implements PlanStep {
  private final Parallelism parallelism;

  /** One that divides no rows over threads. */
  public BatchPlan() {
    this(Parallelism.NONE);
  }

  /**
   * One that divides rows over threads, too.
   *
   * @param parallelism over how many
   */
  public BatchPlan(Parallelism parallelism) {
    this.parallelism = parallelism;
  }

  @Override
  public RelNode apply(RelNode plan) {
    RelNode once = ReusedCalls.in(behindJoins(plan));
    RelNode batched = new Rewriter(new CallCensus(once), parallelism).rewrite(once);
    return numbered(RepeatedRows.in(batched), new AtomicInteger());
  }

  /** Numbers the operators in the order in which a plan shows them. */
  private static RelNode numbered(RelNode node, AtomicInteger next) {
    RelNode own = node instanceof ModuleCalc calc ? calc.numbered(next.getAndIncrement()) : node;
    return withInputs(own, own.getInputs().stream().map(input -> numbered(input, next)).toList());
  }

  /** The same node over other inputs; itself if they are the ones it has. */
  static RelNode withInputs(RelNode node, List<RelNode> inputs) {
    return inputs.equals(node.getInputs()) ? node : node.copy(node.getTraitSet(), inputs);
  }

  /** Takes conditions that call functions out of inner joins, to test them behind those. */
  private static RelNode behindJoins(RelNode node) {
    RelNode own = withInputs(node, node.getInputs().stream().map(BatchPlan::behindJoins).toList());
    return switch (own) {
      case EnumerableNestedLoopJoin join -> behind(join);
      case EnumerableHashJoin join -> behind(join);
      case EnumerableMergeJoin join -> behind(join);
      case RelNode other -> other;
    };
  }

  private static RelNode behind(Join join) {
    if (join.getJoinType() != JoinRelType.INNER || !ModuleCalls.in(join.getCondition())) {
      return join;
    }
    RexBuilder rex = join.getCluster().getRexBuilder();
    Map<Boolean, List<RexNode>> conjuncts =
        RelOptUtil.conjunctions(join.getCondition()).stream()
            .collect(Collectors.partitioningBy(ModuleCalls::in));
    RelNode below =
        join.copy(
            join.getTraitSet(),
            RexUtil.composeConjunction(rex, conjuncts.getOrDefault(false, List.of())),
            join.getLeft(),
            join.getRight(),
            JoinRelType.INNER,
            join.isSemiJoinDone());
    return EnumerableCalc.create(
        below,
        RexProgram.create(
            below.getRowType(),
            rex.identityProjects(below.getRowType()),
            RexUtil.composeConjunction(rex, conjuncts.getOrDefault(true, List.of())),
            below.getRowType(),
            rex));
  }

  /** One plan's rewriting. */
  private record Rewriter(
      CallCensus census, Predicate<ModuleFunction> batched, Parallelism parallelism) {
    private Rewriter(CallCensus census, Parallelism parallelism) {
      this(census, census::allowsBatches, parallelism);
    }

    private RelNode rewrite(RelNode node) {
      List<RelNode> inputs =
          node.getInputs().stream()
              .map(input -> ModuleRows.readBy(node, rewriteInput(node, input)))
              .toList();
      return switch (withInputs(node, inputs)) {
        case EnumerableCalc calc -> calc(calc, FilteredColumns.all(calc));
        case CountedCalls calls -> counted(calls);
        case EnumerableNestedLoopJoin join -> join(join);
        case EnumerableHashJoin join -> join(join);
        case EnumerableCorrelate correlate -> lateral(correlate);
        case EnumerableMergeJoin join -> join(join);
        case EnumerableWindow window -> ModuleWindow.of(window);
        case EnumerableAggregate aggregate ->
            MergedSets.of(aggregate)
                .or(() -> parallelism.divided(aggregate))
                .orElseGet(() -> ModuleGroups.of(aggregate));
        case RelNode other -> other;
      };
    }

    private RelNode rewriteInput(RelNode node, RelNode input) {
      return node instanceof Aggregate aggregate && input instanceof EnumerableCalc calc
          ? calc(
              (EnumerableCalc) withInputs(calc, List.of(rewrite(calc.getInput()))),
              FilteredColumns.of(aggregate, calc))
          : rewrite(input);
    }

    private RelNode calc(EnumerableCalc calc, List<RexNode> readers) {
      RexProgram program = calc.getProgram();
      if (program.getExprList().stream().noneMatch(ModuleCalls::in)) {
        return calc;
      }
      CanonicalCalls canonical = new CanonicalCalls();
      List<RexNode> projects = new ArrayList<>();
      program
          .getProjectList()
          .forEach(project -> projects.add(program.expandLocalRef(project).accept(canonical)));
      List<RexNode> conjuncts =
          program.getCondition() == null
              ? List.of()
              : RelOptUtil.conjunctions(
                  program.expandLocalRef(program.getCondition()).accept(canonical));
      return new Stages(calc.getInput(), conjuncts, projects, readers, calc.getRowType(), batched)
          .build(calc.getTraitSet());
    }

    /** Batches make each call once, too. */
    private RelNode counted(CountedCalls calls) {
      boolean all =
          calls.projects().stream()
              .flatMap(ModuleCalls::functions)
              .allMatch(
                  called -> called instanceof ModuleFunction function && batched.test(function));
      EnumerableCalc calc = calls.asCalc();
      return all ? calc(calc, FilteredColumns.all(calc)) : calls;
    }

    private RelNode lateral(EnumerableCorrelate correlate) {
      return LateralRows.of(correlate)
          .filter(rows -> census.allowsBatches(rows.function()))
          .map(rows -> rows.plan(batched))
          .map(
              plan ->
                  plan instanceof EnumerableCalc calc
                      ? calc(calc, FilteredColumns.all(calc))
                      : plan)
          .orElse(correlate);
    }

    /** Conditions of inner joins call nothing any more. */
    private RelNode join(Join join) {
      return ModuleCalls.in(join.getCondition()) ? PairedJoin.of(join, batched) : join;
    }
  }
}
