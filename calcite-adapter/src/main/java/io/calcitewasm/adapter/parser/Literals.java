package io.calcitewasm.adapter.parser;

import java.math.BigDecimal;
import java.util.List;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.NlsString;
import org.jspecify.annotations.Nullable;

/** Reads the values of literals in statements. */
public final class Literals {
  private Literals() {}

  /** The characters of a string literal. */
  public static String string(SqlNode node) {
    return ((SqlLiteral) node).getValueAs(String.class);
  }

  /**
   * The value of a literal: {@code String}, {@code Boolean}, {@code Long} (whole numbers that fit),
   * {@code BigDecimal} or null; date and interval literals give their text.
   */
  public static @Nullable Object value(SqlNode node) {
    SqlLiteral literal = (SqlLiteral) node;
    Object value = literal.getValue();
    return switch (value) {
      case null -> null;
      case NlsString string -> string.getValue();
      case Boolean bool -> bool;
      case BigDecimal number -> number(number);
      default -> literal.getTypeName() == SqlTypeName.CHAR ? string(literal) : literal.toValue();
    };
  }

  /** A literal of a value that {@link #value} gives, or a list of some. */
  static SqlNode node(@Nullable Object value, SqlParserPos pos) {
    return switch (value) {
      case null -> SqlLiteral.createNull(pos);
      case Boolean bool -> SqlLiteral.createBoolean(bool, pos);
      case Number number -> SqlLiteral.createExactNumeric(number.toString(), pos);
      case List<?> values -> new SqlNodeList(values.stream().map(v -> node(v, pos)).toList(), pos);
      default -> SqlLiteral.createCharString(value.toString(), pos);
    };
  }

  private static Object number(BigDecimal number) {
    try {
      return number.longValueExact();
    } catch (ArithmeticException e) {
      return number;
    }
  }
}
