package io.calcitewasm.adapter.parser;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** The operator of a statement or clause of ours, of which Calcite makes new ones by operands. */
final class OwnOperator extends SqlSpecialOperator {
  private final Making making;

  /** Makes one of its operands, in the order of {@link SqlCall#getOperandList}. */
  @FunctionalInterface
  interface Making {
    SqlCall of(SqlParserPos pos, @Nullable SqlNode[] operands);
  }

  OwnOperator(String words, SqlKind kind, Making making) {
    super(words, kind);
    this.making = making;
  }

  @Override
  public SqlCall createCall(
      @Nullable SqlLiteral qualifier, SqlParserPos pos, @Nullable SqlNode... operands) {
    return making.of(pos, operands);
  }
}
