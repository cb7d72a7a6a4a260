package io.calcitewasm.adapter.collation;

import io.calcitewasm.udf.SqlError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/**
 * An aggregate that groups by texts with collations or has them as arguments. Groups are those of
 * the keys, and each answers the least of its texts in the order of characters, whatever the order
 * of the rows; MIN and MAX answer, of texts that the collation takes for equal, the least and the
 * greatest in the order of characters.
 */
final class CollatedAggregate {
  private final CollatingRexBuilder rex;
  private final CollationKeys keys;
  private final Aggregate original;
  private final List<RexNode> columns;

  /** Columns of keys by the columns of their texts. */
  private final Map<Integer, Integer> keyOf = new HashMap<>();

  CollatedAggregate(CollatingRexBuilder rex, Aggregate aggregate) {
    this.rex = rex;
    this.keys = rex.keys();
    this.original = aggregate;
    this.columns = new ArrayList<>(rex.identityProjects(aggregate.getInput().getRowType()));
  }

  /** The aggregate over keys, with the same columns; itself if no collation matters. */
  RelNode rewritten() {
    int width = columns.size();
    List<Integer> groups = original.getGroupSet().asList();
    List<AggregateCall> calls = new ArrayList<>();
    for (AggregateCall call : original.getAggCallList()) {
      calls.add(rewritten(call));
    }
    for (int group : groups) {
      if (CollationKeys.matter(columns.get(group))) {
        var _ = key(group, "rows cannot be grouped by it (GROUP BY, DISTINCT)");
      }
    }
    return columns.size() == width ? original : aggregate(groups, calls);
  }

  private RelNode aggregate(List<Integer> groups, List<AggregateCall> calls) {
    IntUnaryOperator moved = i -> keyOf.getOrDefault(i, i);
    ImmutableBitSet groupSet = moved(original.getGroupSet(), moved);
    List<AggregateCall> all = new ArrayList<>(calls);
    Map<Integer, Integer> representatives = new HashMap<>();
    for (int group : groups) {
      if (keyOf.containsKey(group)) {
        representatives.put(group, groupSet.cardinality() + all.size());
        all.add(least(group));
      }
    }
    RelNode grouped =
        LogicalAggregate.create(
            CollatedPlan.project(original.getInput(), columns),
            List.of(),
            groupSet,
            original.getGroupSets().stream()
                .map(set -> moved(set, moved))
                .sorted(ImmutableBitSet.ORDERING)
                .toList(),
            all);
    List<RexNode> answers = new ArrayList<>();
    for (int group : groups) {
      RexNode key = ref(grouped, groupSet.indexOf(moved.applyAsInt(group)));
      Integer representative = representatives.get(group);
      answers.add(representative == null ? key : whereGrouped(key, ref(grouped, representative)));
    }
    for (int i = 0; i < calls.size(); i++) {
      RexNode value = ref(grouped, groupSet.cardinality() + i);
      RelDataType wanted = original.getAggCallList().get(i).getType();
      answers.add(isExtreme(original.getAggCallList().get(i)) ? keys.textOf(value, wanted) : value);
    }
    return CollatedPlan.typed(rex, grouped, answers, original.getRowType());
  }

  /** The text where its key is one of the group's; NULL in a grouping set without it. */
  private RexNode whereGrouped(RexNode key, RexNode text) {
    return original.getGroupType() == Aggregate.Group.SIMPLE
        ? text
        : rex.makeCall(
            SqlStdOperatorTable.CASE,
            rex.makeCall(SqlStdOperatorTable.IS_NULL, key),
            rex.makeNullLiteral(text.getType()),
            text);
  }

  private RexNode ref(RelNode input, int column) {
    return rex.makeInputRef(input, column);
  }

  private static ImmutableBitSet moved(ImmutableBitSet set, IntUnaryOperator moved) {
    ImmutableBitSet.Builder builder = ImmutableBitSet.builder();
    set.forEachInt(i -> builder.set(moved.applyAsInt(i)));
    return builder.build();
  }

  /** The least text of a group, in the order of characters. */
  private AggregateCall least(int column) {
    RelDataType text = columns.get(column).getType();
    return AggregateCall.create(
        SqlStdOperatorTable.MIN,
        false,
        false,
        false,
        List.of(),
        List.of(column),
        -1,
        null,
        RelCollations.EMPTY,
        rex.getTypeFactory().createTypeWithNullability(text, text.isNullable() || hasEmptyGroup()),
        null);
  }

  /** Whether there may be a group of no rows. */
  private boolean hasEmptyGroup() {
    return original.getGroupSets().stream().anyMatch(ImmutableBitSet::isEmpty);
  }

  private AggregateCall rewritten(AggregateCall call) {
    AggregateCall own = call.withCollation(ordered(call.getCollation()));
    if (isExtreme(call)) {
      int text = call.getArgList().getFirst();
      int column = added(keys.strictlyOrdered(columns.get(text)));
      return create(own, List.of(column), columns.get(column).getType());
    }
    if (call.getAggregation().getKind() == SqlKind.ARG_MIN
        || call.getAggregation().getKind() == SqlKind.ARG_MAX) {
      int by = call.getArgList().get(1);
      return CollationKeys.matter(columns.get(by))
          ? own.withArgList(List.of(call.getArgList().get(0), added(keys.ordered(columns.get(by)))))
          : own;
    }
    if (!call.isDistinct()
        || call.getArgList().stream().noneMatch(i -> CollationKeys.matter(columns.get(i)))) {
      return own;
    }
    if (call.getAggregation().getKind() != SqlKind.COUNT) {
      throw new SqlError(
          "0A000",
          call.getAggregation()
              + "(DISTINCT …) of texts with a collation is not supported; COUNT, MIN and MAX are");
    }
    return own.withArgList(
        call.getArgList().stream()
            .map(
                i ->
                    CollationKeys.matter(columns.get(i))
                        ? key(i, "different texts cannot be told apart by it (DISTINCT)")
                        : i)
            .toList());
  }

  private boolean isExtreme(AggregateCall call) {
    return (call.getAggregation().getKind() == SqlKind.MIN
            || call.getAggregation().getKind() == SqlKind.MAX)
        && CollationKeys.matter(columns.get(call.getArgList().getFirst()));
  }

  private AggregateCall create(AggregateCall call, List<Integer> arguments, RelDataType type) {
    @Nullable String name = call.getName();
    return AggregateCall.create(
        call.getAggregation(),
        false,
        call.isApproximate(),
        call.ignoreNulls(),
        call.rexList,
        arguments,
        call.filterArg,
        call.distinctKeys,
        call.getCollation(),
        rex.getTypeFactory().createTypeWithNullability(type, call.getType().isNullable()),
        name);
  }

  private RelCollation ordered(RelCollation collation) {
    return RelCollations.of(
        collation.getFieldCollations().stream()
            .map(
                field -> {
                  RexNode column = columns.get(field.getFieldIndex());
                  return CollationKeys.matter(column)
                      ? field.withFieldIndex(added(keys.ordered(column)))
                      : field;
                })
            .toList());
  }

  private int key(int column, String needed) {
    Integer known = keyOf.get(column);
    if (known == null) {
      known = added(keys.key(columns.get(column), needed));
      keyOf.put(column, known);
    }
    return known;
  }

  private int added(RexNode column) {
    columns.add(column);
    return columns.size() - 1;
  }
}
