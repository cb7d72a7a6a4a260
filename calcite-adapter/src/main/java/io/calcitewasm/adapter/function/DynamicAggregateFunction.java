package io.calcitewasm.adapter.function;

import io.calcitewasm.adapter.exec.AggregateKey;
import io.calcitewasm.udf.dynamic.DynamicAggregate;
import io.calcitewasm.udf.signature.AggregateMethods;
import io.calcitewasm.udf.signature.SqlForm;
import io.calcitewasm.udf.signature.SqlFunction;
import io.calcitewasm.udf.signature.SqlType;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.FunctionParameter;
import org.jspecify.annotations.Nullable;

/**
 * A call of an aggregate of any arguments as Calcite's schema sees it.
 *
 * @param function the module's function
 * @param types of the call's arguments; null where nothing is known but NULL
 * @param result what they were resolved to; null before
 * @param engine what runs its calls, in a word for plans
 */
public record DynamicAggregateFunction(
    SqlFunction function, List<@Nullable SqlType> types, @Nullable SqlType result, String engine)
    implements AggregatedFunction {
  public DynamicAggregateFunction {
    types = Collections.unmodifiableList(types);
  }

  @Override
  public RelDataType getReturnType(RelDataTypeFactory typeFactory) {
    return SqlTypes.resolved(result, typeFactory);
  }

  @Override
  public List<FunctionParameter> getParameters() {
    return List.of();
  }

  @Override
  public AggregateKey key() {
    return AggregateKey.of(function, types, Objects.requireNonNull(result, "result"));
  }

  @Override
  public List<@Nullable Object> opening() {
    return List.of(DynamicAggregate.HANDLE);
  }

  @Override
  public AggregateMethods methods() {
    return ((SqlForm.DynamicAggregate) function.form()).methods();
  }
}
