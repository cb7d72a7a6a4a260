package io.calcitewasm.adapter.function;

import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.dynamic.DynamicCall;
import io.calcitewasm.udf.module.ModuleVersion;
import io.calcitewasm.udf.signature.SqlFunction;
import io.calcitewasm.udf.signature.SqlType;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.validate.SqlUserDefinedFunction;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.jspecify.annotations.Nullable;

/**
 * A function of a module that takes any arguments. When the type of a call is derived, the guest is
 * asked what it answers for arguments of these types; the call's operator is then one for these
 * types alone.
 */
public final class DynamicOperator extends SqlUserDefinedFunction {
  private final ModuleVersion module;
  private final SqlFunction moduleFunction;

  /** The operator of a name; the types of a call are not known yet. */
  DynamicOperator(SqlIdentifier name, ModuleVersion module, SqlFunction function) {
    super(
        name,
        SqlKind.OTHER_FUNCTION,
        ReturnTypes.ARG0,
        (binding, returnType, operandTypes) -> {},
        new ModuleOperands(function),
        new DynamicFunction(function, CallTraits.of(module, function), List.of(), null, ""));
    this.module = module;
    this.moduleFunction = function;
  }

  /** The operator of one call. */
  private DynamicOperator(
      DynamicOperator of, List<@Nullable SqlType> types, SqlType result, SqlParserPos position) {
    super(
        of.getNameAsId(),
        SqlKind.OTHER_FUNCTION,
        binding -> SqlTypes.toCalcite(result, true, binding.getTypeFactory()),
        (binding, returnType, operandTypes) -> {},
        new ModuleOperands(of.moduleFunction),
        new DynamicFunction(
            of.moduleFunction,
            of.traits(),
            types,
            result,
            of.isDeterministic() ? "" : position.getLineNum() + ":" + position.getColumnNum()));
    this.module = of.module;
    this.moduleFunction = of.moduleFunction;
  }

  @Override
  public String getName() {
    return moduleFunction.longName();
  }

  private CallTraits traits() {
    return ((DynamicFunction) getFunction()).traits();
  }

  /**
   * What the guest keeps lasts for the statement: unless the manifest claims that answers do not
   * depend on it, each call is made where SQL has it.
   */
  @Override
  public boolean isDeterministic() {
    return traits().deterministic();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DynamicOperator that && getFunction().equals(that.getFunction());
  }

  @Override
  public int hashCode() {
    return getFunction().hashCode();
  }

  @Override
  public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
    try {
      List<@Nullable SqlType> types =
          ArgumentTypes.of(validator, scope.getOperandScope(call), call);
      SqlType result =
          ArgumentTypes.resolved(
              calls -> new DynamicCall(calls, module, moduleFunction, types).resultType());
      RelDataType type = SqlTypes.toCalcite(result, true, validator.getTypeFactory());
      ((SqlBasicCall) call)
          .setOperator(new DynamicOperator(this, types, result, call.getParserPosition()));
      validator.setValidatedNodeType(call, type);
      return type;
    } catch (SqlError e) {
      throw ModuleOperator.at(call.getParserPosition(), e);
    }
  }
}
