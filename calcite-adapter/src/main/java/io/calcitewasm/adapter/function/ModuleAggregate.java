package io.calcitewasm.adapter.function;

import io.calcitewasm.adapter.exec.FunctionKey;
import io.calcitewasm.udf.signature.SqlForm;
import io.calcitewasm.udf.signature.SqlFunction;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlUserDefinedAggFunction;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.util.Optionality;
import org.jspecify.annotations.Nullable;

/**
 * The aggregates of a module that share a SQL name, as one Calcite operator; a call's operator is
 * that of the aggregate that it means. It knows the constructor's arguments where they are
 * literals, so that a group without rows has a value, too.
 */
public final class ModuleAggregate extends SqlUserDefinedAggFunction {
  private final String called;
  private final List<SqlFunction> candidates;

  /** Arguments of the constructor; null where they are not literals. */
  private final List<@Nullable Object> constants;

  private final String engine;

  /**
   * The operator of all aggregates that a name stands for.
   *
   * @param name the name as the user wrote it
   * @param candidates the aggregates, one or more
   * @param engine what runs their calls, in a word for plans
   */
  ModuleAggregate(SqlIdentifier name, List<SqlFunction> candidates, String engine) {
    this(name, candidates, List.of(), engine);
  }

  private ModuleAggregate(
      SqlIdentifier name,
      List<SqlFunction> candidates,
      List<@Nullable Object> constants,
      String engine) {
    super(
        name,
        SqlKind.OTHER_FUNCTION,
        binding -> resultType(candidates.getFirst(), constants, binding.getTypeFactory()),
        (binding, returnType, operandTypes) ->
            new Candidates(name.toString(), candidates).inferOperandTypes(binding, operandTypes),
        new ModuleOperands(candidates.getFirst()),
        new ModuleAggregateFunction(candidates.getFirst(), constants, engine),
        false,
        false,
        Optionality.OPTIONAL);
    this.called = name.toString();
    this.candidates = List.copyOf(candidates);
    this.constants = constants;
    this.engine = engine;
  }

  /** NULL may come from the guest, or from a constructor that is given NULL or nothing. */
  static RelDataType resultType(
      SqlFunction function, List<@Nullable Object> constants, RelDataTypeFactory typeFactory) {
    boolean unknown = false;
    if (function.form() instanceof SqlForm.Aggregate aggregate) {
      for (int i = 0; i < aggregate.constantCount(); i++) {
        unknown |=
            !aggregate.parameters().get(i).nullable()
                && (i >= constants.size() || constants.get(i) == null);
      }
    }
    return SqlTypes.toCalcite(function.result(), function.resultNullable() || unknown, typeFactory);
  }

  private SqlFunction aggregate() {
    return candidates.getFirst();
  }

  /** The long name: two interfaces may share a short one. */
  @Override
  public String getName() {
    return aggregate().longName();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ModuleAggregate that
        && candidates.equals(that.candidates)
        && constants.equals(that.constants);
  }

  @Override
  public int hashCode() {
    return FunctionKey.of(aggregate()).hashCode();
  }

  @Override
  public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
    SqlValidatorScope operandScope = scope.getOperandScope(call);
    SqlFunction chosen = new Candidates(called, candidates).choose(validator, operandScope, call);
    ModuleAggregate operator =
        new ModuleAggregate(getNameAsId(), List.of(chosen), literals(chosen, call), engine);
    ((SqlBasicCall) call).setOperator(operator);
    RelDataType type = operator.inferReturnType(new SqlCallBinding(validator, operandScope, call));
    validator.setValidatedNodeType(call, type);
    return type;
  }

  private static List<@Nullable Object> literals(SqlFunction function, SqlCall call) {
    List<@Nullable Object> literals = new ArrayList<>();
    if (function.form() instanceof SqlForm.Aggregate aggregate) {
      for (int i = 0; i < aggregate.constantCount(); i++) {
        literals.add(literal(call.operand(i)));
      }
    }
    return Collections.unmodifiableList(literals);
  }

  private static @Nullable Object literal(SqlNode operand) {
    if (operand instanceof SqlLiteral literal) {
      return switch (literal.getTypeName()) {
        case DECIMAL, DOUBLE, BIGINT, INTEGER -> literal.bigDecimalValue();
        case BOOLEAN -> literal.booleanValue();
        case CHAR -> literal.toValue();
        default -> null;
      };
    }
    if (operand.getKind() == SqlKind.MINUS_PREFIX
        && ((SqlCall) operand).operand(0) instanceof SqlLiteral literal
        && SqlTypeName.NUMERIC_TYPES.contains(literal.getTypeName())) {
      BigDecimal value = literal.bigDecimalValue();
      return value == null ? null : value.negate();
    }
    return null;
  }
}
