package io.calcitewasm.adapter.function;

import io.calcitewasm.adapter.exec.FunctionKey;
import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.module.ModuleVersion;
import io.calcitewasm.udf.signature.Overloads;
import io.calcitewasm.udf.signature.SqlFunction;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
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
  private final ModuleVersion module;
  private final CallTraits traits;
  private final boolean deterministic;

  /** Where the call stands that must not be taken for another one; empty where it may. */
  private final String place;

  /**
   * The operator of all functions that a name stands for.
   *
   * @param name the name as the user wrote it
   * @param candidates the functions, one or more
   * @param module the version that they are of
   */
  ModuleOperator(SqlIdentifier name, List<SqlFunction> candidates, ModuleVersion module) {
    this(name, candidates, module, CallTraits.of(module, candidates.getFirst()), "");
  }

  private ModuleOperator(
      SqlIdentifier name,
      List<SqlFunction> candidates,
      ModuleVersion module,
      CallTraits traits,
      String place) {
    super(
        name,
        SqlKind.OTHER_FUNCTION,
        binding -> Candidates.returnType(candidates.getFirst(), binding),
        (binding, returnType, operandTypes) ->
            new Candidates(name.toString(), candidates).inferOperandTypes(binding, operandTypes),
        new ModuleOperands(candidates.getFirst()),
        new ModuleFunction(candidates.getFirst(), traits, place));
    this.place = place;
    this.called = name.toString();
    this.candidates = List.copyOf(candidates);
    this.module = module;
    this.traits = traits;
    this.deterministic =
        candidates.stream().allMatch(c -> CallTraits.of(module, c).deterministic());
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
    return deterministic;
  }

  @Override
  public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
    SqlValidatorScope operandScope = scope.getOperandScope(call);
    SqlFunction chosen = new Candidates(called, candidates).choose(validator, operandScope, call);
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
    CallTraits traits = CallTraits.of(module, chosen);
    String here =
        traits.deterministic() ? "" : position.getLineNum() + ":" + position.getColumnNum();
    return candidates.size() == 1 && place.equals(here)
        ? this
        : new ModuleOperator(getNameAsId(), List.of(chosen), module, traits, here);
  }

  /**
   * Refuses calls of modules' functions in which some arguments have a name and others have none.
   *
   * @throws CalciteContextException 42601 with the place
   */
  public static void refuseMixedNames(SqlCall call) {
    switch (call.getOperator()) {
      case ModuleOperator _, ModuleAggregate _, ModuleTable _ -> Candidates.refuseMixed(call);
      default -> {}
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
}
