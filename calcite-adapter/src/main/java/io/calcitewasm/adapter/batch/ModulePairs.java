package io.calcitewasm.adapter.batch;

import io.calcitewasm.adapter.exec.JoinReader;
import io.calcitewasm.adapter.exec.RowPairs;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.adapter.enumerable.JavaRowFormat;
import org.apache.calcite.adapter.enumerable.PhysType;
import org.apache.calcite.adapter.enumerable.PhysTypeImpl;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.tree.BlockBuilder;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.linq4j.tree.Types;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.BiRel;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * Physical operator that pairs the rows of two inputs for a join whose condition is evaluated
 * above: the first half of a join, of which {@link ModuleJoin} is the other. It delivers whether a
 * row is a pair, what {@link ModuleJoin} has to know of it, and the columns that the condition
 * reads, which are NULL in rows that are no pairs.
 */
final class ModulePairs extends BiRel implements EnumerableRel {
  private final Pairing pairing;

  /**
   * Which rows are paired, and what for.
   *
   * @param kind the join's
   * @param joined the join's row type
   * @param leftKeys columns of the left input that equal the right one's at the same place
   * @param rightKeys columns of the right input; without any, every row is paired with every row
   * @param excludesNull for each of them whether NULL equals nothing
   * @param where what pairs fulfil too, on the left row's fields and the right one's; null for
   *     nothing
   * @param read which of these fields the rest of the condition reads
   */
  record Pairing(
      JoinRelType kind,
      RelDataType joined,
      List<Integer> leftKeys,
      List<Integer> rightKeys,
      List<Boolean> excludesNull,
      @Nullable RexNode where,
      List<Integer> read) {
    Pairing {
      leftKeys = List.copyOf(leftKeys);
      rightKeys = List.copyOf(rightKeys);
      excludesNull = List.copyOf(excludesNull);
      read = List.copyOf(read);
    }
  }

  private ModulePairs(
      RelTraitSet traits, RelNode left, RelNode right, Pairing pairing, RelDataType rowType) {
    super(left.getCluster(), traits, left, right);
    this.pairing = pairing;
    this.rowType = rowType;
  }

  /** An operator over enumerable inputs. */
  static ModulePairs create(RelNode left, RelNode right, Pairing pairing) {
    RelDataTypeFactory types = left.getCluster().getTypeFactory();
    RelDataTypeFactory.Builder fields = types.builder();
    fields.add("$real", SqlTypeName.BOOLEAN);
    fields.add("$pair", SqlTypeName.ANY);
    for (int field : pairing.read) {
      fields.add("$" + field, types.createTypeWithNullability(type(left, right, field), true));
    }
    return new ModulePairs(
        left.getCluster().traitSetOf(EnumerableConvention.INSTANCE),
        left,
        right,
        pairing,
        fields.build());
  }

  private static RelDataType type(RelNode left, RelNode right, int field) {
    int lefts = left.getRowType().getFieldCount();
    return field < lefts
        ? left.getRowType().getFieldList().get(field).getType()
        : right.getRowType().getFieldList().get(field - lefts).getType();
  }

  /** Whether a row is a pair. */
  RexNode real() {
    return RexInputRef.of(0, rowType);
  }

  /** What {@link ModuleJoin} has to know of a row. */
  RexNode pair() {
    return RexInputRef.of(1, rowType);
  }

  /** An expression on the left row's fields and the right one's, on this operator's columns. */
  RexNode onPairs(RexNode expression) {
    return expression.accept(
        new RexShuttle() {
          @Override
          public RexNode visitInputRef(RexInputRef ref) {
            return RexInputRef.of(
                RowPairs.FIRST_FIELD + pairing.read.indexOf(ref.getIndex()), rowType);
          }
        });
  }

  @Override
  public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
    return new ModulePairs(traits, inputs.get(0), inputs.get(1), pairing, rowType);
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    int lefts = left.getRowType().getFieldCount();
    return super.explainTerms(writer)
        .item("joinType", pairing.kind.lowerName)
        .itemIf(
            "keys",
            IntStream.range(0, pairing.leftKeys.size())
                .mapToObj(
                    i ->
                        "$" + pairing.leftKeys.get(i) + " = $" + (lefts + pairing.rightKeys.get(i)))
                .toList(),
            !pairing.leftKeys.isEmpty())
        .itemIf("where", pairing.where, pairing.where != null)
        .item("read", pairing.read.stream().map(field -> "$" + field).toList());
  }

  @Override
  public double estimateRowCount(RelMetadataQuery metadata) {
    return metadata.getRowCount(left) * Math.max(1, metadata.getRowCount(right));
  }

  @Override
  public Result implement(EnumerableRelImplementor implementor, Prefer prefer) {
    Result lefts = implementor.visitChild(this, 0, (EnumerableRel) left, prefer);
    Result rights = implementor.visitChild(this, 1, (EnumerableRel) right, prefer);
    BlockBuilder code = new BlockBuilder();
    Expression leftRows = code.append("left", lefts.block);
    Expression rightRows = code.append("right", rights.block);
    code.add(
        Expressions.return_(
            null,
            Expressions.new_(
                Types.lookupConstructor(
                    RowPairs.class,
                    DataContext.class,
                    Enumerable.class,
                    Enumerable.class,
                    JoinReader.class,
                    JoinRelType.class),
                DataContext.ROOT,
                leftRows,
                rightRows,
                new PairsCode(this, pairing, implementor, lefts.physType, rights.physType).reader(),
                Expressions.constant(pairing.kind))));
    PhysType rows = PhysTypeImpl.of(implementor.getTypeFactory(), rowType, JavaRowFormat.ARRAY);
    return implementor.result(rows, code.toBlock());
  }
}
