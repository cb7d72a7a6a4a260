package io.calcitewasm.adapter.parser;

import java.util.List;
import java.util.function.Function;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** A statement that is its words and nothing else, such as {@code SHOW MODULES}. */
abstract class BareStatement extends SqlCall {
  private final SqlOperator operator;

  BareStatement(SqlOperator operator, SqlParserPos pos) {
    super(pos);
    this.operator = operator;
  }

  /** The operator of statements with these words. */
  static SqlOperator operator(String words, Function<SqlParserPos, SqlCall> make) {
    return new OwnOperator(words, SqlKind.OTHER, (pos, _) -> make.apply(pos));
  }

  @Override
  public final SqlOperator getOperator() {
    return operator;
  }

  @Override
  public final List<SqlNode> getOperandList() {
    return List.of();
  }

  @Override
  public final void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
    writer.keyword(operator.getName());
  }
}
