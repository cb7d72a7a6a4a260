package io.calcitewasm.adapter.source;

import io.calcitewasm.adapter.exec.SentParameter;
import io.calcitewasm.adapter.trait.WholePlanShuttle;
import org.apache.calcite.adapter.jdbc.JdbcToEnumerableConverter;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexNode;

/**
 * Parameters in what is sent to a database. Calcite would send them in its runtime's
 * representation, a date as a number of days: here they become {@link SentParameter}s.
 */
public final class PushedParameters {
  private PushedParameters() {}

  /** A finished plan in which whatever is sent to a database has its parameters so. */
  public static RelNode in(RelNode plan) {
    return plan.accept(
        new RelHomogeneousShuttle() {
          @Override
          public RelNode visit(RelNode node) {
            return node instanceof JdbcToEnumerableConverter
                ? new Renaming().rewrite(node)
                : super.visit(node);
          }
        });
  }

  private static final class Renaming extends WholePlanShuttle {
    @Override
    public RexNode visitDynamicParam(RexDynamicParam parameter) {
      int index = SentParameter.index(parameter.getIndex(), parameter.getType().getSqlTypeName());
      return new RexDynamicParam(parameter.getType(), index);
    }
  }
}
