package io.calcitewasm.adapter.plan;

import io.calcitewasm.adapter.exec.CallSite;
import io.calcitewasm.adapter.exec.FunctionKey;
import io.calcitewasm.udf.signature.SqlFunction;
import io.calcitewasm.udf.signature.SqlParameter;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.enumerable.CallImplementor;
import org.apache.calcite.adapter.enumerable.NullPolicy;
import org.apache.calcite.adapter.enumerable.RexImpTable;
import org.apache.calcite.adapter.enumerable.RexToLixTranslator;
import org.apache.calcite.adapter.java.JavaTypeFactory;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.linq4j.tree.Types;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.schema.FunctionParameter;
import org.apache.calcite.schema.ImplementableFunction;
import org.apache.calcite.schema.ScalarFunction;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * A module's function as Calcite's schema sees it. Generated code calls it row by row through a
 * {@link CallSite}, which also keeps SQL's NULL rules.
 */
public final class ModuleFunction implements ScalarFunction, ImplementableFunction {
  private static final JavaTypeFactory JAVA_TYPES = new WasmTypeFactory();

  private final SqlFunction function;
  private final String place;

  /** Wraps a function that has a SQL form. */
  public ModuleFunction(SqlFunction function) {
    this(function, "");
  }

  /** Wraps a function whose calls at different places are different though they look alike. */
  ModuleFunction(SqlFunction function, String place) {
    this.function = function;
    this.place = place;
  }

  /** The function. */
  public SqlFunction function() {
    return function;
  }

  @Override
  public RelDataType getReturnType(RelDataTypeFactory typeFactory) {
    boolean strict = function.parameters().stream().anyMatch(p -> !p.nullable());
    return SqlTypes.resultType(function, strict, typeFactory);
  }

  @Override
  public List<FunctionParameter> getParameters() {
    List<FunctionParameter> parameters = new ArrayList<>();
    for (SqlParameter parameter : function.parameters()) {
      parameters.add(new Parameter(parameters.size(), parameter));
    }
    return parameters;
  }

  private record Parameter(int ordinal, SqlParameter parameter) implements FunctionParameter {
    @Override
    public int getOrdinal() {
      return ordinal;
    }

    @Override
    public String getName() {
      return parameter.name();
    }

    @Override
    public RelDataType getType(RelDataTypeFactory typeFactory) {
      return SqlTypes.toCalcite(parameter.type(), true, typeFactory);
    }

    @Override
    public boolean isOptional() {
      return false;
    }
  }

  @Override
  public CallImplementor getImplementor() {
    return RexImpTable.createImplementor(this::implementCall, NullPolicy.NONE, false);
  }

  private Expression implementCall(
      RexToLixTranslator translator, RexCall call, List<Expression> operands) {
    List<Expression> boxed = operands.stream().map(Expressions::box).toList();
    Expression site =
        Expressions.new_(
            CallSite.class,
            Expressions.constant(FunctionKey.of(function).toString()),
            Expressions.constant(place));
    Expression result =
        Expressions.call(
            site,
            Types.lookupMethod(CallSite.class, "call", DataContext.class, Object[].class),
            translator.getRoot(),
            Expressions.newArrayInit(Object.class, boxed));
    return call.getType().isStruct()
        ? result
        : Expressions.convert_(result, boxedClass(call.getType()));
  }

  /** Calcite's class for a value that may be NULL; the type factory of 1.42 knows none for UUID. */
  private static Type boxedClass(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.UUID
        ? UUID.class
        : Types.box(JAVA_TYPES.getJavaClass(type));
  }
}
