package io.calcitewasm.adapter.trait;

import io.calcitewasm.adapter.function.CallTraits;
import io.calcitewasm.adapter.function.ModuleCalls;
import io.calcitewasm.udf.module.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Before planning: takes calls that have to be counted out of projections and conditions into
 * {@link CountedCalls} below them. Expressions with windows, sub-queries or columns of an outer
 * query stay where they are.
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
    return plan.accept(
        new RelHomogeneousShuttle() {
          private final RexShuttle subQueries =
              new RexShuttle() {
                @Override
                public RexNode visitSubQuery(RexSubQuery subQuery) {
                  RexSubQuery visited = (RexSubQuery) super.visitSubQuery(subQuery);
                  RelNode rel = in(visited.rel);
                  return rel == visited.rel ? visited : visited.clone(rel);
                }
              };

          @Override
          public RelNode visit(RelNode other) {
            return switch (super.visit(other).accept(subQueries)) {
              case LogicalProject project -> project(project);
              case LogicalFilter filter -> filter(filter);
              case RelNode node -> node;
            };
          }
        });
  }

  private static RelNode project(Project project) {
    List<RexNode> counted = new ArrayList<>();
    List<RexNode> others = new ArrayList<>();
    for (RexNode expression : project.getProjects()) {
      (isCounted(expression) ? counted : others).add(expression);
    }
    if (counted.isEmpty()) {
      return project;
    }
    Below below = new Below(project.getInput(), RelOptUtil.InputFinder.bits(others, null), counted);
    List<RexNode> projects = new ArrayList<>();
    int next = 0;
    for (RexNode expression : project.getProjects()) {
      projects.add(isCounted(expression) ? below.result(next++) : below.moved(expression));
    }
    return LogicalProject.create(
        below.node(),
        project.getHints(),
        projects,
        project.getRowType(),
        project.getVariablesSet());
  }

  /** Other conditions come first. */
  private static RelNode filter(Filter filter) {
    List<RexNode> counted = new ArrayList<>();
    List<RexNode> others = new ArrayList<>();
    for (RexNode conjunct : RelOptUtil.conjunctions(filter.getCondition())) {
      (isCounted(conjunct) ? counted : others).add(conjunct);
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
    int fields = input.getRowType().getFieldCount();
    Below below =
        new Below(
            input,
            ImmutableBitSet.range(fields),
            List.of(RexUtil.composeConjunction(rex, counted)));
    return LogicalProject.create(
        LogicalFilter.create(below.node(), below.result(0)),
        List.of(),
        IntStream.range(0, fields).mapToObj(i -> rex.makeInputRef(input, i)).toList(),
        filter.getRowType(),
        Set.of());
  }

  /** The operator below, which delivers some columns of its input and then what it has called. */
  private static final class Below {
    private final RelNode node;
    private final ImmutableBitSet passed;

    Below(RelNode input, ImmutableBitSet passed, List<RexNode> counted) {
      List<RexNode> projects = new ArrayList<>();
      passed.forEachInt(i -> projects.add(RexInputRef.of(i, input.getRowType())));
      projects.addAll(counted);
      RelDataType type =
          RexUtil.createStructType(
              input.getCluster().getTypeFactory(), projects, null, SqlValidatorUtil.F_SUGGESTER);
      this.passed = passed;
      this.node = CountedCalls.logical(input, projects, type);
    }

    RelNode node() {
      return node;
    }

    RexNode result(int call) {
      return RexInputRef.of(passed.cardinality() + call, node.getRowType());
    }

    RexNode moved(RexNode expression) {
      return expression.accept(
          new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef ref) {
              return new RexInputRef(passed.indexOf(ref.getIndex()), ref.getType());
            }
          });
    }
  }

  private static boolean isCounted(RexNode expression) {
    return ModuleCalls.functions(expression).anyMatch(function -> function.traits().isCounted())
        && !RexOver.containsOver(expression)
        && RexUtil.SubQueryFinder.find(expression) == null
        && !RexUtil.containsCorrelation(expression);
  }
}
