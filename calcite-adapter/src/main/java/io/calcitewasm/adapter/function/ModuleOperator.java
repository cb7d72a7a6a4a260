package io.calcitewasm.adapter.function;

import io.calcitewasm.adapter.exec.FunctionKey;
import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.signature.ArgType;
import io.calcitewasm.udf.signature.Overloads;
import io.calcitewasm.udf.signature.SqlFunction;
import io.calcitewasm.udf.signature.SqlParameter;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.validate.SqlUserDefinedFunction;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.jspecify.annotations.Nullable;

/**
 * The functions of a module that share a SQL name, as one Calcite operator. Which of them a call
 * means is decided by {@link Overloads} when the call's type is derived; the call's operator is
 * then the operator of that function alone. Arguments are not cast: conversions with their range
 * checks are {@code udf}'s.
 */
public final class ModuleOperator extends SqlUserDefinedFunction {
  private final String called;
  private final List<SqlFunction> candidates;
  private final CallTraits traits;

  /** Where the call stands that must not be taken for another one; empty where it may. */
  private final String place;

  /**
   * The operator of all functions that a name stands for.
   *
   * @param name the name as the user wrote it
   * @param candidates the functions, one or more
   * @param traits what the planner may do with calls
   */
  ModuleOperator(SqlIdentifier name, List<SqlFunction> candidates, CallTraits traits) {
    this(name, candidates, traits, "");
  }

  private ModuleOperator(
      SqlIdentifier name, List<SqlFunction> candidates, CallTraits traits, String place) {
    super(
        name,
        SqlKind.OTHER_FUNCTION,
        binding -> returnType(candidates.getFirst(), binding),
        (binding, returnType, operandTypes) ->
            inferOperandTypes(name.toString(), candidates, binding, operandTypes),
        new ModuleOperands(candidates.getFirst()),
        new ModuleFunction(candidates.getFirst(), traits, place));
    this.place = place;
    this.called = name.toString();
    this.candidates = List.copyOf(candidates);
    this.traits = traits;
  }

  /** The function of a call whose type was derived. */
  SqlFunction moduleFunction() {
    return ((ModuleFunction) getFunction()).function();
  }

  /**
   * The long name: Calcite takes calls of operators with the same name and operands for the same
   * expression, and two interfaces may share a short name.
   */
  @Override
  public String getName() {
    return moduleFunction().longName();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ModuleOperator that
        && candidates.equals(that.candidates)
        && place.equals(that.place)
        && FunctionKey.of(moduleFunction()).equals(FunctionKey.of(that.moduleFunction()));
  }

  @Override
  public int hashCode() {
    return FunctionKey.of(moduleFunction()).hashCode();
  }

  @Override
  public boolean isDeterministic() {
    return traits.deterministic();
  }

  @Override
  public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
    refuseUnplaced(call);
    SqlValidatorScope operandScope = scope.getOperandScope(call);
    List<ArgType> arguments = new ArrayList<>();
    for (SqlNode operand : call.getOperandList()) {
      arguments.add(ArgTypes.of(validator.deriveType(operandScope, operand)));
    }
    SqlFunction chosen = choose(call, arguments);
    ModuleOperator operator = only(chosen, call.getParserPosition());
    ((SqlBasicCall) call).setOperator(operator);
    RelDataType type = operator.inferReturnType(new SqlCallBinding(validator, operandScope, call));
    validator.setValidatedNodeType(call, type);
    return type;
  }

  /**
   * The operator of one call. Equal calls of a function that is not deterministic are evaluated
   * each; what Calcite makes of one call, as of COALESCE, stands at one place and is evaluated
   * once.
   */
  private ModuleOperator only(SqlFunction chosen, SqlParserPos position) {
    String here =
        traits.deterministic() ? "" : position.getLineNum() + ":" + position.getColumnNum();
    return candidates.size() == 1 && place.equals(here)
        ? this
        : new ModuleOperator(getNameAsId(), List.of(chosen), traits, here);
  }

  private SqlFunction choose(SqlCall call, List<ArgType> arguments) {
    try {
      return Overloads.choose(called, candidates, arguments).function();
    } catch (SqlError e) {
      throw at(call.getParserPosition(), e);
    }
  }

  /** Parameters have neither names that SQL could use nor defaults. */
  private static void refuseUnplaced(SqlCall call) {
    for (SqlNode operand : call.getOperandList()) {
      String sentence =
          switch (operand.getKind()) {
            case ARGUMENT_ASSIGNMENT ->
                "functions of modules take their arguments by position, not by name";
            case DEFAULT -> "parameters of modules' functions have no default; write the argument";
            default -> "";
          };
      if (!sentence.isEmpty()) {
        throw at(operand.getParserPosition(), new SqlError("0A000", sentence));
      }
    }
  }

  /** The error with the place in the statement that it is about. */
  public static CalciteContextException at(SqlParserPos position, SqlError error) {
    return new CalciteContextException(
        String.valueOf(error.getMessage()),
        error,
        position.getLineNum(),
        position.getColumnNum(),
        position.getEndLineNum(),
        position.getEndColumnNum());
  }

  /** NULL may come from the function itself, or from a NULL that a strict parameter is given. */
  private static RelDataType returnType(SqlFunction function, SqlOperatorBinding binding) {
    boolean strictArgumentNullable = false;
    for (int i = 0; i < binding.getOperandCount(); i++) {
      strictArgumentNullable |=
          !function.parameters().get(i).nullable() && binding.getOperandType(i).isNullable();
    }
    return SqlTypes.resultType(function, strictArgumentNullable, binding.getTypeFactory());
  }

  /**
   * Tells Calcite the types of {@code ?} and NULL operands, where the other operands leave no doubt
   * which function is meant.
   */
  private static void inferOperandTypes(
      String called,
      List<SqlFunction> candidates,
      SqlCallBinding binding,
      RelDataType[] operandTypes) {
    List<ArgType> arguments = new ArrayList<>();
    for (SqlNode operand : binding.operands()) {
      arguments.add(
          operand.getKind() == SqlKind.DYNAMIC_PARAM
              ? new ArgType.Unknown()
              : ArgTypes.of(binding.getValidator().deriveType(binding.getScope(), operand)));
    }
    SqlFunction function;
    try {
      function = Overloads.choose(called, candidates, arguments).function();
    } catch (SqlError e) {
      throw at(binding.getCall().getParserPosition(), e);
    }
    List<SqlParameter> parameters = function.parameters();
    for (int i = 0; i < operandTypes.length; i++) {
      operandTypes[i] =
          SqlTypes.toCalcite(parameters.get(i).type(), true, binding.getTypeFactory());
    }
  }
}
