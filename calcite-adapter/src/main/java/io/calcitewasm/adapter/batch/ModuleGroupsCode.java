package io.calcitewasm.adapter.batch;

import io.calcitewasm.adapter.exec.AggregateKey;
import io.calcitewasm.adapter.exec.GroupEnumerator;
import io.calcitewasm.adapter.function.ModuleAggregateFunction;
import io.calcitewasm.udf.batch.BatchColumn;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.enumerable.EnumUtils;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.adapter.enumerable.PhysType;
import org.apache.calcite.adapter.enumerable.PhysTypeImpl;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.linq4j.tree.BlockBuilder;
import org.apache.calcite.linq4j.tree.BlockStatement;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.linq4j.tree.MemberDeclaration;
import org.apache.calcite.linq4j.tree.ParameterExpression;
import org.apache.calcite.linq4j.tree.Primitive;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.util.BuiltInMethod;

/** The Java code of a {@link ModuleGroups}: a subclass of {@link GroupEnumerator}. */
final class ModuleGroupsCode {
  private static final Expression THIS = Expressions.parameter(GroupEnumerator.class, "this");

  private final EnumerableRelImplementor implementor;
  private final EnumerableRel.Result child;
  private final ModuleGroups groups;
  private final List<ParameterExpression> keys = new ArrayList<>();
  private final List<ParameterExpression> keyResults = new ArrayList<>();
  private final List<List<ParameterExpression>> arguments = new ArrayList<>();
  private final List<ParameterExpression> results = new ArrayList<>();

  ModuleGroupsCode(
      EnumerableRelImplementor implementor, EnumerableRel.Result child, ModuleGroups groups) {
    this.implementor = implementor;
    this.child = child;
    this.groups = groups;
  }

  EnumerableRel.Result implement(EnumerableRel.Prefer prefer) {
    PhysType physType =
        PhysTypeImpl.of(
            implementor.getTypeFactory(), groups.getRowType(), prefer.prefer(child.format));
    BlockBuilder builder = new BlockBuilder();
    Expression source = builder.append("inputEnumerable", child.block, false);
    List<MemberDeclaration> members = new ArrayList<>();
    declareKeys(members);
    declareAggregates(members);
    members.add(fill());
    members.add(
        Expressions.methodDecl(
            Modifier.PUBLIC, Object.class, "current", List.of(), current(physType)));
    builder.add(
        Expressions.return_(
            null,
            ColumnCode.enumerable(
                Expressions.new_(
                    GroupEnumerator.class, List.of(DataContext.ROOT, source), members))));
    return implementor.result(physType, builder.toBlock());
  }

  private static Expression own(String method, Expression... with) {
    return ColumnCode.own(THIS, GroupEnumerator.class, method, List.of(with));
  }

  private static ParameterExpression declare(
      List<MemberDeclaration> members, String name, ColumnKind kind, Expression value) {
    ParameterExpression column = Expressions.parameter(kind.column(), name);
    members.add(Expressions.fieldDecl(Modifier.FINAL, column, value));
    return column;
  }

  private static Expression registered(String method, ColumnKind kind) {
    return Expressions.convert_(own(method, kind.create()), kind.column());
  }

  private void declareKeys(List<MemberDeclaration> members) {
    for (RelDataTypeField key : groups.keys()) {
      ColumnKind kind = ColumnKind.of(key.getType());
      keys.add(declare(members, "key" + keys.size(), kind, registered("key", kind)));
      keyResults.add(
          declare(members, "group" + keyResults.size(), kind, registered("keyResult", kind)));
    }
  }

  private void declareAggregates(List<MemberDeclaration> members) {
    for (AggregateCall call : groups.getAggCallList()) {
      int place = results.size();
      ModuleAggregateFunction aggregate = ModuleGroups.function(call).orElseThrow();
      List<ParameterExpression> columns = new ArrayList<>();
      for (int field : call.getArgList()) {
        ColumnKind kind = ColumnKind.of(inputType(field));
        columns.add(
            declare(members, "argument" + place + "_" + columns.size(), kind, kind.create()));
      }
      arguments.add(columns);
      ColumnKind kind = ColumnKind.of(call.getType());
      List<Expression> defaults = new ArrayList<>();
      aggregate.opening().forEach(value -> defaults.add(Expressions.constant(value)));
      Expression placed =
          own(
              "place",
              Expressions.constant(AggregateKey.of(aggregate.function()).toString()),
              Expressions.newArrayInit(BatchColumn.class, columns),
              kind.create(),
              Expressions.newArrayInit(Object.class, defaults));
      results.add(
          declare(members, "result" + place, kind, Expressions.convert_(placed, kind.column())));
    }
  }

  private RelDataType inputType(int field) {
    return groups.getInput().getRowType().getFieldList().get(field).getType();
  }

  private MemberDeclaration fill() {
    ParameterExpression rows = Expressions.parameter(Enumerator.class, "rows");
    ParameterExpression size = Expressions.parameter(int.class, "size");
    ParameterExpression slot = Expressions.parameter(int.class, "slot");
    ParameterExpression input = Expressions.parameter(child.physType.getJavaRowType(), "inputRow");
    BlockBuilder loop = new BlockBuilder();
    loop.add(
        Expressions.declare(
            Modifier.FINAL,
            input,
            EnumUtils.convert(
                Expressions.call(rows, BuiltInMethod.ENUMERATOR_CURRENT.method),
                child.physType.getJavaRowType())));
    for (int i = 0; i < keys.size(); i++) {
      RelDataTypeField key = groups.keys().get(i);
      loop.add(
          Expressions.statement(
              ColumnCode.set(
                  keys.get(i),
                  ColumnKind.of(key.getType()),
                  slot,
                  child.physType.fieldReference(input, key.getIndex()),
                  UnaryOperator.identity())));
    }
    for (int place = 0; place < results.size(); place++) {
      AggregateCall call = groups.getAggCallList().get(place);
      BlockStatement given = arguments(place, call, slot, input);
      if (call.filterArg < 0) {
        loop.add(given);
      } else {
        loop.add(
            Expressions.ifThenElse(
                isTrue(child.physType.fieldReference(input, call.filterArg)),
                given,
                Expressions.statement(own("skip", Expressions.constant(place), slot))));
      }
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
            Expressions.tryFinally(taking, Expressions.statement(own("taken", slot)))));
  }

  private static Expression isTrue(Expression value) {
    return Primitive.is(value.getType())
        ? value
        : Expressions.call(
            Expressions.constant(Boolean.TRUE),
            "equals",
            Expressions.convert_(value, Object.class));
  }

  private BlockStatement arguments(
      int place, AggregateCall call, Expression slot, Expression input) {
    BlockBuilder block = new BlockBuilder();
    for (int i = 0; i < call.getArgList().size(); i++) {
      int parameter = i;
      int field = call.getArgList().get(i);
      block.add(
          Expressions.statement(
              ColumnCode.set(
                  arguments.get(place).get(i),
                  ColumnKind.of(inputType(field)),
                  slot,
                  child.physType.fieldReference(input, field),
                  boxed ->
                      own(
                          "argument",
                          Expressions.constant(place),
                          Expressions.constant(parameter),
                          boxed))));
    }
    return block.toBlock();
  }

  private BlockStatement current(PhysType physType) {
    List<Expression> fields = new ArrayList<>();
    for (int i = 0; i < groups.getRowType().getFieldCount(); i++) {
      RelDataType type = groups.getRowType().getFieldList().get(i).getType();
      int place = i - keys.size();
      Expression field =
          place < 0
              ? value(keyResults.get(i), type, UnaryOperator.identity())
              : value(
                  results.get(place), type, raw -> own("result", Expressions.constant(place), raw));
      fields.add(EnumUtils.convert(field, physType.getJavaFieldType(i)));
    }
    return Expressions.block(Expressions.return_(null, Expressions.box(physType.record(fields))));
  }

  private Expression value(
      Expression column, RelDataType type, UnaryOperator<Expression> converted) {
    return ColumnCode.get(column, type, own("row"), implementor.getTypeFactory(), converted);
  }
}
