package io.calcitewasm.adapter.collation;

import io.calcitewasm.adapter.collation.TextFunction.Kind;
import io.calcitewasm.adapter.exec.FunctionKey;
import io.calcitewasm.adapter.exec.OrderedText;
import io.calcitewasm.adapter.function.CollatedType;
import io.calcitewasm.adapter.function.ModuleOperators;
import io.calcitewasm.udf.SqlError;
import io.calcitewasm.udf.signature.Collation;
import io.calcitewasm.udf.signature.SqlFunction;
import java.util.List;
import org.apache.calcite.adapter.java.JavaTypeFactory;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlUserDefinedFunction;

/**
 * The expressions that stand for texts where their collation decides: calls of its {@code
 * sort-key}, or of its {@code compare} where it has no keys.
 */
final class CollationKeys {
  private final RexBuilder rex;
  private final Collations collations;

  CollationKeys(RexBuilder rex, Collations collations) {
    this.rex = rex;
    this.collations = collations;
  }

  /** Whether an expression is of a text in another order than that of code points. */
  static boolean matter(RexNode text) {
    return CollatedType.in(text.getType());
  }

  /** The collation of a text that has one. */
  Collation collation(RelDataType type) {
    return collations.find(CollatedType.of(type).orElseThrow().name());
  }

  /** Whether texts of a type have keys; otherwise they can be compared only. */
  boolean haveKeys(RelDataType type) {
    return collation(type).sortKey().isPresent();
  }

  /**
   * The key of a text: equal for equal texts, ordered as the texts.
   *
   * @param needed what for, as the end of a sentence
   * @throws SqlError 0A000 if the collation has no keys
   */
  RexNode key(RexNode text, String needed) {
    return key(collation(text.getType()), text, needed);
  }

  RexNode key(Collation collation, RexNode text, String needed) {
    SqlFunction function =
        collation
            .sortKey()
            .orElseThrow(
                () ->
                    new SqlError(
                        "0A000",
                        "collation "
                            + collation.qualifiedName()
                            + " has no sort-key, only compare: it orders and compares texts, but "
                            + needed));
    return rex.makeCall(operator(collation, function), plain(text));
  }

  /** What orders texts as their collation does: the key, or what its comparison orders. */
  RexNode ordered(RexNode text) {
    Collation collation = collation(text.getType());
    return collation.sortKey().isPresent()
        ? key(collation, text, "")
        : ordered(Kind.ORDERED, collation, text);
  }

  /**
   * As {@link #ordered}, with the order of characters for texts that the collation takes as equal.
   */
  RexNode strictlyOrdered(RexNode text) {
    Collation collation = collation(text.getType());
    if (collation.sortKey().isEmpty()) {
      return ordered(Kind.STRICTLY_ORDERED, collation, text);
    }
    RexNode key = key(collation, text, "");
    return rex.makeCall(
        key.getType(), TextFunction.operator(Kind.KEY_WITH_TEXT), List.of(key, plain(text)));
  }

  /** The text in the value of a {@link #strictlyOrdered} expression. */
  RexNode textOf(RexNode strictlyOrdered, RelDataType text) {
    Kind kind =
        strictlyOrdered.getType().getSqlTypeName() == SqlTypeName.VARBINARY
            ? Kind.TEXT_OF_KEY
            : Kind.TEXT_OF_ORDERED;
    return rex.makeCall(text, TextFunction.operator(kind), List.of(strictlyOrdered));
  }

  private RexNode ordered(Kind kind, Collation collation, RexNode text) {
    SqlFunction compare = collation.compare().orElseThrow();
    SqlUserDefinedFunction operator =
        TextFunction.operator(
            kind,
            FunctionKey.of(compare).toString(),
            collation.qualifiedName() + (kind == Kind.ORDERED ? ".ordered" : ".strictly_ordered"));
    RelDataType type =
        rex.getTypeFactory()
            .createTypeWithNullability(
                ((JavaTypeFactory) rex.getTypeFactory()).createJavaType(OrderedText.class),
                text.getType().isNullable());
    return rex.makeCall(type, operator, List.of(plain(text)));
  }

  /** The number that {@code compare} answers: below 0, 0 or above. */
  RexNode comparison(Collation collation, RexNode a, RexNode b) {
    return rex.makeCall(operator(collation, collation.compare().orElseThrow()), plain(a), plain(b));
  }

  private SqlOperator operator(Collation collation, SqlFunction function) {
    return ModuleOperators.operator(collations.module(collation), function);
  }

  /** The text without the clause that gave it the collation. */
  static RexNode plain(RexNode text) {
    return text instanceof RexCall call
            && call.getOperator() instanceof SqlUserDefinedFunction operator
            && operator.getFunction() instanceof TextFunction function
            && function.kind() == Kind.COLLATED
        ? plain(call.getOperands().getFirst())
        : text;
  }
}
