package io.calcitewasm.adapter.batch;

import io.calcitewasm.adapter.exec.RememberedRows;
import java.util.List;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.linq4j.tree.BlockBuilder;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;

/**
 * Physical operator that delivers the rows of its input, which are computed once, whoever reads
 * them how often.
 */
final class KeptRows extends SingleRel implements EnumerableRel {
  private static final int ALONE = -1;

  private final int site;

  private KeptRows(RelTraitSet traits, RelNode input, int site) {
    super(input.getCluster(), traits, input);
    this.site = site;
  }

  /** For an operator that reads its input several times. */
  static KeptRows of(RelNode input) {
    return new KeptRows(input.getTraitSet(), input, ALONE);
  }

  /**
   * One of several places whose rows are the same.
   *
   * @param site the number of these places
   */
  static KeptRows shared(RelNode input, int site) {
    return new KeptRows(input.getTraitSet(), input, site);
  }

  @Override
  public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
    return new KeptRows(traits, inputs.getFirst(), site);
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    return super.explainTerms(writer).itemIf("site", site, site != ALONE);
  }

  @Override
  public Result implement(EnumerableRelImplementor implementor, Prefer prefer) {
    Result rows = implementor.visitChild(this, 0, (EnumerableRel) getInput(), prefer);
    BlockBuilder code = new BlockBuilder();
    Expression source = code.append("rows", rows.block);
    code.add(
        Expressions.return_(
            null,
            site == ALONE
                ? Expressions.call(RememberedRows.class, "of", DataContext.ROOT, source)
                : Expressions.call(
                    RememberedRows.class,
                    "shared",
                    DataContext.ROOT,
                    Expressions.constant(site),
                    source)));
    return implementor.result(rows.physType, code.toBlock());
  }
}
