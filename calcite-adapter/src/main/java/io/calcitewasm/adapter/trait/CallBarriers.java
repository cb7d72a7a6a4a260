package io.calcitewasm.adapter.trait;

import io.calcitewasm.adapter.function.CallTraits;
import io.calcitewasm.udf.module.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;

/**
 * Before planning: takes calls that have to be counted out of projections and conditions into
 * {@link CountedCalls} below them. Where it is not known how often SQL makes a call, it is refused.
 */
public final class CallBarriers {
  private CallBarriers() {}

  /** Whether any function of these modules has calls that have to be counted. */
  public static boolean areNeeded(Snapshot snapshot) {
    return snapshot.modules().values().stream()
        .anyMatch(
            module ->
                module.functions().stream()
                    .anyMatch(function -> CallTraits.of(module, function).isCounted()));
  }

  /** Goes over a plan, sub-queries included. */
  public static RelNode in(RelNode plan) {
    return new WholePlanShuttle() {
      @Override
      protected RelNode operator(RelNode node) {
        return switch (node) {
          case LogicalProject project -> project(project);
          case LogicalFilter filter -> filter(filter);
          case LogicalJoin join -> join(join);
          case RelNode other -> other;
        };
      }
    }.rewrite(plan);
  }

  private static RelNode project(Project project) {
    List<RexNode> expressions = project.getProjects();
    if (expressions.stream().noneMatch(TakenCalls::areIn)) {
      return project;
    }
    if (expressions.stream().anyMatch(e -> !TakenCalls.isMovable(e))) {
      Lifted lifted = new Lifted(project.getInput(), expressions, project.getVariablesSet());
      return project(over(lifted.rows, project, lifted.expressions));
    }
    List<RexNode> counted = expressions.stream().filter(TakenCalls::areIn).toList();
    List<RexNode> others = expressions.stream().filter(e -> !TakenCalls.areIn(e)).toList();
    CountedBelow below =
        new CountedBelow(project.getInput(), RelOptUtil.InputFinder.bits(others, null), counted);
    List<RexNode> projects = new ArrayList<>();
    int next = 0;
    for (RexNode expression : expressions) {
      projects.add(TakenCalls.areIn(expression) ? below.result(next++) : below.moved(expression));
    }
    return over(below.node(), project, projects);
  }

  /** The same projection of other expressions, which have no sub-queries. */
  private static LogicalProject over(RelNode input, Project project, List<RexNode> expressions) {
    return LogicalProject.create(
        input, project.getHints(), expressions, project.getRowType(), Set.of());
  }

  /**
   * Expressions whose windows and sub-queries have become columns of rows below them. Correlations
   * count columns from the first, so that all columns of the input stay in their places.
   */
  private static final class Lifted {
    final RelNode rows;
    final List<RexNode> expressions;

    Lifted(RelNode input, List<RexNode> original, Set<CorrelationId> variables) {
      TakenCalls calls = new TakenCalls(input.getRowType().getFieldCount());
      List<RexNode> taken = calls.visitList(original);
      RelNode below =
          calls.taken().isEmpty() ? input : CountedBelow.all(input, calls.taken()).node();
      List<RexNode> columns =
          new ArrayList<>(input.getCluster().getRexBuilder().identityProjects(below.getRowType()));
      RexShuttle results =
          new RexShuttle() {
            @Override
            public RexNode visitOver(RexOver over) {
              return column(over);
            }

            @Override
            public RexNode visitSubQuery(RexSubQuery subQuery) {
              return column(subQuery);
            }

            private RexNode column(RexNode result) {
              columns.add(result);
              return new RexInputRef(columns.size() - 1, result.getType());
            }
          };
      this.expressions = results.visitList(taken);
      this.rows = LogicalProject.create(below, List.of(), columns, (List<String>) null, variables);
    }
  }

  /** Other conditions come first. */
  private static RelNode filter(Filter filter) {
    List<RexNode> counted = new ArrayList<>();
    List<RexNode> others = new ArrayList<>();
    for (RexNode conjunct : RelOptUtil.conjunctions(filter.getCondition())) {
      (TakenCalls.areIn(conjunct) ? counted : others).add(conjunct);
    }
    if (counted.isEmpty()) {
      return filter;
    }
    RexBuilder rex = filter.getCluster().getRexBuilder();
    RelNode input =
        others.isEmpty()
            ? filter.getInput()
            : filter.copy(
                filter.getTraitSet(), filter.getInput(), RexUtil.composeConjunction(rex, others));
    List<RexNode> tested = counted;
    if (counted.stream().anyMatch(condition -> !TakenCalls.isMovable(condition))) {
      Lifted lifted = new Lifted(input, counted, filter.getVariablesSet());
      input = lifted.rows;
      tested = lifted.expressions;
    }
    CountedBelow below = CountedBelow.all(input, List.of(RexUtil.composeConjunction(rex, tested)));
    return LogicalProject.create(
        LogicalFilter.create(below.node(), below.result(0)),
        List.of(),
        rex.identityProjects(filter.getRowType()),
        filter.getRowType(),
        Set.of());
  }

  /** Conditions of an inner join are tested behind it, for the pairs that the others leave. */
  private static RelNode join(Join join) {
    List<RexNode> counted = new ArrayList<>();
    List<RexNode> others = new ArrayList<>();
    for (RexNode conjunct : RelOptUtil.conjunctions(join.getCondition())) {
      (TakenCalls.areIn(conjunct) ? counted : others).add(conjunct);
    }
    if (counted.isEmpty()) {
      return join;
    }
    if (join.getJoinType() != JoinRelType.INNER) {
      throw TakenCalls.refused(join.getCondition(), "in the condition of an outer join");
    }
    RexBuilder rex = join.getCluster().getRexBuilder();
    RelNode pairs =
        join.copy(
            join.getTraitSet(),
            RexUtil.composeConjunction(rex, others),
            join.getLeft(),
            join.getRight(),
            join.getJoinType(),
            join.isSemiJoinDone());
    return filter(LogicalFilter.create(pairs, RexUtil.composeConjunction(rex, counted)));
  }
}
