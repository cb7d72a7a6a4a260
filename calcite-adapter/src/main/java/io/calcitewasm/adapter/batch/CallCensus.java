package io.calcitewasm.adapter.batch;

import com.google.common.collect.HashMultiset;
import com.google.common.collect.Multiset;
import io.calcitewasm.adapter.function.CallTraits;
import io.calcitewasm.adapter.function.CalledFunction;
import io.calcitewasm.adapter.function.ModuleCalls;
import io.calcitewasm.adapter.function.ModuleFunction;
import io.calcitewasm.adapter.function.ModuleTableFunction;
import io.calcitewasm.udf.signature.SqlFunction;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Calc;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;

/**
 * Where a plan calls modules. A module whose calls see what those before them have left can be
 * called in batches only at the one place of its statement, evaluated once: otherwise the size of
 * batches would decide which call comes first.
 */
final class CallCensus {
  private final Multiset<String> places = HashMultiset.create();

  /** Table functions that are called once for each row of a table, if in batches. */
  private final List<ModuleTableFunction> lateral = new ArrayList<>();

  private boolean repeats;

  CallCensus(RelNode plan) {
    visit(plan);
    // One that is called row by row stays in a correlation, which repeats what stands in it.
    repeats |= !lateral.stream().allMatch(this::allowsBatches);
  }

  private void visit(RelNode node) {
    if (node instanceof Correlate correlate) {
      LateralRows.of(correlate)
          .map(LateralRows::function)
          .ifPresentOrElse(lateral::add, this::repeat);
    }
    RexShuttle counter =
        new RexShuttle() {
          @Override
          public RexNode visitCall(RexCall call) {
            CalledFunction function = ModuleCalls.called(call);
            if (function != null) {
              count(function.traits(), function.function());
            }
            return super.visitCall(call);
          }
        };
    if (node instanceof TableFunctionScan scan) {
      LateralRows.listed(scan).ifPresent(table -> count(table.traits(), table.function()));
    }
    if (node instanceof Calc calc) {
      // Equal expressions of a program stand in it once.
      calc.getProgram().getExprList().forEach(expression -> expression.accept(counter));
    } else {
      node.accept(counter);
    }
    node.getInputs().forEach(this::visit);
  }

  private void repeat() {
    repeats = true;
  }

  private void count(CallTraits traits, SqlFunction function) {
    if (traits.order() != CallTraits.Order.ANY) {
      places.add(function.module());
    }
  }

  /** Whether calls of a function may be made in batches. */
  boolean allowsBatches(ModuleFunction function) {
    return isAllowed(function.traits(), function.function());
  }

  /** The same of a table function that is called for the rows of another table. */
  boolean allowsBatches(ModuleTableFunction function) {
    return isAllowed(function.traits(), function.function());
  }

  private boolean isAllowed(CallTraits traits, SqlFunction function) {
    return switch (traits.order()) {
      case ANY -> true;
      case ROWS -> !repeats && places.count(function.module()) == 1;
      case STRICT -> false;
    };
  }
}
