package io.calcitewasm.adapter.batch;

import io.calcitewasm.adapter.function.ModuleCalls;
import io.calcitewasm.adapter.function.ModuleFunction;
import io.calcitewasm.udf.signature.SqlParameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.calcite.adapter.enumerable.EnumerableCalc;
import org.apache.calcite.adapter.enumerable.EnumerableHashJoin;
import org.apache.calcite.adapter.enumerable.EnumerableMergeJoin;
import org.apache.calcite.adapter.enumerable.EnumerableNestedLoopJoin;
import org.apache.calcite.adapter.enumerable.EnumerableSort;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexProgram;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/** Finds where a plan makes a call already, and has its result delivered by all operators above. */
final class CallsBelow {
  private final RexBuilder rex;

  CallsBelow(RexBuilder rex) {
    this.rex = rex;
  }

  /**
   * An operator that delivers the result of a call.
   *
   * @param node the operator instead of another one
   * @param column the result's column
   * @param places where the columns of the other operator are now
   */
  record Found(RelNode node, int column, int[] places) {
    /** An expression on the other operator's columns, on this one's. */
    RexNode moved(RexNode expression) {
      return expression.accept(
          new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef ref) {
              return new RexInputRef(places[ref.getIndex()], ref.getType());
            }
          });
    }

    /** The result. */
    RexInputRef result() {
      return RexInputRef.of(column, node.getRowType());
    }
  }

  /** What a projection computes, without its common parts taken out. */
  record Computed(List<RexNode> projects, List<RexNode> conjuncts) {
    static Computed by(EnumerableCalc calc) {
      RexProgram program = calc.getProgram();
      return new Computed(
          program.getProjectList().stream().map(program::expandLocalRef).toList(),
          program.getCondition() == null
              ? List.of()
              : RelOptUtil.conjunctions(program.expandLocalRef(program.getCondition())));
    }

    EnumerableCalc over(RelNode input, List<String> names, RexBuilder rex) {
      return EnumerableCalc.create(
          input,
          RexProgram.create(
              input.getRowType(),
              projects,
              conjuncts.isEmpty() ? null : RexUtil.composeConjunction(rex, conjuncts),
              names,
              rex));
    }
  }

  /**
   * Has an operator deliver the result of a call that is made there, or below, for all of its rows.
   *
   * @param call a call on the operator's columns
   */
  Optional<Found> find(RelNode node, RexCall call) {
    return switch (node) {
      case EnumerableCalc calc -> inCalc(calc, call);
      case EnumerableHashJoin join -> inJoin(join, call);
      case EnumerableNestedLoopJoin join -> inJoin(join, call);
      case EnumerableMergeJoin join -> inJoin(join, call);
      case EnumerableSort sort -> find(sort.getInput(), call).map(found -> over(sort, found));
      default -> Optional.empty();
    };
  }

  private Optional<Found> inCalc(EnumerableCalc calc, RexCall call) {
    Computed computed = Computed.by(calc);
    int[] places = IntStream.range(0, computed.projects.size()).toArray();
    RexNode made = call.accept(new Inlined(computed.projects));
    int known = computed.projects.indexOf(made);
    if (known >= 0) {
      return Optional.of(new Found(calc, known, places));
    }
    if (computed.conjuncts.stream().anyMatch(conjunct -> isMadeIn(conjunct, made))
        || computed.projects.stream().anyMatch(project -> isMadeIn(project, made))) {
      return Optional.of(extended(calc, calc.getInput(), computed, made));
    }
    return find(calc.getInput(), (RexCall) made)
        .map(
            found ->
                extended(
                    calc,
                    found.node(),
                    new Computed(
                        computed.projects.stream().map(found::moved).toList(),
                        computed.conjuncts.stream().map(found::moved).toList()),
                    found.result()));
  }

  private Found extended(EnumerableCalc calc, RelNode input, Computed computed, RexNode result) {
    List<RexNode> projects = new ArrayList<>(computed.projects);
    projects.add(result);
    List<String> names = new ArrayList<>(calc.getRowType().getFieldNames());
    names.add("$called");
    RelNode node =
        new Computed(projects, computed.conjuncts)
            .over(input, SqlValidatorUtil.uniquify(names, true), rex);
    int column = projects.size() - 1;
    return new Found(node, column, IntStream.range(0, column).toArray());
  }

  /** Whether an expression makes a call whenever it is evaluated. */
  private static boolean isMadeIn(RexNode expression, RexNode call) {
    return expression.equals(call)
        || (expression instanceof RexCall other
            && switch (other.getKind()) {
              case CASE, COALESCE, AND, OR -> isMadeIn(other.getOperands().getFirst(), call);
              default -> other.getOperands().stream().anyMatch(part -> isMadeIn(part, call));
            });
  }

  private static Found over(EnumerableSort sort, Found found) {
    List<RelFieldCollation> fields =
        sort.getCollation().getFieldCollations().stream()
            .map(field -> field.withFieldIndex(found.places()[field.getFieldIndex()]))
            .toList();
    RelNode node =
        EnumerableSort.create(found.node(), RelCollations.of(fields), sort.offset, sort.fetch);
    return new Found(node, found.column(), found.places());
  }

  private Optional<Found> inJoin(Join join, RexCall call) {
    int lefts = join.getLeft().getRowType().getFieldCount();
    ImmutableBitSet read = RelOptUtil.InputFinder.bits(call);
    JoinRelType kind = join.getJoinType();
    if (read.isEmpty() || kind == JoinRelType.LEFT_MARK) {
      return Optional.empty();
    }
    if (read.length() <= lefts) {
      return kind.generatesNullsOnLeft() && !isNullForNulls(call)
          ? Optional.empty()
          : find(join.getLeft(), call).map(found -> overLeft(join, found));
    }
    if (read.nextSetBit(0) >= lefts && (!kind.generatesNullsOnRight() || isNullForNulls(call))) {
      return find(join.getRight(), (RexCall) RexUtil.shift(call, -lefts))
          .map(found -> overRight(join, found));
    }
    return Optional.empty();
  }

  /** Whether the call's result is NULL where all columns are. */
  private static boolean isNullForNulls(RexCall call) {
    ModuleFunction function = ModuleCalls.function(call);
    if (function == null) {
      return false;
    }
    List<SqlParameter> parameters = function.function().parameters();
    return IntStream.range(0, parameters.size())
        .anyMatch(
            i -> !parameters.get(i).nullable() && call.getOperands().get(i) instanceof RexInputRef);
  }

  private static Found overLeft(Join join, Found left) {
    int lefts = join.getLeft().getRowType().getFieldCount();
    int shift = left.node().getRowType().getFieldCount() - lefts;
    int fields = lefts + join.getRight().getRowType().getFieldCount();
    int[] places =
        IntStream.range(0, fields).map(i -> i < lefts ? left.places()[i] : i + shift).toArray();
    return rebuilt(join, left.node(), join.getRight(), new Found(join, left.column(), places));
  }

  private static Found overRight(Join join, Found right) {
    int lefts = join.getLeft().getRowType().getFieldCount();
    int fields = lefts + join.getRight().getRowType().getFieldCount();
    int[] places =
        IntStream.range(0, fields)
            .map(i -> i < lefts ? i : lefts + right.places()[i - lefts])
            .toArray();
    return rebuilt(
        join, join.getLeft(), right.node(), new Found(join, lefts + right.column(), places));
  }

  private static Found rebuilt(Join join, RelNode left, RelNode right, Found moved) {
    RelNode node =
        join.copy(
            join.getTraitSet(),
            moved.moved(join.getCondition()),
            left,
            right,
            join.getJoinType(),
            join.isSemiJoinDone());
    return new Found(node, moved.column(), moved.places());
  }

  /** Puts a projection's expressions in the place of references to its columns. */
  private static final class Inlined extends RexShuttle {
    private final List<RexNode> projects;

    Inlined(List<RexNode> projects) {
      this.projects = projects;
    }

    @Override
    public @Nullable RexNode visitInputRef(RexInputRef ref) {
      return projects.get(ref.getIndex());
    }
  }
}
