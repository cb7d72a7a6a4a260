package io.calcitewasm.adapter.function;

import io.calcitewasm.adapter.exec.AggregateKey;
import io.calcitewasm.udf.module.ModuleVersion;
import io.calcitewasm.udf.signature.AggregateMethods;
import io.calcitewasm.udf.signature.SqlForm;
import io.calcitewasm.udf.signature.SqlFunction;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.FunctionParameter;
import org.jspecify.annotations.Nullable;

/** A module's aggregate as Calcite's schema sees it. */
public final class ModuleAggregateFunction implements AggregatedFunction {
  private final SqlFunction function;
  private final List<@Nullable Object> constants;
  private final String engine;

  /** Wraps an aggregate of a module's version. */
  public ModuleAggregateFunction(ModuleVersion module, SqlFunction function) {
    this(function, List.of(), module.runtime().engine().summary());
  }

  /**
   * Wraps an aggregate of one call.
   *
   * @param constants what the constructor is given if no row comes, null where that is not known
   * @param engine what runs its calls, in a word for plans
   */
  ModuleAggregateFunction(SqlFunction function, List<@Nullable Object> constants, String engine) {
    this.function = function;
    this.constants = constants;
    this.engine = engine;
  }

  @Override
  public SqlFunction function() {
    return function;
  }

  @Override
  public RelDataType getReturnType(RelDataTypeFactory typeFactory) {
    return ModuleAggregate.resultType(function, constants, typeFactory);
  }

  @Override
  public List<FunctionParameter> getParameters() {
    return Parameter.of(function);
  }

  @Override
  public AggregateKey key() {
    return AggregateKey.of(function);
  }

  @Override
  public List<@Nullable Object> opening() {
    return constants;
  }

  @Override
  public String engine() {
    return engine;
  }

  @Override
  public AggregateMethods methods() {
    return ((SqlForm.Aggregate) function.form()).methods();
  }
}
