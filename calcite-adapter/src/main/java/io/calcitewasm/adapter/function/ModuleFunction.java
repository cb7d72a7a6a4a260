package io.calcitewasm.adapter.function;

import io.calcitewasm.adapter.exec.CallSite;
import io.calcitewasm.adapter.exec.FunctionKey;
import io.calcitewasm.udf.signature.SqlFunction;
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
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * A module's function as Calcite's schema sees it. Generated code calls it row by row through a
 * {@link CallSite}, which also keeps SQL's NULL rules.
 */
public final class ModuleFunction implements CalledFunction {
  private static final JavaTypeFactory JAVA_TYPES = new WasmTypeFactory();

  private final SqlFunction function;
  private final CallTraits traits;
  private final String place;

  /** Wraps a function that has a SQL form. */
  public ModuleFunction(SqlFunction function, CallTraits traits) {
    this(function, traits, "");
  }

  /** Wraps a function whose calls at different places are different though they look alike. */
  ModuleFunction(SqlFunction function, CallTraits traits, String place) {
    this.function = function;
    this.traits = traits;
    this.place = place;
  }

  @Override
  public CallTraits traits() {
    return traits;
  }

  @Override
  public SqlFunction function() {
    return function;
  }

  @Override
  public String place() {
    return place;
  }

  @Override
  public RelDataType getReturnType(RelDataTypeFactory typeFactory) {
    boolean strict = function.parameters().stream().anyMatch(p -> !p.nullable());
    return SqlTypes.resultType(function, strict, typeFactory);
  }

  @Override
  public List<FunctionParameter> getParameters() {
    return Parameter.of(function);
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
            Expressions.constant(place),
            Expressions.constant(CallSite.place(call.getParserPosition())));
    Expression result =
        Expressions.call(
            site,
            Types.lookupMethod(CallSite.class, "call", DataContext.class, Object[].class),
            translator.getRoot(),
            Expressions.newArrayInit(Object.class, boxed));
    return typed(result, call.getType());
  }

  /**
   * A result of a call with the class that Calcite has for values of its type that may be NULL; the
   * type factory of 1.42 knows none for UUID.
   */
  public static Expression typed(Expression result, RelDataType type) {
    if (type.isStruct()) {
      return result;
    }
    return Expressions.convert_(
        result,
        type.getSqlTypeName() == SqlTypeName.UUID
            ? UUID.class
            : Types.box(JAVA_TYPES.getJavaClass(type)));
  }
}
