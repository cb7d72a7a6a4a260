package io.calcitewasm.adapter.function;

import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.dynamic.DynamicAggregate;
import io.calcitewasm.udf.module.ModuleVersion;
import io.calcitewasm.udf.signature.SqlFunction;
import io.calcitewasm.udf.signature.SqlType;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.validate.SqlUserDefinedAggFunction;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.util.Optionality;
import org.jspecify.annotations.Nullable;

/**
 * An aggregate of a module that takes any arguments. When the type of a call is derived, the guest
 * is asked what it answers for arguments of these types; the call's operator is then one for these
 * types alone.
 */
public final class DynamicAggregateOperator extends SqlUserDefinedAggFunction {
  private final ModuleVersion module;
  private final DynamicAggregateFunction aggregate;

  /** The operator of a name; the types of a call are not known yet. */
  DynamicAggregateOperator(SqlIdentifier name, ModuleVersion module, SqlFunction function) {
    this(
        name,
        module,
        new DynamicAggregateFunction(
            function, List.of(), null, module.runtime().engine().summary()));
  }

  private DynamicAggregateOperator(
      SqlIdentifier name, ModuleVersion module, DynamicAggregateFunction aggregate) {
    super(
        name,
        SqlKind.OTHER_FUNCTION,
        binding -> aggregate.getReturnType(binding.getTypeFactory()),
        (binding, returnType, operandTypes) -> {},
        new ModuleOperands(aggregate.function()),
        aggregate,
        false,
        false,
        Optionality.OPTIONAL);
    this.module = module;
    this.aggregate = aggregate;
  }

  @Override
  public String getName() {
    return aggregate.function().longName();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DynamicAggregateOperator that && aggregate.equals(that.aggregate);
  }

  @Override
  public int hashCode() {
    return aggregate.hashCode();
  }

  @Override
  public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
    try {
      List<@Nullable SqlType> types =
          ArgumentTypes.of(validator, scope.getOperandScope(call), call);
      SqlType result =
          ArgumentTypes.resolved(
              calls -> new DynamicAggregate(calls, module, aggregate.function(), types).result());
      DynamicAggregateFunction resolved =
          new DynamicAggregateFunction(aggregate.function(), types, result, aggregate.engine());
      ((SqlBasicCall) call)
          .setOperator(new DynamicAggregateOperator(getNameAsId(), module, resolved));
      RelDataType type = resolved.getReturnType(validator.getTypeFactory());
      validator.setValidatedNodeType(call, type);
      return type;
    } catch (SqlError e) {
      throw ModuleOperator.at(call.getParserPosition(), e);
    }
  }
}
