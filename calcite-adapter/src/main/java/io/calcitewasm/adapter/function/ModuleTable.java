package io.calcitewasm.adapter.function;

import io.calcitewasm.adapter.exec.FunctionKey;
import io.calcitewasm.udf.module.ModuleVersion;
import io.calcitewasm.udf.signature.SqlFunction;
import java.lang.reflect.Type;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlUserDefinedTableFunction;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.jspecify.annotations.Nullable;

/**
 * The table functions of a module that share a SQL name, as one Calcite operator; a call's operator
 * is that of the function that it means.
 */
public final class ModuleTable extends SqlUserDefinedTableFunction {
  private final String called;
  private final List<SqlFunction> candidates;
  private final ModuleVersion module;

  /**
   * The operator of all table functions that a name stands for.
   *
   * @param name the name as the user wrote it
   * @param candidates functions with {@linkplain SqlFunction#columns columns}, one or more
   * @param module the version that they are of
   */
  ModuleTable(SqlIdentifier name, List<SqlFunction> candidates, ModuleVersion module) {
    super(
        name,
        SqlKind.OTHER_FUNCTION,
        ReturnTypes.CURSOR,
        (binding, returnType, operandTypes) ->
            new Candidates(name.toString(), candidates).inferOperandTypes(binding, operandTypes),
        new ModuleOperands(candidates.getFirst()),
        new ModuleTableFunction(module, candidates.getFirst()));
    this.module = module;
    this.called = name.toString();
    this.candidates = List.copyOf(candidates);
  }

  @Override
  public String getName() {
    return candidates.getFirst().longName();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ModuleTable that && candidates.equals(that.candidates);
  }

  @Override
  public int hashCode() {
    return FunctionKey.of(candidates.getFirst()).hashCode();
  }

  @Override
  public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
    SqlValidatorScope operandScope = scope.getOperandScope(call);
    SqlFunction chosen = new Candidates(called, candidates).choose(validator, operandScope, call);
    // Columns of tables to the left are found by their full names only, once a limit stands
    // between.
    for (int i = 0; i < call.operandCount(); i++) {
      call.setOperand(i, validator.expand(call.operand(i), operandScope));
    }
    ((SqlBasicCall) call).setOperator(new ModuleTable(getNameAsId(), List.of(chosen), module));
    RelDataType type = validator.getTypeFactory().createSqlType(SqlTypeName.CURSOR);
    validator.setValidatedNodeType(call, type);
    return type;
  }

  @Override
  public SqlReturnTypeInference getRowTypeInference() {
    return binding ->
        SqlTypes.toCalcite(
            candidates.getFirst().columns().orElseThrow(), false, binding.getTypeFactory());
  }

  @Override
  public Type getElementType(SqlOperatorBinding binding) {
    return Object[].class;
  }
}
