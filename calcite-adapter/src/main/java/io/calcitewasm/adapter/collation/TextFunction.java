package io.calcitewasm.adapter.collation;

import io.calcitewasm.adapter.exec.TextOrders;
import io.calcitewasm.adapter.function.ModuleFunction;
import java.util.List;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.enumerable.CallImplementor;
import org.apache.calcite.adapter.enumerable.NullPolicy;
import org.apache.calcite.adapter.enumerable.RexImpTable;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.linq4j.tree.Types;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.FunctionParameter;
import org.apache.calcite.schema.ImplementableFunction;
import org.apache.calcite.schema.ScalarFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlUserDefinedFunction;

/**
 * What plans need beside the collations' own functions. They are functions of a user for Calcite,
 * so that no database is asked to evaluate them; nobody can call them by name.
 *
 * @param kind which it is
 * @param compare the comparison that orders texts, {@code ""} where none does
 */
record TextFunction(Kind kind, String compare) implements ScalarFunction, ImplementableFunction {
  /** What a function does. */
  enum Kind {
    /** The text itself, of a type that carries a collation. */
    COLLATED,
    /** A key and its text as one binary value, in the order of keys, then of texts. */
    KEY_WITH_TEXT,
    /** The text in such a value. */
    TEXT_OF_KEY,
    /** The text as a value that a comparison orders. */
    ORDERED,
    /** The same, equal ones in the order of their characters. */
    STRICTLY_ORDERED,
    /** The text in such a value. */
    TEXT_OF_ORDERED
  }

  /** A function that compares nothing, as an operator whose calls are given their type. */
  static SqlUserDefinedFunction operator(Kind kind) {
    return operator(kind, "", kind.name());
  }

  /**
   * A function as an operator whose calls are given their type.
   *
   * @param compare the key of the comparison
   * @param name what plans show; different for different comparisons
   */
  static SqlUserDefinedFunction operator(Kind kind, String compare, String name) {
    return new SqlUserDefinedFunction(
        new SqlIdentifier(name, SqlParserPos.ZERO),
        SqlKind.OTHER_FUNCTION,
        ReturnTypes.ARG0,
        InferTypes.ANY_NULLABLE,
        null,
        new TextFunction(kind, compare));
  }

  @Override
  public RelDataType getReturnType(RelDataTypeFactory types) {
    return types.createSqlType(SqlTypeName.ANY);
  }

  @Override
  public List<FunctionParameter> getParameters() {
    return List.of();
  }

  @Override
  public CallImplementor getImplementor() {
    return RexImpTable.createImplementor(
        (translator, call, operands) -> {
          List<Expression> boxed = operands.stream().map(Expressions::box).toList();
          return ModuleFunction.typed(call(translator.getRoot(), boxed), call.getType());
        },
        NullPolicy.NONE,
        false);
  }

  private Expression call(Expression root, List<Expression> operands) {
    return switch (kind) {
      case COLLATED -> operands.getFirst();
      case KEY_WITH_TEXT ->
          Expressions.call(
              Types.lookupMethod(CollationValues.class, "keyWithText", Object.class, Object.class),
              operands);
      case TEXT_OF_KEY ->
          Expressions.call(
              Types.lookupMethod(CollationValues.class, "textOfKey", Object.class), operands);
      case TEXT_OF_ORDERED ->
          Expressions.call(
              Types.lookupMethod(CollationValues.class, "textOfOrdered", Object.class), operands);
      case ORDERED, STRICTLY_ORDERED ->
          Expressions.call(
              Expressions.new_(
                  TextOrders.class,
                  Expressions.constant(compare),
                  Expressions.constant(kind == Kind.STRICTLY_ORDERED)),
              Types.lookupMethod(TextOrders.class, "of", DataContext.class, Object.class),
              root,
              operands.getFirst());
    };
  }
}
