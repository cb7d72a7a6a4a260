package io.calcitewasm.adapter.parser;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.apache.calcite.sql.SqlCreate;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code CREATE [OR REPLACE] BUCKET [IF NOT EXISTS] name LOCATION 'file:…'}. */
public final class CreateBucket extends SqlCreate {
  private static final SqlOperator OPERATOR =
      new OwnOperator(
          "CREATE BUCKET",
          SqlKind.OTHER_DDL,
          (pos, operands) ->
              new CreateBucket(
                  pos,
                  ((SqlLiteral) requireNonNull(operands[0])).booleanValue(),
                  ((SqlLiteral) requireNonNull(operands[1])).booleanValue(),
                  (SqlIdentifier) requireNonNull(operands[2]),
                  requireNonNull(operands[3])));

  private final SqlIdentifier name;
  private final SqlNode location;

  /** Called by the parser. */
  public CreateBucket(
      SqlParserPos pos,
      boolean replace,
      boolean ifNotExists,
      SqlIdentifier name,
      SqlNode location) {
    super(OPERATOR, pos, replace, ifNotExists);
    this.name = name;
    this.location = location;
  }

  /** The bucket's name as written. */
  public SqlIdentifier name() {
    return name;
  }

  /** The folder, as written. */
  public String location() {
    return Literals.string(location);
  }

  @Override
  public List<SqlNode> getOperandList() {
    return List.of(
        SqlLiteral.createBoolean(getReplace(), SqlParserPos.ZERO),
        SqlLiteral.createBoolean(ifNotExists, SqlParserPos.ZERO),
        name,
        location);
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
    writer.keyword(getReplace() ? "CREATE OR REPLACE BUCKET" : "CREATE BUCKET");
    if (ifNotExists) {
      writer.keyword("IF NOT EXISTS");
    }
    name.unparse(writer, 0, 0);
    writer.keyword("LOCATION");
    location.unparse(writer, 0, 0);
  }
}
