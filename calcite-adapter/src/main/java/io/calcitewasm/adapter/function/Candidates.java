package io.calcitewasm.adapter.function;

import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.signature.ArgType;
import io.calcitewasm.udf.signature.Overloads;
import io.calcitewasm.udf.signature.SqlFunction;
import io.calcitewasm.udf.signature.SqlParameter;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;

/**
 * The functions that a name may mean, and which of them a call means (SEMANTICS, "Arguments").
 *
 * @param called the name as the user wrote it
 * @param functions one or more
 */
record Candidates(String called, List<SqlFunction> functions) {
  Candidates {
    functions = List.copyOf(functions);
  }

  /**
   * The function that a call means by its operands.
   *
   * @param scope where the operands stand
   * @throws org.apache.calcite.runtime.CalciteContextException with the place if there is none
   */
  SqlFunction choose(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
    refuseUnplaced(call);
    List<ArgType> arguments = new ArrayList<>();
    for (SqlNode operand : call.getOperandList()) {
      arguments.add(ArgTypes.of(validator.deriveType(scope, operand)));
    }
    return choose(call, arguments);
  }

  private SqlFunction choose(SqlCall call, List<ArgType> arguments) {
    try {
      return Overloads.choose(called, functions, arguments).function();
    } catch (SqlError e) {
      throw ModuleOperator.at(call.getParserPosition(), e);
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
        throw ModuleOperator.at(operand.getParserPosition(), new SqlError("0A000", sentence));
      }
    }
  }

  /** NULL may come from the function itself, or from a NULL that a strict parameter is given. */
  static RelDataType returnType(SqlFunction function, SqlOperatorBinding binding) {
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
  void inferOperandTypes(SqlCallBinding binding, RelDataType[] operandTypes) {
    List<ArgType> arguments = new ArrayList<>();
    for (SqlNode operand : binding.operands()) {
      arguments.add(
          operand.getKind() == SqlKind.DYNAMIC_PARAM
              ? new ArgType.Unknown()
              : ArgTypes.of(binding.getValidator().deriveType(binding.getScope(), operand)));
    }
    List<SqlParameter> parameters = choose(binding.getCall(), arguments).parameters();
    for (int i = 0; i < operandTypes.length; i++) {
      operandTypes[i] =
          SqlTypes.toCalcite(parameters.get(i).type(), true, binding.getTypeFactory());
    }
  }
}
