package io.calcitewasm.adapter.batch;

import io.calcitewasm.adapter.function.AggregateParts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.adapter.enumerable.EnumerableAggregate;
import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/**
 * Aggregates with several grouping sets, one of which has all columns of the others, as two
 * operators: the lower gives each row to one accumulator, that of the finest group; the upper
 * merges accumulators into the coarser groups. So a row goes to the guest once, not once for each
 * set.
 */
final class MergedSets {
  private final EnumerableAggregate original;
  private final RelDataType any;
  private final List<AggregateCall> parts = new ArrayList<>();

  private MergedSets(EnumerableAggregate original) {
    this.original = original;
    RelDataTypeFactory types = original.getCluster().getTypeFactory();
    this.any = types.createTypeWithNullability(types.createSqlType(SqlTypeName.ANY), true);
  }

  /** Operators that do the same as an aggregate that has aggregates to be merged. */
  static Optional<RelNode> of(EnumerableAggregate aggregate) {
    // Without a set of all columns there might be nearly as many finest groups as rows.
    boolean divided =
        aggregate.getGroupType() != Aggregate.Group.SIMPLE
            && aggregate.getGroupSets().contains(aggregate.getGroupSet())
            && aggregate.getAggCallList().stream()
                .anyMatch(call -> AggregateParts.isOfModule(call.getAggregation()));
    return divided ? Optional.ofNullable(new MergedSets(aggregate).merged()) : Optional.empty();
  }

  /** Null if there is an aggregate that cannot be merged. */
  private @Nullable RelNode merged() {
    for (AggregateCall call : original.getAggCallList()) {
      if (!isGrouping(call)) {
        AggregateCall part = part(call);
        if (part == null) {
          return null;
        }
        parts.add(part);
      }
    }
    RelNode lower =
        original.copy(
            original.getCluster().traitSetOf(EnumerableConvention.INSTANCE),
            original.getInput(),
            original.getGroupSet(),
            List.of(original.getGroupSet()),
            parts);
    List<AggregateCall> wholes = new ArrayList<>();
    int column = original.getGroupCount();
    for (AggregateCall call : original.getAggCallList()) {
      AggregateCall whole = isGrouping(call) ? grouping(call) : whole(call, lower, column++);
      if (whole == null) {
        return null;
      }
      wholes.add(whole);
    }
    return original.copy(
        original.getTraitSet(),
        lower,
        ImmutableBitSet.range(original.getGroupCount()),
        ImmutableBitSet.ORDERING.sortedCopy(
            original.getGroupSets().stream().map(this::ofLower).toList()),
        wholes);
  }

  private static boolean isGrouping(AggregateCall call) {
    return call.getAggregation().getKind() == SqlKind.GROUPING
        || call.getAggregation().getKind() == SqlKind.GROUPING_ID
        || call.getAggregation().getKind() == SqlKind.GROUP_ID;
  }

  /** The lower aggregate; null if there is none. */
  private @Nullable AggregateCall part(AggregateCall call) {
    SqlAggFunction function = call.getAggregation();
    if (call.isDistinct() || !call.getCollation().getFieldCollations().isEmpty()) {
      return null;
    }
    if (AggregateParts.isMergeable(function)) {
      return create(
          AggregateParts.partial(function, any), call, call.getArgList(), call.filterArg, any);
    }
    if (AggregateParts.isOfModule(function) || function.getRollup() == null || isRounded(call)) {
      return null;
    }
    // A finest group has rows, a coarser one need not have any.
    return AggregateCall.create(
        function,
        false,
        call.isApproximate(),
        call.ignoreNulls(),
        call.rexList,
        call.getArgList(),
        call.filterArg,
        null,
        RelCollations.EMPTY,
        false,
        original.getInput(),
        null,
        call.getName());
  }

  /** Whether a sum depends on the order in which numbers are added. */
  private static boolean isRounded(AggregateCall call) {
    SqlKind kind = call.getAggregation().getKind();
    return (kind == SqlKind.SUM || kind == SqlKind.SUM0)
        && SqlTypeName.APPROX_TYPES.contains(call.getType().getSqlTypeName());
  }

  /** The upper aggregate; null if its values would have another type. */
  private @Nullable AggregateCall whole(AggregateCall call, RelNode lower, int column) {
    SqlAggFunction function = call.getAggregation();
    if (AggregateParts.isOfModule(function)) {
      return create(
          AggregateParts.merging(function, call.getType()),
          call,
          List.of(column),
          -1,
          call.getType());
    }
    AggregateCall rolled =
        AggregateCall.create(
            function.getRollup(),
            false,
            call.isApproximate(),
            call.ignoreNulls(),
            List.of(),
            List.of(column),
            -1,
            null,
            RelCollations.EMPTY,
            original.hasEmptyGroup(),
            lower,
            null,
            call.getName());
    return rolled.getType().equals(call.getType()) ? rolled : null;
  }

  private static AggregateCall create(
      SqlAggFunction function,
      AggregateCall call,
      List<Integer> arguments,
      int filter,
      RelDataType type) {
    return AggregateCall.create(
        function,
        false,
        call.isApproximate(),
        call.ignoreNulls(),
        List.of(),
        arguments,
        filter,
        null,
        RelCollations.EMPTY,
        type,
        call.getName());
  }

  /** GROUPING of columns where the lower operator has them. */
  private AggregateCall grouping(AggregateCall call) {
    return call.withArgList(
        call.getArgList().stream().map(original.getGroupSet()::indexOf).toList());
  }

  private ImmutableBitSet ofLower(ImmutableBitSet set) {
    ImmutableBitSet.Builder own = ImmutableBitSet.builder();
    set.forEachInt(column -> own.set(original.getGroupSet().indexOf(column)));
    return own.build();
  }
}
