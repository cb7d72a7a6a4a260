package io.calcitewasm.adapter.batch;

import io.calcitewasm.adapter.function.ModuleCalls;
import io.calcitewasm.adapter.function.ModuleFunction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.calcite.adapter.enumerable.EnumerableCalc;
import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexProgram;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.apache.calcite.util.ImmutableBitSet;
import org.apache.calcite.util.Pair;
import org.jspecify.annotations.Nullable;

/**
 * A filter and a projection as a pile of {@link ModuleCalc}s: each calls what can be called of the
 * results of those below it. Conditions without calls come first, then those with calls, cheap ones
 * before dear ones, each for the rows that are left; then the projection. What is called for all
 * rows of one operator is not called again above it.
 */
final class Stages {
  private final RexBuilder rex;
  private final RelDataType rowType;
  private final Predicate<ModuleFunction> batched;
  private RelNode input;

  /** Conditions that the next operator tests before it calls anything. */
  private List<RexNode> before;

  /** Conditions in the order in which they are tested. */
  private List<RexNode> conjuncts;

  private List<RexNode> projects;

  /** For each projection, which rows somebody reads it of; calls nothing. */
  private List<RexNode> readers;

  /**
   * Prepares a pile.
   *
   * @param input the rows below
   * @param conjuncts which rows are wanted: those for which all of these are true
   * @param projects the columns wanted
   * @param readers for each of them a condition without calls: the rows of which it is read
   * @param rowType names and types of the columns
   * @param batched whose calls may be made in batches
   */
  Stages(
      RelNode input,
      List<RexNode> conjuncts,
      List<RexNode> projects,
      List<RexNode> readers,
      RelDataType rowType,
      Predicate<ModuleFunction> batched) {
    this.batched = batched;
    this.rex = input.getCluster().getRexBuilder();
    this.rowType = rowType;
    this.input = input;
    this.before =
        conjuncts.stream()
            .filter(conjunct -> !ModuleCalls.in(conjunct))
            .sorted(Comparator.comparingLong(CallCost::of))
            .toList();
    this.conjuncts =
        conjuncts.stream()
            .filter(ModuleCalls::in)
            .sorted(Comparator.comparingLong(CallCost::of))
            .toList();
    this.projects = projects;
    this.readers = readers;
  }

  /** The operators; nothing is promised of the order of rows, though it is the input's. */
  RelNode build() {
    return build(input.getCluster().traitSetOf(EnumerableConvention.INSTANCE));
  }

  /**
   * The operators.
   *
   * @param traits what an operator in their place has promised
   */
  RelNode build(RelTraitSet traits) {
    while (true) {
      ReadyCalls ready = new ReadyCalls(rex, batched);
      if (conjuncts.isEmpty()) {
        Pair.forEach(projects, readers, ready::add);
      } else {
        ready.add(conjuncts.getFirst(), rex.makeLiteral(true));
      }
      List<GuardedCall> calls = ready.calls();
      if (calls.isEmpty()) {
        return rest(traits);
      }
      RelNode last = stage(calls, traits);
      if (last != null) {
        return last;
      }
    }
  }

  /** What is left is evaluated row by row. */
  private RelNode rest(RelTraitSet traits) {
    List<RexNode> conditions = new ArrayList<>(before);
    conditions.addAll(conjuncts);
    return new EnumerableCalc(
        input.getCluster(),
        traits,
        input,
        RexProgram.create(
            input.getRowType(),
            projects,
            conditions.isEmpty() ? null : RexUtil.composeConjunction(rex, conditions),
            rowType,
            rex));
  }

  /** Adds an operator for calls; returns it if nothing is left above it. */
  private @Nullable RelNode stage(List<GuardedCall> calls, RelTraitSet traits) {
    Map<RexNode, RexNode> results = new HashMap<>();
    Map<RexNode, RexNode> resultsForAll = new HashMap<>();
    int column = input.getRowType().getFieldCount();
    for (GuardedCall guarded : calls) {
      RexCall call = guarded.call();
      RexInputRef result = new RexInputRef(column++, call.getType());
      results.put(call, result);
      if (guarded.guard() == null) {
        resultsForAll.put(call, result);
      }
    }
    if (conjuncts.isEmpty()) {
      projects = replaced(projects, results);
    } else {
      List<RexNode> replaced = new ArrayList<>(replaced(conjuncts.subList(0, 1), results));
      replaced.addAll(replaced(conjuncts.subList(1, conjuncts.size()), resultsForAll));
      conjuncts = replaced;
      projects = replaced(projects, resultsForAll);
    }
    List<RexNode> tested = conjuncts.stream().filter(c -> !ModuleCalls.in(c)).toList();
    conjuncts = conjuncts.stream().filter(ModuleCalls::in).toList();
    RexNode taken = before.isEmpty() ? null : RexUtil.composeConjunction(rex, before);
    RexNode condition = tested.isEmpty() ? null : RexUtil.composeConjunction(rex, tested);
    before = List.of();
    if (conjuncts.isEmpty() && projects.stream().noneMatch(ModuleCalls::in)) {
      return ModuleCalc.create(
          traits, input, new ModuleCalc.Body(taken, calls, condition, projects), rowType);
    }
    input = passOn(taken, calls, condition);
    return null;
  }

  private static List<RexNode> replaced(List<RexNode> expressions, Map<RexNode, RexNode> by) {
    RexShuttle shuttle =
        new RexShuttle() {
          @Override
          public RexNode visitCall(RexCall call) {
            RexNode replacement = by.get(call);
            return replacement != null ? replacement : super.visitCall(call);
          }
        };
    return expressions.stream().map(expression -> expression.accept(shuttle)).toList();
  }

  /** An operator that delivers all columns which the expressions above it read. */
  private RelNode passOn(
      @Nullable RexNode taken, List<GuardedCall> calls, @Nullable RexNode condition) {
    RelDataType extended =
        ExtendedRow.type(input.getRowType(), calls, input.getCluster().getTypeFactory());
    List<RexNode> above = new ArrayList<>(conjuncts);
    above.addAll(projects);
    above.addAll(readers);
    ImmutableBitSet read = RelOptUtil.InputFinder.bits(above, null);
    List<RexNode> passed = new ArrayList<>();
    int[] places = new int[extended.getFieldCount()];
    for (int i : read) {
      places[i] = passed.size();
      passed.add(new RexInputRef(i, extended.getFieldList().get(i).getType()));
    }
    RexShuttle moved =
        new RexShuttle() {
          @Override
          public RexNode visitInputRef(RexInputRef ref) {
            return new RexInputRef(places[ref.getIndex()], ref.getType());
          }
        };
    conjuncts = moved.visitList(conjuncts);
    projects = moved.visitList(projects);
    readers = moved.visitList(readers);
    RelDataType passedType =
        RexUtil.createStructType(
            input.getCluster().getTypeFactory(), passed, null, SqlValidatorUtil.F_SUGGESTER);
    return ModuleCalc.create(
        input.getCluster().traitSetOf(EnumerableConvention.INSTANCE),
        input,
        new ModuleCalc.Body(taken, calls, condition, passed),
        passedType);
  }
}
