package io.calcitewasm.adapter.function;

import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.signature.ArgType;
import io.calcitewasm.udf.signature.Overloads;
import io.calcitewasm.udf.signature.SqlFunction;
import io.calcitewasm.udf.signature.SqlParameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;

/**
 * The functions that a name may mean, and which of them a call means (docs/sql.md, "Conversions and
 * overloads").
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
    place(call);
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

  /** Puts arguments that are given by name at their places; parameters have no defaults. */
  private void place(SqlCall call) {
    List<SqlNode> operands = call.getOperandList();
    for (SqlNode operand : operands) {
      if (operand.getKind() == SqlKind.DEFAULT) {
        throw ModuleOperator.at(
            operand.getParserPosition(),
            new SqlError(
                "0A000", "parameters of modules' functions have no default; write the argument"));
      }
    }
    if (operands.stream().noneMatch(Candidates::isNamed)) {
      return;
    }
    Map<String, SqlNode> named = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (SqlNode operand : operands) {
      SqlIdentifier name = ((SqlCall) operand).operand(1);
      if (named.put(name.getSimple(), ((SqlCall) operand).operand(0)) != null) {
        throw ModuleOperator.at(
            name.getParserPosition(),
            new SqlError("42601", "argument " + name.getSimple() + " is there twice"));
      }
    }
    List<String> order =
        functions.stream()
            .map(f -> f.parameters().stream().map(SqlParameter::name).toList())
            .filter(names -> names.size() == named.size() && named.keySet().containsAll(names))
            .findFirst()
            .orElseThrow(() -> noneTakes(call, named.keySet()));
    for (int i = 0; i < order.size(); i++) {
      call.setOperand(i, named.get(order.get(i)));
    }
  }

  /**
   * Refuses calls in which some arguments have a name and others have none.
   *
   * @throws org.apache.calcite.runtime.CalciteContextException 42601 with the place
   */
  static void refuseMixed(SqlCall call) {
    List<SqlNode> operands = call.getOperandList();
    if (operands.stream().anyMatch(Candidates::isNamed)) {
      operands.stream()
          .filter(operand -> !isNamed(operand))
          .findFirst()
          .ifPresent(
              operand -> {
                throw ModuleOperator.at(
                    operand.getParserPosition(),
                    new SqlError(
                        "42601", "name either all arguments or none: this one has no name"));
              });
    }
  }

  private static boolean isNamed(SqlNode operand) {
    return operand.getKind() == SqlKind.ARGUMENT_ASSIGNMENT;
  }

  private RuntimeException noneTakes(SqlCall call, Set<String> names) {
    return ModuleOperator.at(
        call.getParserPosition(),
        new SqlError(
            "42883",
            "no function "
                + called
                + " takes just the arguments "
                + String.join(", ", names)
                + "; candidates: "
                + functions.stream()
                    .map(SqlFunction::sqlSignature)
                    .collect(Collectors.joining("; "))));
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
    place(binding.getCall());
    List<ArgType> arguments = new ArrayList<>();
    for (SqlNode operand : binding.getCall().getOperandList()) {
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
