package io.calcitewasm.adapter.batch;

import io.calcitewasm.adapter.function.ModuleAggregateFunction;
import io.calcitewasm.udf.batch.BatchColumn;
import io.calcitewasm.udf.signature.SqlParameter;
import io.calcitewasm.udf.signature.SqlType;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.adapter.enumerable.EnumerableAggregate;
import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlUserDefinedAggFunction;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/**
 * Physical operator that groups rows and gives them to aggregates of modules in columns, for
 * batches of rows: no object per row, and a table of groups that a row looks at once. Other
 * aggregates beside them accumulate in arrays, by the numbers of groups.
 */
public final class ModuleGroups extends Aggregate implements EnumerableRel {
  private ModuleGroups(
      RelOptCluster cluster,
      RelTraitSet traits,
      RelNode input,
      ImmutableBitSet groupSet,
      List<AggregateCall> calls) {
    super(cluster, traits, List.of(), input, groupSet, null, calls);
  }

  /** The operator in the place of another one; that one if it does something else, too. */
  static RelNode of(EnumerableAggregate aggregate) {
    return aggregate.getGroupType() == Group.SIMPLE
            && aggregate.getAggCallList().stream().anyMatch(call -> function(call).isPresent())
            && aggregate.getGroupSet().asList().stream()
                .allMatch(key -> isKey(fieldType(aggregate, key)))
            && aggregate.getAggCallList().stream()
                .allMatch(
                    call -> fits(aggregate, call) || OrdinaryCall.of(aggregate, call).isPresent())
        ? new ModuleGroups(
            aggregate.getCluster(),
            aggregate.getCluster().traitSetOf(EnumerableConvention.INSTANCE),
            aggregate.getInput(),
            aggregate.getGroupSet(),
            aggregate.getAggCallList())
        : aggregate;
  }

  private static RelDataType fieldType(Aggregate aggregate, int field) {
    return aggregate.getInput().getRowType().getFieldList().get(field).getType();
  }

  /** Whether values of a type are the same that are equal in Java. */
  private static boolean isKey(RelDataType type) {
    return ColumnKind.of(type) != ColumnKind.OBJECT
        || SqlTypeName.STRING_TYPES.contains(type.getSqlTypeName())
        || type.getSqlTypeName() == SqlTypeName.DECIMAL
        || type.getSqlTypeName() == SqlTypeName.UUID;
  }

  private static boolean fits(Aggregate aggregate, AggregateCall call) {
    Optional<ModuleAggregateFunction> found = function(call);
    if (found.isEmpty()
        || call.isDistinct()
        || call.distinctKeys != null
        || call.ignoreNulls()
        || !call.getCollation().getFieldCollations().isEmpty()) {
      return false;
    }
    List<SqlParameter> parameters = found.get().function().parameters();
    List<Integer> arguments = call.getArgList();
    boolean fits = arguments.size() == parameters.size();
    for (int i = 0; fits && i < arguments.size(); i++) {
      SqlParameter parameter = parameters.get(i);
      fits =
          argument(parameter, fieldType(aggregate, arguments.get(i))).column()
              == BatchColumn.of(parameter.type()).getClass();
    }
    return fits
        && ColumnKind.of(call.getType()).column()
            == BatchColumn.of(found.get().function().result()).getClass();
  }

  /** Which column holds an argument: one of the parameter's type where a DOUBLE is made of it. */
  static ColumnKind argument(SqlParameter parameter, RelDataType given) {
    return parameter.type() instanceof SqlType.Scalar scalar
            && scalar.kind() == SqlType.Kind.DOUBLE
            && SqlTypeName.EXACT_TYPES.contains(given.getSqlTypeName())
        ? ColumnKind.DOUBLE
        : ColumnKind.of(given);
  }

  /** The aggregate of a module that a call means, if it takes columns of its own types. */
  static Optional<ModuleAggregateFunction> function(AggregateCall call) {
    return call.getAggregation() instanceof SqlUserDefinedAggFunction operator
            && operator.function instanceof ModuleAggregateFunction module
        ? Optional.of(module)
        : Optional.empty();
  }

  @Override
  public Aggregate copy(
      RelTraitSet traits,
      RelNode input,
      ImmutableBitSet groupSet,
      @Nullable List<ImmutableBitSet> groupSets,
      List<AggregateCall> calls) {
    return new ModuleGroups(getCluster(), traits, input, groupSet, calls);
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    return Explained.aggregates(
        super.explainTerms(writer), getAggCallList().stream().map(AggregateCall::getAggregation));
  }

  /** The aggregates that are no modules', in their order. */
  List<OrdinaryCall> ordinary() {
    return getAggCallList().stream().flatMap(call -> OrdinaryCall.of(this, call).stream()).toList();
  }

  /** The fields that rows are grouped by. */
  List<RelDataTypeField> keys() {
    return groupSet.asList().stream().map(getInput().getRowType().getFieldList()::get).toList();
  }

  @Override
  public Result implement(EnumerableRelImplementor implementor, Prefer prefer) {
    Result child = implementor.visitChild(this, 0, (EnumerableRel) getInput(), prefer);
    return new ModuleGroupsCode(implementor, child, this).implement(prefer);
  }
}
