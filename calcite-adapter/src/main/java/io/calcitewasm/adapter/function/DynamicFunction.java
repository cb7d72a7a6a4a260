package io.calcitewasm.adapter.function;

import io.calcitewasm.adapter.exec.CallSite;
import io.calcitewasm.adapter.exec.DynamicSite;
import io.calcitewasm.adapter.exec.FunctionKey;
import io.calcitewasm.udf.signature.SqlFunction;
import io.calcitewasm.udf.signature.SqlType;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.enumerable.CallImplementor;
import org.apache.calcite.adapter.enumerable.NullPolicy;
import org.apache.calcite.adapter.enumerable.RexImpTable;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.linq4j.tree.Types;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.FunctionParameter;
import org.jspecify.annotations.Nullable;

/**
 * A call of a function of any arguments as Calcite's schema sees it.
 *
 * @param function the module's function
 * @param traits what the planner may do with its calls
 * @param types of the call's arguments; null where nothing is known but NULL
 * @param result what they were resolved to; null before
 * @param place where in the statement the call stands that must not be taken for another one
 */
record DynamicFunction(
    SqlFunction function,
    CallTraits traits,
    List<@Nullable SqlType> types,
    @Nullable SqlType result,
    String place)
    implements CalledFunction {
  DynamicFunction {
    types = Collections.unmodifiableList(types);
  }

  @Override
  public RelDataType getReturnType(RelDataTypeFactory typeFactory) {
    return SqlTypes.resolved(result, typeFactory);
  }

  @Override
  public List<FunctionParameter> getParameters() {
    return List.of();
  }

  @Override
  public CallImplementor getImplementor() {
    return RexImpTable.createImplementor(
        (translator, call, operands) -> {
          List<Expression> boxed = operands.stream().map(Expressions::box).toList();
          Expression site =
              Expressions.new_(
                  DynamicSite.class,
                  Expressions.constant(FunctionKey.of(function).toString()),
                  Expressions.constant(DynamicSite.written(types)),
                  Expressions.constant(
                      DynamicSite.written(List.of(Objects.requireNonNull(result, "result")))),
                  Expressions.constant(place),
                  Expressions.constant(CallSite.place(call.getParserPosition())));
          return ModuleFunction.typed(
              Expressions.call(
                  site,
                  Types.lookupMethod(DynamicSite.class, "call", DataContext.class, Object[].class),
                  translator.getRoot(),
                  Expressions.newArrayInit(Object.class, boxed)),
              call.getType());
        },
        NullPolicy.NONE,
        false);
  }
}
