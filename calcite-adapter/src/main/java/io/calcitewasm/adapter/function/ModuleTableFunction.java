package io.calcitewasm.adapter.function;

import io.calcitewasm.adapter.exec.CallSite;
import io.calcitewasm.adapter.exec.FunctionKey;
import io.calcitewasm.adapter.exec.TableSite;
import io.calcitewasm.udf.module.ModuleVersion;
import io.calcitewasm.udf.signature.SqlFunction;
import java.lang.reflect.Type;
import java.util.List;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.enumerable.CallImplementor;
import org.apache.calcite.adapter.enumerable.NullPolicy;
import org.apache.calcite.adapter.enumerable.RexImpTable;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.linq4j.tree.Types;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.schema.FunctionParameter;
import org.apache.calcite.schema.ImplementableFunction;
import org.apache.calcite.schema.TableFunction;
import org.jspecify.annotations.Nullable;

/**
 * A module's table function as Calcite's schema sees it; code reads it through a {@link TableSite}.
 */
public final class ModuleTableFunction implements TableFunction, ImplementableFunction {
  private final SqlFunction function;
  private final ModuleVersion module;

  /**
   * Wraps a function that has {@linkplain SqlFunction#columns columns}.
   *
   * @param module the version that it is of
   */
  public ModuleTableFunction(ModuleVersion module, SqlFunction function) {
    this.function = function;
    this.module = module;
  }

  /** What the planner may do with its calls. */
  public CallTraits traits() {
    return CallTraits.of(module, function);
  }

  /** A call in a scalar place of a function that answers a list, which is its value there. */
  public RexNode call(RexBuilder rex, List<RexNode> operands) {
    boolean strictArgumentNullable = false;
    for (int i = 0; i < operands.size(); i++) {
      strictArgumentNullable |=
          !function.parameters().get(i).nullable() && operands.get(i).getType().isNullable();
    }
    return rex.makeCall(
        SqlTypes.resultType(function, strictArgumentNullable, rex.getTypeFactory()),
        ModuleOperators.operator(module, function),
        operands);
  }

  /** The function. */
  public SqlFunction function() {
    return function;
  }

  @Override
  public RelDataType getRowType(
      RelDataTypeFactory typeFactory, List<? extends @Nullable Object> arguments) {
    return SqlTypes.toCalcite(function.columns().orElseThrow(), false, typeFactory);
  }

  @Override
  public Type getElementType(List<? extends @Nullable Object> arguments) {
    return Object[].class;
  }

  @Override
  public List<FunctionParameter> getParameters() {
    return Parameter.of(function);
  }

  @Override
  public CallImplementor getImplementor() {
    return RexImpTable.createImplementor(
        (translator, call, operands) -> {
          List<Expression> boxed = operands.stream().map(Expressions::box).toList();
          return Expressions.call(
              Expressions.new_(
                  TableSite.class,
                  Expressions.constant(FunctionKey.of(function).toString()),
                  Expressions.constant(CallSite.place(call.getParserPosition()))),
              Types.lookupMethod(TableSite.class, "rows", DataContext.class, Object[].class),
              translator.getRoot(),
              Expressions.newArrayInit(Object.class, boxed));
        },
        NullPolicy.NONE,
        false);
  }
}
