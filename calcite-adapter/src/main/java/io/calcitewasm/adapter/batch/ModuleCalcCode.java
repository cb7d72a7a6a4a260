package io.calcitewasm.adapter.batch;

import io.calcitewasm.adapter.exec.BatchEnumerator;
import io.calcitewasm.adapter.exec.FunctionKey;
import io.calcitewasm.adapter.function.ModuleCalls;
import io.calcitewasm.adapter.function.ModuleFunction;
import io.calcitewasm.udf.batch.BatchColumn;
import io.calcitewasm.udf.signature.SqlFunction;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.enumerable.EnumUtils;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.adapter.enumerable.PhysType;
import org.apache.calcite.adapter.enumerable.PhysTypeImpl;
import org.apache.calcite.adapter.enumerable.RexToLixTranslator;
import org.apache.calcite.adapter.java.JavaTypeFactory;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.linq4j.tree.BlockBuilder;
import org.apache.calcite.linq4j.tree.BlockStatement;
import org.apache.calcite.linq4j.tree.Blocks;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.linq4j.tree.MemberDeclaration;
import org.apache.calcite.linq4j.tree.ParameterExpression;
import org.apache.calcite.linq4j.tree.Primitive;
import org.apache.calcite.linq4j.tree.Types;
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
  private static final Expression THIS = Expressions.parameter(BatchEnumerator.class, "this");

  private final EnumerableRelImplementor implementor;
  private final JavaTypeFactory types;
  private final RexBuilder rex;
  private final EnumerableRel.Result child;
  private final RelDataType inputType;
  private final ModuleCalc.Body body;
  private final int number;
  private final RelDataType extendedType;
  private final List<List<ParameterExpression>> arguments = new ArrayList<>();
  private final List<ParameterExpression> results = new ArrayList<>();
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
    this.extendedType = ExtendedRow.type(inputType, body.calls(), types);
    this.keepsRows =
        ExtendedRow.readsBelow(inputType.getFieldCount(), body.condition(), body.projects());
  }

  EnumerableRel.Result implement(RelDataType rowType, EnumerableRel.Prefer prefer) {
    PhysType physType = PhysTypeImpl.of(types, rowType, prefer.prefer(child.format));
    BlockBuilder builder = new BlockBuilder();
    Expression source = builder.append("inputEnumerable", child.block, false);
    List<MemberDeclaration> members = new ArrayList<>();
    declareColumns(members);
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
    builder.add(
        Expressions.return_(
            null,
            Expressions.new_(
                BuiltInMethod.ABSTRACT_ENUMERABLE_CTOR.constructor,
                List.of(),
                List.of(
                    Expressions.methodDecl(
                        Modifier.PUBLIC,
                        Enumerator.class,
                        BuiltInMethod.ENUMERABLE_ENUMERATOR.method.getName(),
                        List.of(),
                        Blocks.toFunctionBlock(enumerator))))));
    return implementor.result(physType, builder.toBlock());
  }

  private static Expression call(String method, Expression... arguments) {
    for (Method candidate : BatchEnumerator.class.getDeclaredMethods()) {
      if (candidate.getName().equals(method)) {
        return Expressions.call(THIS, candidate, arguments);
      }
    }
    throw new IllegalArgumentException(method);
  }

  private static Expression row() {
    return call("row");
  }

  /** A field for each column; the fields of results register their places. */
  private void declareColumns(List<MemberDeclaration> members) {
    for (GuardedCall guarded : body.calls()) {
      int place = results.size();
      List<ParameterExpression> columns = new ArrayList<>();
      for (RexNode operand : guarded.call().getOperands()) {
        ColumnKind kind = ColumnKind.of(operand.getType());
        ParameterExpression column =
            Expressions.parameter(kind.column(), "argument" + place + "_" + columns.size());
        members.add(Expressions.fieldDecl(Modifier.FINAL, column, kind.create()));
        columns.add(column);
      }
      arguments.add(columns);
      ColumnKind kind = ColumnKind.of(guarded.call().getType());
      ParameterExpression result = Expressions.parameter(kind.column(), "result" + place);
      SqlFunction function =
          Objects.requireNonNull(ModuleCalls.function(guarded.call())).function();
      Expression placed =
          call(
              "place",
              Expressions.constant(FunctionKey.of(function).toString()),
              Expressions.newArrayInit(BatchColumn.class, columns),
              kind.create());
      members.add(
          Expressions.fieldDecl(
              Modifier.FINAL, result, Expressions.convert_(placed, kind.column())));
      results.add(result);
    }
  }

  private MemberDeclaration fill() {
    ParameterExpression rows = Expressions.parameter(Enumerator.class, "rows");
    ParameterExpression size = Expressions.parameter(int.class, "size");
    ParameterExpression slot = Expressions.parameter(int.class, "slot");
    BlockBuilder loop = new BlockBuilder();
    ParameterExpression input = Expressions.parameter(child.physType.getJavaRowType(), "inputRow");
    loop.add(
        Expressions.declare(
            Modifier.FINAL,
            input,
            EnumUtils.convert(
                Expressions.call(rows, BuiltInMethod.ENUMERATOR_CURRENT.method),
                child.physType.getJavaRowType())));
    RexToLixTranslator.InputGetter fields = inputFields(input);
    if (body.before() != null) {
      Expression taken = condition(body.before(), inputType, loop, fields);
      loop.add(Expressions.ifThen(Expressions.not(taken), Expressions.continue_(null)));
    }
    for (int place = 0; place < body.calls().size(); place++) {
      GuardedCall guarded = body.calls().get(place);
      RexNode guard = guarded.guard();
      if (guard == null) {
        setArguments(place, guarded, slot, loop, fields);
      } else {
        Expression wanted = condition(guard, inputType, loop, fields);
        BlockBuilder called = new BlockBuilder(true, loop);
        setArguments(place, guarded, slot, called, fields);
        loop.add(
            Expressions.ifThenElse(
                wanted,
                called.toBlock(),
                Expressions.statement(call("skip", Expressions.constant(place), slot))));
      }
    }
    if (keepsRows) {
      loop.add(Expressions.statement(call("keep", slot, input)));
    }
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
            Expressions.tryFinally(taking, Expressions.statement(call("taken", slot)))));
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
              set(place, i, ColumnKind.of(operands.get(i).getType()), slot, values.get(i))));
    }
  }

  private Expression set(
      int place, int parameter, ColumnKind kind, Expression slot, Expression value) {
    Expression taken = value;
    Class<?> as = kind.boxed();
    if (Primitive.is(value.getType()) && kind != ColumnKind.OBJECT) {
      as = kind.primitive();
    }
    if (kind == ColumnKind.OBJECT && value.getType() != String.class) {
      taken =
          call(
              "argument",
              Expressions.constant(place),
              Expressions.constant(parameter),
              Expressions.box(value));
    }
    return Expressions.call(
        arguments.get(place).get(parameter),
        Types.lookupMethod(kind.column(), "set", int.class, as),
        slot,
        value.getType() == as ? taken : Expressions.convert_(taken, as));
  }

  private BlockStatement moveNext() {
    RexNode condition = body.condition();
    if (condition == null) {
      return Blocks.toFunctionBlock(call("next"));
    }
    BlockBuilder loop = new BlockBuilder();
    Expression delivered = condition(condition, extendedType, loop, extendedFields(loop));
    loop.add(Expressions.ifThen(delivered, Expressions.return_(null, Expressions.constant(true))));
    return Expressions.block(
        Expressions.while_(call("next"), loop.toBlock()),
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
                "inputRow", EnumUtils.convert(call("kept"), child.physType.getJavaRowType()))
            : null;
    return (list, index, storage) ->
        kept != null && index < inputs
            ? child.physType.fieldReference(kept, index, storage)
            : result(index - inputs, storage);
  }

  private Expression result(int place, java.lang.reflect.@Nullable Type storage) {
    RelDataType type = body.calls().get(place).call().getType();
    ColumnKind kind = ColumnKind.of(type);
    Expression column = results.get(place);
    java.lang.reflect.Type javaType = types.getJavaClass(type);
    Expression value;
    if (kind == ColumnKind.OBJECT) {
      Expression raw =
          Expressions.call(
              column, Types.lookupMethod(BatchColumn.class, "value", int.class), row());
      value =
          javaType == String.class
              ? Expressions.convert_(raw, String.class)
              : ModuleFunction.typed(call("result", Expressions.constant(place), raw), type);
    } else if (Primitive.is(javaType)) {
      value =
          Expressions.convert_(
              Expressions.call(column, Types.lookupMethod(kind.column(), "get", int.class), row()),
              javaType);
    } else {
      String getter = "get" + Types.toClass(javaType).getSimpleName();
      value = Expressions.call(column, Types.lookupMethod(kind.column(), getter, int.class), row());
    }
    return storage == null ? value : EnumUtils.convert(value, storage);
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
