package io.calcitewasm.adapter.batch;

import io.calcitewasm.adapter.exec.JoinReader;
import io.calcitewasm.adapter.exec.RowPairs;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.adapter.enumerable.PhysType;
import org.apache.calcite.adapter.enumerable.RexToLixTranslator;
import org.apache.calcite.linq4j.function.Function1;
import org.apache.calcite.linq4j.function.Function2;
import org.apache.calcite.linq4j.function.Predicate2;
import org.apache.calcite.linq4j.tree.BlockBuilder;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.linq4j.tree.ParameterExpression;
import org.apache.calcite.linq4j.tree.Primitive;
import org.apache.calcite.linq4j.tree.Types;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexProgramBuilder;
import org.jspecify.annotations.Nullable;

/** The Java code by which {@link ModulePairs} reads the rows of its inputs. */
final class PairsCode {
  private final ModulePairs pairs;
  private final ModulePairs.Pairing pairing;
  private final EnumerableRelImplementor implementor;
  private final PhysType lefts;
  private final PhysType rights;

  PairsCode(
      ModulePairs pairs,
      ModulePairs.Pairing pairing,
      EnumerableRelImplementor implementor,
      PhysType lefts,
      PhysType rights) {
    this.pairs = pairs;
    this.pairing = pairing;
    this.implementor = implementor;
    this.lefts = lefts;
    this.rights = rights;
  }

  /** An expression that makes the {@link JoinReader}. */
  Expression reader() {
    Expression none = Expressions.constant(null);
    boolean keyed = !pairing.leftKeys().isEmpty();
    return Expressions.new_(
        Types.lookupConstructor(
            JoinReader.class,
            Function1.class,
            Function1.class,
            Predicate2.class,
            Function2.class,
            int.class,
            Function2.class),
        keyed ? lefts.generateNullAwareAccessor(pairing.leftKeys(), pairing.excludesNull()) : none,
        keyed
            ? rights.generateNullAwareAccessor(pairing.rightKeys(), pairing.excludesNull())
            : none,
        pairing.where() == null ? none : where(pairing.where()),
        reads(),
        Expressions.constant(pairs.getRowType().getFieldCount()),
        joined());
  }

  private Expression where(RexNode condition) {
    ParameterExpression leftRow = row(lefts, "leftRow");
    ParameterExpression rightRow = row(rights, "rightRow");
    RexProgramBuilder program =
        new RexProgramBuilder(
            implementor
                .getTypeFactory()
                .builder()
                .addAll(pairs.getLeft().getRowType().getFieldList())
                .addAll(pairs.getRight().getRowType().getFieldList())
                .build(),
            implementor.getRexBuilder());
    program.addCondition(condition);
    BlockBuilder code = new BlockBuilder();
    code.add(
        Expressions.return_(
            null,
            RexToLixTranslator.translateCondition(
                program.getProgram(),
                implementor.getTypeFactory(),
                code,
                (list, field, storage) -> field(leftRow, lefts, rightRow, rights, field, storage),
                implementor::getCorrelVariableGetter,
                implementor.getConformance())));
    return Expressions.lambda(Predicate2.class, code.toBlock(), leftRow, rightRow);
  }

  private Expression reads() {
    ParameterExpression leftRow = row(lefts, "leftRow");
    ParameterExpression rightRow = row(rights, "rightRow");
    List<Expression> elements =
        new ArrayList<>(Collections.nCopies(RowPairs.FIRST_FIELD, Expressions.constant(null)));
    for (int field : pairing.read()) {
      elements.add(Expressions.box(field(leftRow, lefts, rightRow, rights, field, null)));
    }
    return Expressions.lambda(
        Function2.class, Expressions.newArrayInit(Object.class, elements), leftRow, rightRow);
  }

  private static ParameterExpression row(PhysType rows, String name) {
    return Expressions.parameter(Primitive.box(rows.getJavaRowType()), name);
  }

  private static Expression field(
      Expression leftRow,
      PhysType lefts,
      Expression rightRow,
      PhysType rights,
      int field,
      @Nullable Type storage) {
    int count = lefts.getRowType().getFieldCount();
    return field < count
        ? lefts.fieldReference(leftRow, field, storage)
        : rights.fieldReference(rightRow, field - count, storage);
  }

  /** Makes a row of the join; a semi-join's has the left row's fields only. */
  private Expression joined() {
    PhysType rows = ModuleJoin.rows(implementor, pairing.joined());
    PhysType leftType = lefts.makeNullable(pairing.kind().generatesNullsOnLeft());
    PhysType rightType = rights.makeNullable(pairing.kind().generatesNullsOnRight());
    ParameterExpression leftRow = row(leftType, "leftRow");
    ParameterExpression rightRow = row(rightType, "rightRow");
    List<Expression> fields = new ArrayList<>();
    for (int i = 0; i < pairing.joined().getFieldCount(); i++) {
      boolean ofLeft = i < pairs.getLeft().getRowType().getFieldCount();
      Expression value =
          Expressions.box(
              field(leftRow, leftType, rightRow, rightType, i, rows.getJavaFieldType(i)));
      boolean missing =
          ofLeft ? pairing.kind().generatesNullsOnLeft() : pairing.kind().generatesNullsOnRight();
      fields.add(
          missing
              ? Expressions.condition(
                  Expressions.equal(ofLeft ? leftRow : rightRow, Expressions.constant(null)),
                  Expressions.convert_(Expressions.constant(null), value.getType()),
                  value)
              : value);
    }
    return Expressions.lambda(
        Function2.class, Expressions.box(rows.record(fields)), leftRow, rightRow);
  }
}
