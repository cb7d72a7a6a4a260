package io.calcitewasm.adapter.batch;

import io.calcitewasm.adapter.exec.GroupState;
import io.calcitewasm.udf.batch.BatchColumn;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.apache.calcite.adapter.enumerable.AggContext;
import org.apache.calcite.adapter.enumerable.EnumUtils;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.adapter.enumerable.PhysType;
import org.apache.calcite.adapter.enumerable.RexToLixTranslator;
import org.apache.calcite.adapter.enumerable.impl.AggAddContextImpl;
import org.apache.calcite.adapter.enumerable.impl.AggResultContextImpl;
import org.apache.calcite.linq4j.tree.BlockBuilder;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.linq4j.tree.MemberDeclaration;
import org.apache.calcite.linq4j.tree.ParameterExpression;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/**
 * The Java code of an {@link OrdinaryCall}: a subclass of {@link GroupState}. Calcite's implementor
 * of the aggregate writes what is done for a row, to variables that are elements of arrays here.
 */
final class OrdinaryCode {
  private static final ParameterExpression SELF = Expressions.parameter(GroupState.class, "this");
  private static final ParameterExpression GROUP = Expressions.parameter(int.class, "group");
  private static final ParameterExpression ROW = Expressions.parameter(int.class, "row");

  private final EnumerableRelImplementor implementor;
  private final PhysType input;
  private final OrdinaryCall call;
  private final AggContext context;

  /** The columns of the input of which there are columns of batches, in their order. */
  private final ImmutableBitSet columns;

  /** An array for each variable of the aggregate. */
  private final List<ParameterExpression> arrays = new ArrayList<>();

  OrdinaryCode(
      EnumerableRelImplementor implementor,
      PhysType input,
      OrdinaryCall call,
      ImmutableBitSet columns) {
    this.implementor = implementor;
    this.input = input;
    this.call = call;
    this.context = call.context();
    this.columns = columns;
    for (Class<?> type : call.types()) {
      arrays.add(Expressions.parameter(type.arrayType(), "state" + arrays.size()));
    }
  }

  /** An expression that makes the state. */
  Expression create() {
    List<MemberDeclaration> members = new ArrayList<>();
    arrays.forEach(
        array ->
            members.add(
                Expressions.fieldDecl(0, array, Expressions.constant(null, array.getType()))));
    members.add(grow());
    members.add(begin());
    members.add(add());
    members.add(value());
    return Expressions.new_(GroupState.class, List.of(), members);
  }

  private List<Expression> variables() {
    return arrays.stream().<Expression>map(array -> Expressions.arrayIndex(array, GROUP)).toList();
  }

  private MemberDeclaration grow() {
    ParameterExpression groups = Expressions.parameter(int.class, "groups");
    BlockBuilder body = new BlockBuilder();
    for (int i = 0; i < arrays.size(); i++) {
      ParameterExpression array = arrays.get(i);
      Expression grown =
          ColumnCode.own(
              SELF,
              GroupState.class,
              "grown",
              List.of(Expressions.constant(call.types().get(i)), array, groups));
      body.add(
          Expressions.statement(
              Expressions.assign(array, Expressions.convert_(grown, array.getType()))));
    }
    return method(void.class, "grow", List.of(groups), body);
  }

  private MemberDeclaration begin() {
    ParameterExpression from = Expressions.parameter(int.class, "from");
    ParameterExpression to = Expressions.parameter(int.class, "to");
    BlockBuilder body = new BlockBuilder();
    loop(
        body,
        GROUP,
        from,
        to,
        each ->
            call.implementor()
                .implementReset(
                    context, new AggResultContextImpl(each, call.call(), variables(), null, null)));
    return method(void.class, "begin", List.of(from, to), body);
  }

  private MemberDeclaration add() {
    ParameterExpression inputs = Expressions.parameter(BatchColumn[].class, "inputs");
    ParameterExpression found = Expressions.parameter(int[].class, "found");
    ParameterExpression rows = Expressions.parameter(int.class, "rows");
    BlockBuilder body = new BlockBuilder();
    List<ParameterExpression> used = new ArrayList<>();
    for (int field : call.inputs()) {
      Class<?> type = ColumnKind.of(fieldType(field)).column();
      ParameterExpression column = Expressions.parameter(type, "column" + field);
      Expression given =
          Expressions.arrayIndex(inputs, Expressions.constant(columns.indexOf(field)));
      body.add(Expressions.declare(0, column, Expressions.convert_(given, type)));
      used.add(column);
    }
    loop(
        body,
        ROW,
        Expressions.constant(0),
        rows,
        each -> {
          // What is final and used once is put in its place, but not into what is assigned to.
          each.add(Expressions.declare(0, GROUP, Expressions.arrayIndex(found, ROW)));
          List<ParameterExpression> values = new ArrayList<>();
          int next = 0;
          for (int field : call.inputs()) {
            Expression value =
                ColumnCode.get(
                    used.get(next++),
                    fieldType(field),
                    ROW,
                    implementor.getTypeFactory(),
                    UnaryOperator.identity());
            ParameterExpression local = Expressions.parameter(value.getType(), "field" + field);
            each.add(Expressions.declare(Modifier.FINAL, local, value));
            values.add(local);
          }
          call.implementor().implementAdd(context, new Row(each, values));
        });
    return method(void.class, "add", List.of(inputs, found, rows), body);
  }

  private MemberDeclaration value() {
    BlockBuilder body = new BlockBuilder();
    List<Expression> variables = new ArrayList<>();
    for (Expression element : variables()) {
      ParameterExpression local =
          Expressions.parameter(element.getType(), "value" + variables.size());
      body.add(Expressions.declare(Modifier.FINAL, local, element));
      variables.add(local);
    }
    Expression value =
        call.implementor()
            .implementResult(
                context, new AggResultContextImpl(body, call.call(), variables, null, input));
    body.add(
        Expressions.return_(null, Expressions.box(EnumUtils.convert(value, context.returnType()))));
    return method(Object.class, "value", List.of(GROUP), body);
  }

  private RelDataType fieldType(int field) {
    return input.getRowType().getFieldList().get(field).getType();
  }

  private static void loop(
      BlockBuilder body,
      ParameterExpression variable,
      Expression from,
      Expression to,
      Consumer<BlockBuilder> each) {
    BlockBuilder block = new BlockBuilder(true, body);
    each.accept(block);
    body.add(
        Expressions.for_(
            Expressions.declare(0, variable, from),
            Expressions.lessThan(variable, to),
            Expressions.preIncrementAssign(variable),
            block.toBlock()));
  }

  private static MemberDeclaration method(
      Class<?> result, String name, List<ParameterExpression> parameters, BlockBuilder body) {
    return Expressions.methodDecl(Modifier.PUBLIC, result, name, parameters, body.toBlock());
  }

  /** A row that is added to its group. */
  private final class Row extends AggAddContextImpl {
    private final List<ParameterExpression> values;

    /**
     * A row.
     *
     * @param values of the call's inputs, in their order
     */
    Row(BlockBuilder block, List<ParameterExpression> values) {
      super(block, variables());
      this.values = values;
    }

    @Override
    public List<RexNode> rexArguments() {
      List<RelDataTypeField> fields = input.getRowType().getFieldList();
      return call.call().getArgList().stream()
          .<RexNode>map(field -> RexInputRef.of(field, fields))
          .toList();
    }

    @Override
    public @Nullable RexNode rexFilterArgument() {
      return call.call().filterArg < 0
          ? null
          : RexInputRef.of(call.call().filterArg, input.getRowType());
    }

    @Override
    public RexToLixTranslator rowTranslator() {
      return RexToLixTranslator.forAggregation(
          implementor.getTypeFactory(),
          currentBlock(),
          (block, field, storage) -> {
            Expression value = values.get(call.inputs().indexOf(field));
            return storage == null ? value : EnumUtils.convert(value, storage);
          },
          implementor.getConformance());
    }
  }
}
