package io.calcitewasm.adapter.plan;

import io.calcitewasm.adapter.trait.WholePlanShuttle;
import java.util.List;
import org.apache.calcite.adapter.enumerable.CallImplementor;
import org.apache.calcite.adapter.enumerable.NullPolicy;
import org.apache.calcite.adapter.enumerable.RexImpTable;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.schema.FunctionParameter;
import org.apache.calcite.schema.ImplementableFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.validate.SqlUserDefinedFunction;
import org.apache.calcite.util.BuiltInMethod;

/**
 * Before planning: has parameters of type ROW read as the arrays of fields that they are. Calcite's
 * generated code takes them for objects of a class that it does not make.
 */
final class RowParameters {
  private static final SqlOperator READ =
      new SqlUserDefinedFunction(
          new SqlIdentifier("ROW_PARAMETER", SqlParserPos.ZERO),
          SqlKind.OTHER_FUNCTION,
          ReturnTypes.ARG0,
          null,
          null,
          new Read()) {
        /** Its value is not known while the statement is prepared. */
        @Override
        public boolean isDeterministic() {
          return false;
        }
      };

  private record Read() implements ImplementableFunction {
    @Override
    public List<FunctionParameter> getParameters() {
      return List.of();
    }

    @Override
    public CallImplementor getImplementor() {
      return RexImpTable.createImplementor(
          (translator, call, operands) ->
              Expressions.call(
                  translator.getRoot(), BuiltInMethod.DATA_CONTEXT_GET.method, operands.getFirst()),
          NullPolicy.NONE,
          false);
    }
  }

  private RowParameters() {}

  /** A plan that reads such parameters so. */
  static RelNode in(RelNode plan) {
    return new Reading(plan.getCluster().getRexBuilder()).rewrite(plan);
  }

  private static final class Reading extends WholePlanShuttle {
    private final RexBuilder rex;

    Reading(RexBuilder rex) {
      this.rex = rex;
    }

    @Override
    public RexNode visitDynamicParam(RexDynamicParam parameter) {
      return parameter.getType().isStruct()
          ? rex.makeCall(parameter.getType(), READ, List.of(rex.makeLiteral(parameter.getName())))
          : parameter;
    }
  }
}
