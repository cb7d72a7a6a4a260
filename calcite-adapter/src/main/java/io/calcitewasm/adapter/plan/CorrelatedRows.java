package io.calcitewasm.adapter.plan;

import io.calcitewasm.adapter.trait.CountedCalls;
import java.util.List;
import org.apache.calcite.plan.RelOptLattice;
import org.apache.calcite.plan.RelOptMaterialization;
import org.apache.calcite.plan.RelOptPlanner;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelShuttleImpl;
import org.apache.calcite.rel.RelVisitor;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rel.metadata.DefaultRelMetadataProvider;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.tools.Program;
import org.apache.calcite.tools.Programs;
import org.apache.calcite.util.Util;
import org.jspecify.annotations.Nullable;

/**
 * Queries that are planned with their correlations as they are: those that limit the rows of a
 * table function for each row of another table, and those that make calls which have to be counted
 * with columns of an outer query. Calcite 1.42 does not see that the function's arguments, or the
 * calls, depend on that row, and makes a join of it that cannot be executed.
 */
final class CorrelatedRows {
  private CorrelatedRows() {}

  /** Calcite's standard program, or the same without decorrelation where that would be wrong. */
  static Program planning(Program standard) {
    Program correlated =
        Programs.sequence(
            Programs.subQuery(DefaultRelMetadataProvider.INSTANCE),
            CorrelatedRows::optimize,
            Programs.calc(DefaultRelMetadataProvider.INSTANCE));
    return (planner, rel, traits, materializations, lattices) ->
        (areKept(rel) ? correlated : standard)
            .run(planner, rel, traits, materializations, lattices);
  }

  private static RelNode optimize(
      RelOptPlanner planner,
      RelNode rel,
      RelTraitSet traits,
      List<RelOptMaterialization> materializations,
      List<RelOptLattice> lattices) {
    materializations.forEach(planner::addMaterialization);
    lattices.forEach(planner::addLattice);
    planner.setRoot(rel);
    planner.setRoot(rel.getTraitSet().equals(traits) ? rel : planner.changeTraits(rel, traits));
    return planner.chooseDelegate().findBestExp();
  }

  /** Whether a query's correlations have to stay as they are. */
  static boolean areKept(RelNode rel) {
    try {
      rel.accept(new Limits());
      return false;
    } catch (Util.FoundOne found) {
      return true;
    }
  }

  /** Looks at limits and counted calls, in subqueries too. */
  private static final class Limits extends RelShuttleImpl {
    private final RexShuttle subQueries =
        new RexShuttle() {
          @Override
          public RexNode visitSubQuery(RexSubQuery subQuery) {
            subQuery.rel.accept(Limits.this);
            return super.visitSubQuery(subQuery);
          }
        };

    @Override
    protected RelNode visitChild(RelNode parent, int i, RelNode child) {
      look(parent);
      return super.visitChild(parent, i, child);
    }

    private void look(RelNode rel) {
      if (rel instanceof CountedCalls calls
          && calls.projects().stream().anyMatch(RexUtil::containsCorrelation)) {
        throw Util.FoundOne.NULL;
      }
      if (!rel.getVariablesSet().isEmpty()) {
        // Rows that a query depends on would be computed twice.
        rel.getInputs().forEach(CorrelatedRows::findCounted);
      }
      if (rel instanceof Sort sort && (sort.fetch != null || sort.offset != null)) {
        findCorrelated(sort);
      }
      RelNode _ = rel.accept(subQueries);
    }
  }

  private static void findCounted(RelNode rel) {
    new RelVisitor() {
      @Override
      public void visit(RelNode node, int ordinal, @Nullable RelNode parent) {
        if (node instanceof CountedCalls) {
          throw Util.FoundOne.NULL;
        }
        super.visit(node, ordinal, parent);
      }
    }.go(rel);
  }

  private static void findCorrelated(RelNode rel) {
    new RelVisitor() {
      @Override
      public void visit(RelNode node, int ordinal, @Nullable RelNode parent) {
        if (node instanceof TableFunctionScan scan && RexUtil.containsCorrelation(scan.getCall())) {
          throw Util.FoundOne.NULL;
        }
        super.visit(node, ordinal, parent);
      }
    }.go(rel);
  }
}
