package io.calcitewasm.adapter.batch;

import io.calcitewasm.adapter.function.ModuleFunction;
import io.calcitewasm.udf.batch.BatchColumn;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.calcite.adapter.java.JavaTypeFactory;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.linq4j.tree.Blocks;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.linq4j.tree.Primitive;
import org.apache.calcite.linq4j.tree.Types;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.util.BuiltInMethod;

/** The Java code that sets rows of columns and reads them, without boxes where types allow it. */
final class ColumnCode {
  private ColumnCode() {}

  /**
   * Sets a row.
   *
   * @param value as Calcite has it
   * @param converted what becomes of a boxed object that may have another form in the column
   */
  static Expression set(
      Expression column,
      ColumnKind kind,
      Expression row,
      Expression value,
      UnaryOperator<Expression> converted) {
    Class<?> as =
        Primitive.is(value.getType()) && kind != ColumnKind.OBJECT
            ? kind.primitive()
            : kind.boxed();
    Expression taken =
        kind == ColumnKind.OBJECT && value.getType() != String.class
            ? converted.apply(Expressions.box(value))
            : value;
    return Expressions.call(
        column,
        Types.lookupMethod(kind.column(), "set", int.class, as),
        row,
        value.getType() == as ? taken : Expressions.convert_(taken, as));
  }

  /**
   * The value of a row, as Calcite has it.
   *
   * @param converted what becomes of an object that may have another form in the column
   */
  static Expression get(
      Expression column,
      RelDataType type,
      Expression row,
      JavaTypeFactory types,
      UnaryOperator<Expression> converted) {
    ColumnKind kind = ColumnKind.of(type);
    java.lang.reflect.Type javaType = types.getJavaClass(type);
    if (kind == ColumnKind.OBJECT) {
      Expression raw =
          Expressions.call(column, Types.lookupMethod(BatchColumn.class, "value", int.class), row);
      return javaType == String.class
          ? Expressions.convert_(raw, String.class)
          : ModuleFunction.typed(converted.apply(raw), type);
    }
    if (Primitive.is(javaType)) {
      return Expressions.convert_(
          Expressions.call(column, Types.lookupMethod(kind.column(), "get", int.class), row),
          javaType);
    }
    String getter = "get" + Types.toClass(javaType).getSimpleName();
    return Expressions.call(column, Types.lookupMethod(kind.column(), getter, int.class), row);
  }

  /** An enumerable whose enumerators are made by an expression. */
  static Expression enumerable(Expression enumerator) {
    return Expressions.new_(
        BuiltInMethod.ABSTRACT_ENUMERABLE_CTOR.constructor,
        List.of(),
        List.of(
            Expressions.methodDecl(
                Modifier.PUBLIC,
                Enumerator.class,
                BuiltInMethod.ENUMERABLE_ENUMERATOR.method.getName(),
                List.of(),
                Blocks.toFunctionBlock(enumerator))));
  }

  /** Calls a method of a generated class's superclass, known by its name. */
  static Expression own(Expression self, Class<?> superclass, String name, List<Expression> with) {
    for (Method candidate : superclass.getDeclaredMethods()) {
      if (candidate.getName().equals(name)) {
        return Expressions.call(self, candidate, with);
      }
    }
    throw new IllegalArgumentException(name);
  }
}
