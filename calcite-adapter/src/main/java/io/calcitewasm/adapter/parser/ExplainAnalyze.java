package io.calcitewasm.adapter.parser;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code EXPLAIN ANALYZE query}: runs a query and shows its plan with what was called. */
public final class ExplainAnalyze extends SqlCall {
  private static final SqlOperator OPERATOR =
      new OwnOperator(
          "EXPLAIN ANALYZE",
          SqlKind.OTHER,
          (pos, operands) -> new ExplainAnalyze(pos, requireNonNull(operands[0])));

  private final SqlNode query;

  /** Called by the parser. */
  public ExplainAnalyze(SqlParserPos pos, SqlNode query) {
    super(pos);
    this.query = query;
  }

  /** The query. */
  public SqlNode query() {
    return query;
  }

  @Override
  public SqlOperator getOperator() {
    return OPERATOR;
  }

  @Override
  public List<SqlNode> getOperandList() {
    return List.of(query);
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
    writer.keyword("EXPLAIN ANALYZE");
    query.unparse(writer, 0, 0);
  }
}
