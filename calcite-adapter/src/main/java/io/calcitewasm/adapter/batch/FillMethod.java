package io.calcitewasm.adapter.batch;

import java.lang.reflect.Modifier;
import java.util.List;
import org.apache.calcite.adapter.enumerable.EnumUtils;
import org.apache.calcite.adapter.enumerable.PhysType;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.linq4j.tree.BlockBuilder;
import org.apache.calcite.linq4j.tree.BlockStatement;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.linq4j.tree.MemberDeclaration;
import org.apache.calcite.linq4j.tree.ParameterExpression;
import org.apache.calcite.util.BuiltInMethod;

/**
 * The method {@code fill} of a generated enumerator, which takes rows of its input until a batch is
 * full or the input has ended. What is done with a row is written to {@link #loop}.
 */
final class FillMethod {
  private final ParameterExpression rows = Expressions.parameter(Enumerator.class, "rows");
  private final ParameterExpression size = Expressions.parameter(int.class, "size");

  /** The row of the batch that is being filled. */
  final ParameterExpression slot = Expressions.parameter(int.class, "slot");

  /** A row of the input. */
  final ParameterExpression input;

  /** What is done with a row. A {@code continue} leaves the slot to the next one. */
  final BlockBuilder loop = new BlockBuilder();

  /** A method without anything done yet, for rows of a type. */
  FillMethod(PhysType rowType) {
    this.input = Expressions.parameter(rowType.getJavaRowType(), "inputRow");
    loop.add(
        Expressions.declare(
            Modifier.FINAL,
            input,
            EnumUtils.convert(
                Expressions.call(rows, BuiltInMethod.ENUMERATOR_CURRENT.method),
                rowType.getJavaRowType())));
  }

  /**
   * The whole method.
   *
   * @param taken says that there are as many rows as {@link #slot} tells
   */
  MemberDeclaration declaration(Expression taken) {
    loop.add(Expressions.statement(Expressions.postIncrementAssign(slot)));
    BlockStatement taking =
        Expressions.block(
            Expressions.while_(
                Expressions.lessThan(slot, size),
                Expressions.block(
                    Expressions.ifThen(
                        Expressions.not(
                            Expressions.call(rows, BuiltInMethod.ENUMERATOR_MOVE_NEXT.method)),
                        Expressions.return_(null, Expressions.constant(true))),
                    loop.toBlock())),
            Expressions.return_(null, Expressions.constant(false)));
    return Expressions.methodDecl(
        Modifier.PROTECTED,
        boolean.class,
        "fill",
        List.of(rows, size),
        Expressions.block(
            Expressions.declare(0, slot, Expressions.constant(0)),
            Expressions.tryFinally(taking, Expressions.statement(taken))));
  }
}
