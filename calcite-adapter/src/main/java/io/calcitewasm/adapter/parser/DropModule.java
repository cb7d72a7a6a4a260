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

/** {@code DROP MODULE [IF EXISTS] name [RESTRICT | CASCADE]}. */
public final class DropModule extends SqlDrop {
  private static final SqlOperator OPERATOR =
      new OwnOperator(
          "DROP MODULE",
          SqlKind.OTHER_DDL,
          (pos, operands) ->
              new DropModule(
                  pos,
                  ((SqlLiteral) requireNonNull(operands[0])).booleanValue(),
                  (SqlIdentifier) requireNonNull(operands[1]),
                  ((SqlLiteral) requireNonNull(operands[2])).booleanValue()));

  private final SqlIdentifier name;
  private final boolean cascade;

  /** Called by the parser. */
  public DropModule(SqlParserPos pos, boolean ifExists, SqlIdentifier name, boolean cascade) {
    super(OPERATOR, pos, ifExists);
    this.name = name;
    this.cascade = cascade;
  }

  /** The module's name as written. */
  public SqlIdentifier name() {
    return name;
  }

  /** Whether a missing module is no error. */
  public boolean ifExists() {
    return ifExists;
  }

  /** Whether what depends on the module goes too; otherwise it forbids the drop. */
  public boolean cascade() {
    return cascade;
  }

  @Override
  public List<SqlNode> getOperandList() {
    return List.of(
        SqlLiteral.createBoolean(ifExists, SqlParserPos.ZERO),
        name,
        SqlLiteral.createBoolean(cascade, SqlParserPos.ZERO));
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
    writer.keyword("DROP MODULE");
    if (ifExists) {
      writer.keyword("IF EXISTS");
    }
    name.unparse(writer, 0, 0);
    if (cascade) {
      writer.keyword("CASCADE");
    }
  }
}
