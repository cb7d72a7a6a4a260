package io.calcitewasm.adapter.batch;

import io.calcitewasm.adapter.exec.AggregateKey;
import io.calcitewasm.adapter.exec.GroupEnumerator;
import io.calcitewasm.adapter.function.ModuleAggregateFunction;
import io.calcitewasm.udf.batch.BatchColumn;
import io.calcitewasm.udf.signature.SqlParameter;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.adapter.enumerable.PhysType;
import org.apache.calcite.adapter.java.JavaTypeFactory;
import org.apache.calcite.linq4j.tree.BlockBuilder;
import org.apache.calcite.linq4j.tree.BlockStatement;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.linq4j.tree.MemberDeclaration;
import org.apache.calcite.linq4j.tree.ParameterExpression;
import org.apache.calcite.linq4j.tree.Primitive;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.type.RelDataType;

/** The Java code of one call of a module's aggregate in a {@link GroupEnumerator}. */
final class ModuleCallCode {
  private static final Expression THIS = Expressions.parameter(GroupEnumerator.class, "this");

  private final AggregateCall call;
  private final int place;
  private final PhysType input;
  private final List<ParameterExpression> arguments = new ArrayList<>();
  private final List<ColumnKind> kinds = new ArrayList<>();
  private final ParameterExpression result;

  /**
   * The code of a call.
   *
   * @param place how many such calls come before it
   * @param members takes its columns
   */
  ModuleCallCode(AggregateCall call, int place, PhysType input, List<MemberDeclaration> members) {
    this.call = call;
    this.place = place;
    this.input = input;
    ModuleAggregateFunction aggregate = ModuleGroups.function(call).orElseThrow();
    List<SqlParameter> parameters = aggregate.function().parameters();
    for (int field : call.getArgList()) {
      ColumnKind kind = ModuleGroups.argument(parameters.get(arguments.size()), inputType(field));
      kinds.add(kind);
      arguments.add(
          declare(members, "argument" + place + "_" + arguments.size(), kind, kind.create()));
    }
    ColumnKind kind = ColumnKind.of(call.getType());
    List<Expression> defaults = new ArrayList<>();
    aggregate.opening().forEach(value -> defaults.add(Expressions.constant(value)));
    Expression placed =
        own(
            "place",
            Expressions.constant(AggregateKey.of(aggregate.function()).toString()),
            Expressions.newArrayInit(BatchColumn.class, arguments),
            kind.create(),
            Expressions.newArrayInit(Object.class, defaults));
    this.result =
        declare(members, "result" + place, kind, Expressions.convert_(placed, kind.column()));
  }

  /** Calls a method of {@link GroupEnumerator}. */
  static Expression own(String method, Expression... with) {
    return ColumnCode.own(THIS, GroupEnumerator.class, method, List.of(with));
  }

  /** Declares a column. */
  static ParameterExpression declare(
      List<MemberDeclaration> members, String name, ColumnKind kind, Expression value) {
    ParameterExpression column = Expressions.parameter(kind.column(), name);
    members.add(Expressions.fieldDecl(Modifier.FINAL, column, value));
    return column;
  }

  private RelDataType inputType(int field) {
    return input.getRowType().getFieldList().get(field).getType();
  }

  /** Sets the arguments of a row. */
  void fill(BlockBuilder loop, Expression slot, Expression row) {
    BlockStatement given = given(slot, row);
    if (call.filterArg < 0) {
      loop.add(given);
    } else {
      loop.add(
          Expressions.ifThenElse(
              isTrue(input.fieldReference(row, call.filterArg)),
              given,
              Expressions.statement(own("skip", Expressions.constant(place), slot))));
    }
  }

  private BlockStatement given(Expression slot, Expression row) {
    BlockBuilder block = new BlockBuilder();
    for (int i = 0; i < arguments.size(); i++) {
      int parameter = i;
      int field = call.getArgList().get(i);
      block.add(
          Expressions.statement(
              ColumnCode.set(
                  arguments.get(i),
                  kinds.get(i),
                  slot,
                  input.fieldReference(row, field),
                  boxed ->
                      own(
                          "argument",
                          Expressions.constant(place),
                          Expressions.constant(parameter),
                          boxed))));
    }
    return block.toBlock();
  }

  private static Expression isTrue(Expression value) {
    return Primitive.is(value.getType())
        ? value
        : Expressions.call(
            Expressions.constant(Boolean.TRUE),
            "equals",
            Expressions.convert_(value, Object.class));
  }

  /**
   * The value of the group that is delivered.
   *
   * @param type that its row has it in
   */
  Expression value(RelDataType type, JavaTypeFactory types) {
    return ColumnCode.get(
        result, type, own("row"), types, raw -> own("result", Expressions.constant(place), raw));
  }
}
