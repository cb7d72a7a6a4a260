package io.calcitewasm.adapter.collation;

import io.calcitewasm.adapter.function.CollatedType;
import io.calcitewasm.udf.signature.Collation;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * Makes comparisons of texts with a collation comparisons of their keys, as soon as they are made:
 * nothing that simplifies expressions ever sees texts compared that are not to be compared as they
 * are. It does so while a statement becomes a plan; what the planner compares later is its own, and
 * means the texts themselves. One statement uses one instance.
 */
public final class CollatingRexBuilder extends RexBuilder {
  private final CollationKeys keys;
  private int queries;
  private boolean converting = true;

  /** Makes expressions of one statement. */
  public CollatingRexBuilder(RelDataTypeFactory types, Collations collations) {
    super(types);
    this.keys = new CollationKeys(this, collations);
  }

  /** The expressions that stand for texts. */
  CollationKeys keys() {
    return keys;
  }

  /** A query becomes a plan: the statement's own, or that of a view in it. */
  void begin() {
    queries++;
  }

  /**
   * A query has become a plan.
   *
   * @return whether it is the statement's own
   */
  boolean end() {
    queries--;
    return queries == 0;
  }

  /** The statement is a plan: comparisons stay what they are from now on. */
  void converted() {
    converting = false;
  }

  @Override
  public RexNode makeCall(SqlParserPos pos, SqlOperator op, List<? extends RexNode> operands) {
    Optional<Collation> collation = deciding(op, operands);
    return collation.isPresent()
        ? comparison(collation.get(), op, operands.get(0), operands.get(1))
        : super.makeCall(pos, op, operands);
  }

  @Override
  public RexNode makeCall(
      SqlParserPos pos, RelDataType returnType, SqlOperator op, List<RexNode> operands) {
    Optional<Collation> collation = deciding(op, operands);
    return collation.isPresent()
        ? comparison(collation.get(), op, operands.get(0), operands.get(1))
        : super.makeCall(pos, returnType, op, operands);
  }

  /** The collation that a call is to compare by; empty if it does not compare texts by one. */
  private Optional<Collation> deciding(SqlOperator op, List<? extends RexNode> operands) {
    boolean compares =
        switch (op.getKind()) {
          case EQUALS,
              NOT_EQUALS,
              LESS_THAN,
              LESS_THAN_OR_EQUAL,
              GREATER_THAN,
              GREATER_THAN_OR_EQUAL,
              IS_DISTINCT_FROM,
              IS_NOT_DISTINCT_FROM ->
              operands.size() == 2;
          default -> false;
        };
    return converting && compares
        ? CollatedType.deciding(operands.get(0).getType(), operands.get(1).getType())
            .map(keys::collation)
        : Optional.empty();
  }

  private RexNode comparison(Collation collation, SqlOperator op, RexNode a, RexNode b) {
    if (collation.sortKey().isPresent()) {
      return makeCall(op, keys.key(collation, a, ""), keys.key(collation, b, ""));
    }
    RexNode order = keys.comparison(collation, a, b);
    RexNode zero = makeZeroLiteral(order.getType());
    return switch (op.getKind()) {
      case IS_DISTINCT_FROM -> makeCall(SqlStdOperatorTable.NOT, notDistinct(a, b, order, zero));
      case IS_NOT_DISTINCT_FROM -> notDistinct(a, b, order, zero);
      default -> makeCall(op, order, zero);
    };
  }

  /** Both NULL, or compared as equal. */
  private RexNode notDistinct(RexNode a, RexNode b, RexNode order, RexNode zero) {
    RexNode equal =
        makeCall(SqlStdOperatorTable.IS_TRUE, makeCall(SqlStdOperatorTable.EQUALS, order, zero));
    RexNode bothNull =
        makeCall(
            SqlStdOperatorTable.AND,
            makeCall(SqlStdOperatorTable.IS_NULL, CollationKeys.plain(a)),
            makeCall(SqlStdOperatorTable.IS_NULL, CollationKeys.plain(b)));
    return makeCall(SqlStdOperatorTable.OR, bothNull, equal);
  }
}
