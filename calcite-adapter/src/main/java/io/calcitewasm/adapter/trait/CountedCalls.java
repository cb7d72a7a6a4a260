package io.calcitewasm.adapter.trait;

import io.calcitewasm.adapter.exec.OncePerRow;
import io.calcitewasm.udf.SqlError;
import java.util.List;
import org.apache.calcite.adapter.enumerable.EnumerableCalc;
import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.linq4j.tree.BlockBuilder;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.convert.ConverterRule;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexProgram;
import org.apache.calcite.rex.RexShuttle;
import org.jspecify.annotations.Nullable;

/**
 * A projection that the planner leaves where it stands: it calls functions whose calls must be made
 * exactly once for every row that SQL has there. It is no {@link
 * org.apache.calcite.rel.core.Project}, so that no rule merges it, moves it, or drops columns of it
 * that nobody reads, and each row is computed once.
 */
public class CountedCalls extends SingleRel {
  /** Makes it enumerable. */
  public static final RelOptRule RULE =
      ConverterRule.Config.INSTANCE
          .withConversion(
              CountedCalls.class,
              Convention.NONE,
              EnumerableConvention.INSTANCE,
              "CountedCallsRule")
          .withRuleFactory(Rule::new)
          .toRule(ConverterRule.class);

  private static final class Rule extends ConverterRule {
    Rule(Config config) {
      super(config);
    }

    @Override
    public RelNode convert(RelNode rel) {
      CountedCalls calls = (CountedCalls) rel;
      RelTraitSet traits = rel.getCluster().traitSetOf(EnumerableConvention.INSTANCE);
      return new Enumerable(
          rel.getCluster(),
          traits,
          convert(calls.getInput(), traits),
          calls.projects,
          calls.getRowType(),
          calls.site);
    }
  }

  /** The operator that is executed; rules of the planner must not meet one that is logical too. */
  private static final class Enumerable extends CountedCalls implements EnumerableRel {
    Enumerable(
        RelOptCluster cluster,
        RelTraitSet traits,
        RelNode input,
        List<RexNode> projects,
        RelDataType rowType,
        Object site) {
      super(cluster, traits, input, projects, rowType, site);
    }

    @Override
    CountedCalls with(RelTraitSet traits, RelNode input, List<RexNode> projects) {
      return new Enumerable(getCluster(), traits, input, projects, getRowType(), site());
    }

    @Override
    public Result implement(EnumerableRelImplementor implementor, Prefer prefer) {
      Result rows = asCalc().implement(implementor, prefer);
      BlockBuilder code = new BlockBuilder();
      Expression all = code.append("rows", rows.block);
      code.add(Expressions.return_(null, Expressions.call(OncePerRow.class, "of", all)));
      return implementor.result(rows.physType, code.toBlock());
    }
  }

  private final List<RexNode> projects;
  private final Object site;

  private CountedCalls(
      RelOptCluster cluster,
      RelTraitSet traits,
      RelNode input,
      List<RexNode> projects,
      RelDataType rowType,
      Object site) {
    super(cluster, traits, input);
    this.projects = List.copyOf(projects);
    this.site = site;
    this.rowType = rowType;
  }

  /** A projection of rows that are not planned yet. */
  static CountedCalls logical(RelNode input, List<RexNode> projects, RelDataType rowType) {
    return new CountedCalls(
        input.getCluster(),
        input.getCluster().traitSetOf(Convention.NONE),
        input,
        projects,
        rowType,
        new Object());
  }

  /** What is computed. */
  public List<RexNode> projects() {
    return projects;
  }

  /**
   * Where in the statement it comes from. The planner may put a sub-query into a plan twice, to
   * test IN with NULLs: both are of one site, and what is called once gives both their rows.
   */
  public Object site() {
    return site;
  }

  /**
   * What is told of the calls if they cannot be counted.
   *
   * @param where they stand, as the end of half a sentence
   */
  public SqlError refused(String where) {
    return TakenCalls.refused(
        projects.stream().filter(TakenCalls::areIn).findFirst().orElseThrow(), where);
  }

  @Override
  public boolean deepEquals(@Nullable Object other) {
    return super.deepEquals(other) && other instanceof CountedCalls calls && calls.site == site;
  }

  @Override
  public int deepHashCode() {
    return 31 * super.deepHashCode() + System.identityHashCode(site);
  }

  /** A plain projection instead, over an enumerable input. */
  public EnumerableCalc asCalc() {
    return asCalc(getInput());
  }

  private EnumerableCalc asCalc(RelNode input) {
    return EnumerableCalc.create(
        input,
        RexProgram.create(
            input.getRowType(), projects, null, getRowType(), getCluster().getRexBuilder()));
  }

  CountedCalls with(RelTraitSet traits, RelNode input, List<RexNode> projects) {
    return new CountedCalls(getCluster(), traits, input, projects, getRowType(), site);
  }

  @Override
  public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
    return with(traits, inputs.getFirst(), projects);
  }

  @Override
  public RelNode accept(RexShuttle shuttle) {
    List<RexNode> visited = shuttle.visitList(projects);
    return visited.equals(projects) ? this : with(getTraitSet(), getInput(), visited);
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    return super.explainTerms(writer).item("projects", projects);
  }
}
