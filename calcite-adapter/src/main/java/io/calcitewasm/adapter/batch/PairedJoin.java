package io.calcitewasm.adapter.batch;

import io.calcitewasm.adapter.function.CallTraits;
import io.calcitewasm.adapter.function.ModuleCalls;
import io.calcitewasm.adapter.function.ModuleFunction;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.apache.calcite.adapter.enumerable.EnumerableMergeJoin;
import org.apache.calcite.adapter.enumerable.EnumerableNestedLoopJoin;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinInfo;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.ImmutableIntList;

/**
 * A join of which a row without partner matters, and whose condition calls functions of modules: as
 * {@link ModulePairs}, the evaluation of the condition by batches, and {@link ModuleJoin}.
 */
final class PairedJoin {
  private final Join join;
  private final JoinInfo keys;
  private final List<RexNode> plain;
  private final List<RexNode> calling;
  private final RexBuilder rex;

  private PairedJoin(Join join) {
    this.join = join;
    this.rex = join.getCluster().getRexBuilder();
    this.keys =
        join instanceof EnumerableNestedLoopJoin
            ? JoinInfo.of(ImmutableIntList.of(), ImmutableIntList.of())
            : join.analyzeCondition();
    List<RexNode> conjuncts =
        join instanceof EnumerableNestedLoopJoin
            ? RelOptUtil.conjunctions(join.getCondition())
            : keys.nonEquiConditions;
    this.plain = conjuncts.stream().filter(conjunct -> !ModuleCalls.in(conjunct)).toList();
    this.calling =
        conjuncts.stream()
            .filter(ModuleCalls::in)
            .sorted(Comparator.comparingLong(CallCost::of))
            .toList();
  }

  /**
   * The join with its calls in batches; itself if that cannot be.
   *
   * @param batched whose calls may be made in batches
   */
  static RelNode of(Join join, Predicate<ModuleFunction> batched) {
    return switch (join.getJoinType()) {
      case LEFT, RIGHT, FULL -> new PairedJoin(join).plan(batched);
      // Candidates behind the first that fits are evaluated ahead, but in SQL nobody calls them.
      case SEMI, ANTI ->
          new PairedJoin(join)
              .plan(batched.and(function -> function.traits().order() == CallTraits.Order.ANY));
      default -> join;
    };
  }

  private RelNode plan(Predicate<ModuleFunction> batched) {
    if (calling.stream()
            .flatMap(ModuleCalls::functions)
            .noneMatch(
                called -> called instanceof ModuleFunction function && batched.test(function))
        || (join instanceof EnumerableMergeJoin && hasDecimalKeys())) {
      return join;
    }
    ModulePairs pairs =
        ModulePairs.create(
            join.getLeft(),
            join.getRight(),
            new ModulePairs.Pairing(
                join.getJoinType(),
                join.getRowType(),
                keys.leftKeys,
                keys.rightKeys,
                keys.nullExclusionFlags,
                plain.isEmpty() ? null : RexUtil.composeConjunction(rex, plain),
                RelOptUtil.InputFinder.bits(calling, null).asList()));
    List<RexNode> judged = List.of(condition(pairs), pairs.pair());
    RelDataType judgedType =
        join.getCluster()
            .getTypeFactory()
            .builder()
            .add("$meets", judged.get(0).getType())
            .add("$pair", judged.get(1).getType())
            .build();
    RelNode calls =
        new Stages(
                pairs,
                List.of(),
                judged,
                Collections.nCopies(judged.size(), rex.makeLiteral(true)),
                judgedType,
                batched)
            .build();
    return ModuleJoin.of(join, calls);
  }

  /** Whether two rows meet; each condition is evaluated where those before it are true. */
  private RexNode condition(ModulePairs pairs) {
    RexNode no = rex.makeLiteral(false);
    RexNode meets = rex.makeCall(SqlStdOperatorTable.IS_TRUE, pairs.onPairs(calling.getLast()));
    for (RexNode conjunct : calling.subList(0, calling.size() - 1).reversed()) {
      meets = rex.makeCall(SqlStdOperatorTable.CASE, pairs.onPairs(conjunct), meets, no);
    }
    return rex.makeCall(SqlStdOperatorTable.CASE, pairs.real(), meets, no);
  }

  /** Such keys are equal where their scales differ, which hashing does not know. */
  private boolean hasDecimalKeys() {
    return keys.leftKeys.stream()
        .anyMatch(
            key ->
                join.getLeft().getRowType().getFieldList().get(key).getType().getSqlTypeName()
                    == SqlTypeName.DECIMAL);
  }
}
