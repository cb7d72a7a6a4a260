package io.calcitewasm.adapter.parser;

import java.util.List;
import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;

/**
 * {@code text COLLATE name}: the text, to be ordered and compared by a collation. Its second
 * operand is the collation's name as a text literal, so that nobody takes it for a column. In the
 * list of elements of {@code CREATE TABLE} it stands behind the column of that name.
 */
public final class Collate extends SqlBinaryOperator {
  /** The operator. */
  public static final Collate OPERATOR = new Collate();

  /** Binds as tightly as an infix cast. */
  private static final int PRECEDENCE = 94;

  private static final String DOT = ".";

  private Collate() {
    super(
        "COLLATE",
        SqlKind.OTHER,
        PRECEDENCE,
        true,
        ReturnTypes.ARG0,
        InferTypes.VARCHAR_1024,
        OperandTypes.CHARACTER.and(OperandTypes.CHARACTER));
  }

  /** Called by the parser: the operand for a name. */
  public static SqlNode name(SqlIdentifier name) {
    return SqlLiteral.createCharString(String.join(DOT, name.names), name.getParserPosition());
  }

  /** The collation's name, its parts with dots between them. */
  public static String name(SqlCall call) {
    return call.<SqlLiteral>operand(1).getValueAs(String.class);
  }

  /** Where the collation's name stands. */
  public static SqlParserPos position(SqlCall call) {
    return call.operand(1).getParserPosition();
  }

  @Override
  public void unparse(SqlWriter writer, SqlCall call, int leftPrec, int rightPrec) {
    boolean parentheses = leftPrec > getLeftPrec() || getRightPrec() < rightPrec;
    SqlWriter.Frame frame = parentheses ? writer.startList("(", ")") : null;
    call.operand(0).unparse(writer, leftPrec, getLeftPrec());
    writer.keyword(getName());
    new SqlIdentifier(List.of(name(call).split("\\.", -1)), SqlParserPos.ZERO)
        .unparse(writer, 0, 0);
    if (frame != null) {
      writer.endList(frame);
    }
  }
}
