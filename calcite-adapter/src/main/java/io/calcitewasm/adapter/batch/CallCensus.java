package io.calcitewasm.adapter.batch;

import com.google.common.collect.HashMultiset;
import com.google.common.collect.Multiset;
import io.calcitewasm.adapter.function.CallTraits;
import io.calcitewasm.adapter.function.CalledFunction;
import io.calcitewasm.adapter.function.ModuleCalls;
import io.calcitewasm.adapter.function.ModuleFunction;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Calc;
import org.apache.calcite.rel.core.Correlate;
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
  private boolean repeats;

  CallCensus(RelNode plan) {
    visit(plan);
  }

  private void visit(RelNode node) {
    repeats |= node instanceof Correlate;
    RexShuttle counter =
        new RexShuttle() {
          @Override
          public RexNode visitCall(RexCall call) {
            CalledFunction function = ModuleCalls.called(call);
            if (function != null && function.traits().order() != CallTraits.Order.ANY) {
              places.add(function.function().module());
            }
            return super.visitCall(call);
          }
        };
    if (node instanceof Calc calc) {
      // Equal expressions of a program stand in it once.
      calc.getProgram().getExprList().forEach(expression -> expression.accept(counter));
    } else {
      node.accept(counter);
    }
    node.getInputs().forEach(this::visit);
  }

  /** Whether calls of a function may be made in batches. */
  boolean allowsBatches(ModuleFunction function) {
    return switch (function.traits().order()) {
      case ANY -> true;
      case ROWS -> !repeats && places.count(function.function().module()) == 1;
      case STRICT -> false;
    };
  }
}
