package io.calcitewasm.adapter.parser;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.apache.calcite.sql.SqlDrop;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code DROP BUCKET [IF EXISTS] name}. */
public final class DropBucket extends SqlDrop {
  private static final SqlOperator OPERATOR =
      new OwnOperator(
          "DROP BUCKET",
          SqlKind.OTHER_DDL,
          (pos, operands) ->
              new DropBucket(
                  pos,
                  ((SqlLiteral) requireNonNull(operands[0])).booleanValue(),
                  (SqlIdentifier) requireNonNull(operands[1])));

  private final SqlIdentifier name;

  /** Called by the parser. */
  public DropBucket(SqlParserPos pos, boolean ifExists, SqlIdentifier name) {
    super(OPERATOR, pos, ifExists);
    this.name = name;
  }

  /** The bucket's name as written. */
  public SqlIdentifier name() {
    return name;
  }

  /** Whether a missing bucket is no error. */
  public boolean ifExists() {
    return ifExists;
  }

  @Override
  public List<SqlNode> getOperandList() {
    return List.of(SqlLiteral.createBoolean(ifExists, SqlParserPos.ZERO), name);
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
    writer.keyword("DROP BUCKET");
    if (ifExists) {
      writer.keyword("IF EXISTS");
    }
    name.unparse(writer, 0, 0);
  }
}
