package io.calcitewasm.adapter.batch;

import io.calcitewasm.adapter.function.AggregateParts;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.adapter.enumerable.AggContext;
import org.apache.calcite.adapter.enumerable.AggImplementor;
import org.apache.calcite.adapter.enumerable.RexImpTable;
import org.apache.calcite.adapter.java.JavaTypeFactory;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * A call of an aggregate that is no module's, beside one that is: what Calcite has the code of such
 * aggregates made with.
 *
 * @param aggregate the operator that calls it
 * @param call the call
 * @param implementor makes the code, of this call alone
 * @param types of what it keeps for a group, in Java
 */
record OrdinaryCall(
    Aggregate aggregate, AggregateCall call, AggImplementor implementor, List<Class<?>> types) {

  /** The call, if rows can be given to it in the order in which they come, one by one. */
  static Optional<OrdinaryCall> of(Aggregate aggregate, AggregateCall call) {
    if (AggregateParts.isOfModule(call.getAggregation())
        || call.isDistinct()
        || call.distinctKeys != null
        || call.ignoreNulls()
        || !call.getCollation().getFieldCollations().isEmpty()) {
      return Optional.empty();
    }
    AggImplementor implementor = RexImpTable.INSTANCE.get(call.getAggregation(), false);
    if (implementor == null) {
      return Optional.empty();
    }
    List<Type> types =
        implementor.getStateType(
            new OrdinaryCall(aggregate, call, implementor, List.of()).context());
    return types.stream().allMatch(type -> type instanceof Class<?>)
        ? Optional.of(
            new OrdinaryCall(
                aggregate,
                call,
                implementor,
                types.stream().<Class<?>>map(type -> (Class<?>) type).toList()))
        : Optional.empty();
  }

  /** What the implementor is told of the call. */
  AggContext context() {
    return new Context(aggregate, call);
  }

  /** The columns of the input that it takes. */
  ImmutableBitSet inputs() {
    ImmutableBitSet arguments = ImmutableBitSet.of(call.getArgList());
    return call.filterArg < 0 ? arguments : arguments.set(call.filterArg);
  }

  private record Context(Aggregate aggregate, AggregateCall call) implements AggContext {
    @Override
    public SqlAggFunction aggregation() {
      return call.getAggregation();
    }

    @Override
    public RelDataType returnRelType() {
      return call.getType();
    }

    @Override
    public Type returnType() {
      return javaClass(call.getType());
    }

    @Override
    public List<RelDataType> parameterRelTypes() {
      return fieldTypes(call.getArgList());
    }

    @Override
    public List<Type> parameterTypes() {
      return parameterRelTypes().stream().map(this::javaClass).toList();
    }

    @Override
    public List<Integer> keyOrdinals() {
      return aggregate.getGroupSet().asList();
    }

    @Override
    public List<RelDataType> keyRelTypes() {
      return fieldTypes(keyOrdinals());
    }

    @Override
    public List<Type> keyTypes() {
      return keyRelTypes().stream().map(this::javaClass).toList();
    }

    @Override
    public List<ImmutableBitSet> groupSets() {
      return aggregate.getGroupSets();
    }

    private List<RelDataType> fieldTypes(List<Integer> fields) {
      return fields.stream()
          .map(field -> aggregate.getInput().getRowType().getFieldList().get(field).getType())
          .toList();
    }

    private Type javaClass(RelDataType type) {
      Type known = ((JavaTypeFactory) aggregate.getCluster().getTypeFactory()).getJavaClass(type);
      return known instanceof Class<?> ? known : Object[].class;
    }
  }
}
