package io.calcitewasm.adapter.parser;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code DESCRIBE MODULE name}: one row for each function of the module. */
public final class DescribeModule extends SqlCall {
  private static final SqlOperator OPERATOR =
      new OwnOperator(
          "DESCRIBE MODULE",
          SqlKind.OTHER,
          (pos, operands) -> new DescribeModule(pos, (SqlIdentifier) requireNonNull(operands[0])));

  private final SqlIdentifier name;

  /** Called by the parser. */
  public DescribeModule(SqlParserPos pos, SqlIdentifier name) {
    super(pos);
    this.name = name;
  }

  /** The module's name as written. */
  public SqlIdentifier name() {
    return name;
  }

  @Override
  public SqlOperator getOperator() {
    return OPERATOR;
  }

  @Override
  public List<SqlNode> getOperandList() {
    return List.of(name);
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
    writer.keyword("DESCRIBE MODULE");
    name.unparse(writer, 0, 0);
  }
}
