package io.calcitewasm.adapter.batch;

import io.calcitewasm.adapter.exec.BatchEnumerator;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.enumerable.EnumUtils;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.adapter.enumerable.PhysType;
import org.apache.calcite.adapter.enumerable.PhysTypeImpl;
import org.apache.calcite.adapter.enumerable.RexToLixTranslator;
import org.apache.calcite.adapter.java.JavaTypeFactory;
import org.apache.calcite.linq4j.tree.BlockBuilder;
import org.apache.calcite.linq4j.tree.BlockStatement;
import org.apache.calcite.linq4j.tree.Blocks;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.linq4j.tree.MemberDeclaration;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexProgram;
import org.apache.calcite.rex.RexProgramBuilder;
import org.apache.calcite.sql.validate.SqlConformance;
import org.apache.calcite.util.BuiltInMethod;
import org.jspecify.annotations.Nullable;

/**
 * The Java code of a {@link ModuleCalc}: a subclass of {@link BatchEnumerator} that reads fields of
 * the input and delivers results without boxes, where their types allow it.
 */
final class ModuleCalcCode {
  private final EnumerableRelImplementor implementor;
  private final JavaTypeFactory types;
  private final RexBuilder rex;
  private final EnumerableRel.Result child;
  private final RelDataType inputType;
  private final ModuleCalc.Body body;
  private final int number;
  private final RelDataType extendedType;
  private final CalcColumns columns;
  private final boolean keepsRows;

  ModuleCalcCode(
      EnumerableRelImplementor implementor,
      EnumerableRel.Result child,
      RelDataType inputType,
      ModuleCalc.Body body,
      int number) {
    this.number = number;
    this.implementor = implementor;
    this.types = implementor.getTypeFactory();
    this.rex = implementor.getRexBuilder();
    this.child = child;
    this.inputType = inputType;
    this.body = body;
    this.columns = new CalcColumns(body.calls(), types);
    this.extendedType = ExtendedRow.type(inputType, body.calls(), types);
    this.keepsRows =
        ExtendedRow.readsBelow(inputType.getFieldCount(), body.condition(), body.projects());
  }

  EnumerableRel.Result implement(RelDataType rowType, EnumerableRel.Prefer prefer) {
    PhysType physType = PhysTypeImpl.of(types, rowType, prefer.prefer(child.format));
    BlockBuilder builder = new BlockBuilder();
    Expression source = builder.append("inputEnumerable", child.block, false);
    List<MemberDeclaration> members = new ArrayList<>();
    columns.declare(members);
    members.add(fill());
    members.add(
        EnumUtils.overridingMethodDecl(
            BuiltInMethod.ENUMERATOR_MOVE_NEXT.method, List.of(), moveNext()));
    members.add(
        Expressions.methodDecl(
            Modifier.PUBLIC, Object.class, "current", List.of(), current(physType)));
    Expression enumerator =
        Expressions.new_(
            BatchEnumerator.class,
            List.of(DataContext.ROOT, source, Expressions.constant(number)),
            members);
    builder.add(Expressions.return_(null, ColumnCode.enumerable(enumerator)));
    return implementor.result(physType, builder.toBlock());
  }

  private MemberDeclaration fill() {
    FillMethod fill = new FillMethod(child.physType);
    RexToLixTranslator.InputGetter fields = inputFields(fill.input);
    if (body.before() != null) {
      Expression taken = condition(body.before(), inputType, fill.loop, fields);
      fill.loop.add(Expressions.ifThen(Expressions.not(taken), Expressions.continue_(null)));
    }
    for (int place = 0; place < body.calls().size(); place++) {
      GuardedCall guarded = body.calls().get(place);
      RexNode guard = guarded.guard();
      if (guard == null) {
        setArguments(place, guarded, fill.slot, fill.loop, fields);
      } else {
        Expression wanted = condition(guard, inputType, fill.loop, fields);
        BlockBuilder called = new BlockBuilder(true, fill.loop);
        setArguments(place, guarded, fill.slot, called, fields);
        Expression skip = CalcColumns.call("skip", Expressions.constant(place), fill.slot);
        fill.loop.add(
            Expressions.ifThenElse(wanted, called.toBlock(), Expressions.statement(skip)));
      }
    }
    if (keepsRows) {
      fill.loop.add(Expressions.statement(CalcColumns.call("keep", fill.slot, fill.input)));
    }
    return fill.declaration(CalcColumns.call("taken", fill.slot));
  }

  private void setArguments(
      int place,
      GuardedCall guarded,
      Expression slot,
      BlockBuilder block,
      RexToLixTranslator.InputGetter fields) {
    List<RexNode> operands = guarded.call().getOperands();
    List<Expression> values = translate(operands, inputType, block, fields);
    for (int i = 0; i < operands.size(); i++) {
      block.add(
          Expressions.statement(
              columns.set(
                  place, i, ColumnKind.of(operands.get(i).getType()), slot, values.get(i))));
    }
  }

  private BlockStatement moveNext() {
    RexNode condition = body.condition();
    if (condition == null) {
      return Blocks.toFunctionBlock(CalcColumns.call("next"));
    }
    BlockBuilder loop = new BlockBuilder();
    Expression delivered = condition(condition, extendedType, loop, extendedFields(loop));
    loop.add(Expressions.ifThen(delivered, Expressions.return_(null, Expressions.constant(true))));
    return Expressions.block(
        Expressions.while_(CalcColumns.call("next"), loop.toBlock()),
        Expressions.return_(null, Expressions.constant(false)));
  }

  private BlockStatement current(PhysType physType) {
    BlockBuilder block = new BlockBuilder();
    List<Expression> columns =
        RexToLixTranslator.translateProjects(
            program(body.projects(), null, extendedType),
            types,
            conformance(),
            block,
            null,
            physType,
            DataContext.ROOT,
            extendedFields(block),
            implementor::getCorrelVariableGetter);
    block.add(Expressions.return_(null, Expressions.box(physType.record(columns))));
    return block.toBlock();
  }

  private RexToLixTranslator.InputGetter inputFields(Expression input) {
    return (list, index, storage) -> child.physType.fieldReference(input, index, storage);
  }

  private RexToLixTranslator.InputGetter extendedFields(BlockBuilder block) {
    int inputs = inputType.getFieldCount();
    Expression kept =
        keepsRows
            ? block.append(
                "inputRow",
                EnumUtils.convert(CalcColumns.call("kept"), child.physType.getJavaRowType()))
            : null;
    return (list, index, storage) ->
        kept != null && index < inputs
            ? child.physType.fieldReference(kept, index, storage)
            : columns.result(index - inputs, storage);
  }

  private SqlConformance conformance() {
    return implementor.getConformance();
  }

  private RexProgram program(
      List<? extends RexNode> projects, @Nullable RexNode condition, RelDataType input) {
    RexProgramBuilder program = new RexProgramBuilder(input, rex);
    for (RexNode project : projects) {
      program.addProject(project, null);
    }
    if (condition != null) {
      program.addCondition(condition);
    }
    return program.getProgram();
  }

  private List<Expression> translate(
      List<RexNode> expressions,
      RelDataType input,
      BlockBuilder block,
      RexToLixTranslator.InputGetter fields) {
    return RexToLixTranslator.translateProjects(
        program(expressions, null, input),
        types,
        conformance(),
        block,
        null,
        null,
        DataContext.ROOT,
        fields,
        implementor::getCorrelVariableGetter);
  }

  private Expression condition(
      RexNode condition,
      RelDataType input,
      BlockBuilder block,
      RexToLixTranslator.InputGetter fields) {
    return RexToLixTranslator.translateCondition(
        program(List.of(), condition, input),
        types,
        block,
        fields,
        implementor::getCorrelVariableGetter,
        conformance());
  }
}
