package io.calcitewasm.adapter.batch;

import io.calcitewasm.adapter.exec.BatchEnumerator;
import io.calcitewasm.adapter.exec.CallSite;
import io.calcitewasm.adapter.exec.FunctionKey;
import io.calcitewasm.adapter.function.ModuleCalls;
import io.calcitewasm.adapter.function.ModuleFunction;
import io.calcitewasm.udf.batch.BatchColumn;
import io.calcitewasm.udf.signature.SqlFunction;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.adapter.enumerable.EnumUtils;
import org.apache.calcite.adapter.java.JavaTypeFactory;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.linq4j.tree.MemberDeclaration;
import org.apache.calcite.linq4j.tree.ParameterExpression;
import org.apache.calcite.linq4j.tree.Primitive;
import org.apache.calcite.linq4j.tree.Types;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a {@link ModuleCalc}'s calls in its Java code: how arguments get into them and
 * results out of them, without boxes where their types allow it.
 */
final class CalcColumns {
  private static final Expression THIS = Expressions.parameter(BatchEnumerator.class, "this");

  private final List<GuardedCall> calls;
  private final JavaTypeFactory types;
  private final List<List<ParameterExpression>> arguments = new ArrayList<>();
  private final List<ParameterExpression> results = new ArrayList<>();

  CalcColumns(List<GuardedCall> calls, JavaTypeFactory types) {
    this.calls = calls;
    this.types = types;
  }

  /** A call of one of the enumerator's own methods. */
  static Expression call(String method, Expression... arguments) {
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
  void declare(List<MemberDeclaration> members) {
    for (GuardedCall guarded : calls) {
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
              Expressions.constant(CallSite.place(guarded.call().getParserPosition())),
              Expressions.newArrayInit(BatchColumn.class, columns),
              kind.create());
      members.add(
          Expressions.fieldDecl(
              Modifier.FINAL, result, Expressions.convert_(placed, kind.column())));
      results.add(result);
    }
  }

  /** Sets an argument of the row in a slot. */
  Expression set(int place, int parameter, ColumnKind kind, Expression slot, Expression value) {
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

  /** The result of a call for the row that is tested or delivered. */
  Expression result(int place, @Nullable Type storage) {
    RelDataType type = calls.get(place).call().getType();
    ColumnKind kind = ColumnKind.of(type);
    Expression column = results.get(place);
    Type javaType = types.getJavaClass(type);
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
}
