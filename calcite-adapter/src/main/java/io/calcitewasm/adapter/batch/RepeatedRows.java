package io.calcitewasm.adapter.batch;

import com.google.common.collect.HashMultiset;
import com.google.common.collect.Multiset;
import io.calcitewasm.adapter.function.AggregateParts;
import io.calcitewasm.adapter.function.ModuleCalls;
import io.calcitewasm.adapter.trait.CountedCalls;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.adapter.enumerable.EnumerableNestedLoopJoin;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Calc;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.TableFunctionScan;

/**
 * Goes over a finished plan and sees that modules are called once for rows that are read more
 * often: by nested loops, which begin their right input anew for each row of the left one, and in
 * places that the planner has made of one sub-query. The rows become {@link KeptRows}.
 */
public final class RepeatedRows {
  private RepeatedRows() {}

  /** A plan whose modules are called once. */
  public static RelNode in(RelNode plan) {
    Multiset<Object> sites = HashMultiset.create();
    count(plan, sites);
    sites.entrySet().removeIf(site -> site.getCount() == 1);
    return kept(plan, List.copyOf(sites.elementSet()), false);
  }

  private static void count(RelNode node, Multiset<Object> sites) {
    if (node instanceof CountedCalls calls) {
      sites.add(calls.site());
    }
    node.getInputs().forEach(input -> count(input, sites));
  }

  /**
   * Goes over a part of a plan.
   *
   * @param shared the sites that stand in several places
   * @param repeats whether the part is evaluated for each row of another one
   */
  private static RelNode kept(RelNode node, List<Object> shared, boolean repeats) {
    List<RelNode> inputs = new ArrayList<>();
    for (int i = 0; i < node.getInputs().size(); i++) {
      RelNode input =
          kept(node.getInput(i), shared, repeats || (node instanceof Correlate && i == 1));
      boolean again = node instanceof EnumerableNestedLoopJoin && i == 1 && callsIn(input);
      inputs.add(again && !(input instanceof KeptRows) ? KeptRows.of(input) : input);
    }
    RelNode own = BatchPlan.withInputs(node, inputs);
    if (!(own instanceof CountedCalls calls) || !shared.contains(calls.site())) {
      return own;
    }
    if (repeats) {
      throw calls.refused("in a sub-query of IN that depends on the outer query's row");
    }
    return KeptRows.shared(own, shared.indexOf(calls.site()));
  }

  private static boolean callsIn(RelNode node) {
    return calls(node) || node.getInputs().stream().anyMatch(RepeatedRows::callsIn);
  }

  private static boolean calls(RelNode node) {
    return switch (node) {
      case ModuleCalc _, ModuleGroups _, ModuleRows _, CountedCalls _ -> true;
      case Calc calc -> calc.getProgram().getExprList().stream().anyMatch(ModuleCalls::anyIn);
      case TableFunctionScan _ -> true;
      case Aggregate aggregate ->
          aggregate.getAggCallList().stream()
              .anyMatch(call -> AggregateParts.isOfModule(call.getAggregation()));
      default -> false;
    };
  }
}
