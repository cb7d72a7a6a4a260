package io.calcitewasm.adapter.batch;

import static io.calcitewasm.adapter.batch.ModuleCallCode.declare;
import static io.calcitewasm.adapter.batch.ModuleCallCode.own;

import io.calcitewasm.adapter.exec.GroupEnumerator;
import io.calcitewasm.adapter.exec.GroupState;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.enumerable.EnumUtils;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.adapter.enumerable.PhysType;
import org.apache.calcite.adapter.enumerable.PhysTypeImpl;
import org.apache.calcite.linq4j.tree.BlockBuilder;
import org.apache.calcite.linq4j.tree.BlockStatement;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.linq4j.tree.MemberDeclaration;
import org.apache.calcite.linq4j.tree.ParameterExpression;
import org.apache.calcite.linq4j.tree.Statement;
import org.apache.calcite.linq4j.tree.Types;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.util.ImmutableBitSet;

/** The Java code of a {@link ModuleGroups}: a subclass of {@link GroupEnumerator}. */
final class ModuleGroupsCode {
  private final EnumerableRelImplementor implementor;
  private final EnumerableRel.Result child;
  private final ModuleGroups groups;
  private final List<MemberDeclaration> members = new ArrayList<>();
  private final List<ParameterExpression> keys = new ArrayList<>();
  private final List<ParameterExpression> keyResults = new ArrayList<>();
  private final List<ModuleCallCode> calls = new ArrayList<>();

  /** Columns that ordinary aggregates take, by columns of the input. */
  private final Map<Integer, ParameterExpression> inputs = new TreeMap<>();

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
    declareKeys();
    Expression states = declareInputs();
    for (AggregateCall call : groups.getAggCallList()) {
      if (ModuleGroups.function(call).isPresent()) {
        calls.add(new ModuleCallCode(call, calls.size(), child.physType, members));
      }
    }
    members.add(fill());
    members.add(
        Expressions.methodDecl(
            Modifier.PUBLIC, Object.class, "current", List.of(), current(physType)));
    builder.add(
        Expressions.return_(
            null,
            ColumnCode.enumerable(
                Expressions.new_(
                    GroupEnumerator.class, List.of(DataContext.ROOT, source, states), members))));
    return implementor.result(physType, builder.toBlock());
  }

  private void declareKeys() {
    for (RelDataTypeField key : groups.keys()) {
      ColumnKind kind = ColumnKind.of(key.getType());
      keys.add(declare(members, "key" + keys.size(), kind, registered("key", kind)));
      keyResults.add(
          declare(members, "group" + keyResults.size(), kind, registered("keyResult", kind)));
    }
  }

  private static Expression registered(String method, ColumnKind kind) {
    return Expressions.convert_(own(method, kind.create()), kind.column());
  }

  /** Declares columns for ordinary aggregates, and makes their states. */
  private Expression declareInputs() {
    List<OrdinaryCall> ordinary = groups.ordinary();
    ImmutableBitSet columns =
        ImmutableBitSet.union(ordinary.stream().map(OrdinaryCall::inputs).toList());
    for (int field : columns) {
      ColumnKind kind = ColumnKind.of(fieldType(field));
      inputs.put(field, declare(members, "input" + field, kind, registered("input", kind)));
    }
    return Expressions.newArrayInit(
        GroupState.class,
        ordinary.stream()
            .map(call -> new OrdinaryCode(implementor, child.physType, call, columns).create())
            .toList());
  }

  private RelDataType fieldType(int field) {
    return groups.getInput().getRowType().getFieldList().get(field).getType();
  }

  private MemberDeclaration fill() {
    FillMethod fill = new FillMethod(child.physType);
    for (int i = 0; i < keys.size(); i++) {
      fill.loop.add(set(keys.get(i), groups.keys().get(i).getIndex(), fill.slot, fill.input));
    }
    inputs.forEach((field, column) -> fill.loop.add(set(column, field, fill.slot, fill.input)));
    calls.forEach(call -> call.fill(fill.loop, fill.slot, fill.input));
    return fill.declaration(own("taken", fill.slot));
  }

  private Statement set(ParameterExpression column, int field, Expression slot, Expression row) {
    return Expressions.statement(
        ColumnCode.set(
            column,
            ColumnKind.of(fieldType(field)),
            slot,
            child.physType.fieldReference(row, field),
            UnaryOperator.identity()));
  }

  private BlockStatement current(PhysType physType) {
    List<Expression> fields = new ArrayList<>();
    for (ParameterExpression key : keyResults) {
      fields.add(
          ColumnCode.get(
              key,
              type(fields.size()),
              own("row"),
              implementor.getTypeFactory(),
              UnaryOperator.identity()));
    }
    int module = 0;
    int state = 0;
    for (AggregateCall call : groups.getAggCallList()) {
      RelDataType type = type(fields.size());
      fields.add(
          ModuleGroups.function(call).isPresent()
              ? calls.get(module++).value(type, implementor.getTypeFactory())
              : Expressions.convert_(
                  own("state", Expressions.constant(state++)),
                  Types.box(physType.getJavaFieldType(fields.size()))));
    }
    List<Expression> converted = new ArrayList<>();
    for (Expression field : fields) {
      converted.add(EnumUtils.convert(field, physType.getJavaFieldType(converted.size())));
    }
    return Expressions.block(
        Expressions.return_(null, Expressions.box(physType.record(converted))));
  }

  private RelDataType type(int field) {
    return groups.getRowType().getFieldList().get(field).getType();
  }
}
