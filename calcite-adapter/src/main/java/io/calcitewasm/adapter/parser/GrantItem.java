package io.calcitewasm.adapter.parser;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** One item of a {@code GRANT} clause: a capability and its scope, {@code (key => literal, …)}. */
public final class GrantItem extends SqlCall {
  private static final SqlOperator OPERATOR =
      new OwnOperator(
          "GRANT",
          SqlKind.OTHER,
          (pos, operands) ->
              new GrantItem(
                  pos,
                  (SqlIdentifier) requireNonNull(operands[0]),
                  (SqlNodeList) requireNonNull(operands[1])));

  private final SqlIdentifier capability;
  private final SqlNodeList scope;

  /** Called by the parser: {@code scope} holds assignments. */
  public GrantItem(SqlParserPos pos, SqlIdentifier capability, SqlNodeList scope) {
    super(pos);
    this.capability = capability;
    this.scope = scope;
  }

  /** The capability's SQL name as written. */
  public String capability() {
    return capability.getSimple();
  }

  /** The scope in its order; empty where the statement gives none. */
  public List<NamedLiteral> scope() {
    return NamedLiteral.list(scope);
  }

  @Override
  public SqlOperator getOperator() {
    return OPERATOR;
  }

  @Override
  public List<SqlNode> getOperandList() {
    return List.of(capability, scope);
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
    capability.unparse(writer, 0, 0);
    if (!scope.isEmpty()) {
      Lists.unparse(writer, scope);
    }
  }
}
