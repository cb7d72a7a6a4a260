package io.calcitewasm.adapter.parser;

import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * {@code GRANT EXECUTE ON MODULE m TO role, …}, {@code GRANT EXECUTE ON FUNCTION m.f TO role, …}
 * and the same with {@code REVOKE … FROM}.
 */
public final class ExecutePrivilege extends SqlCall {
  private final Change change;
  private final SqlIdentifier object;
  private final SqlNodeList roles;

  /** What is done with the privilege. */
  public enum Change {
    /** It is given. */
    GRANT,
    /** It is taken back. */
    REVOKE
  }

  /** Called by the parser: {@code object} is a module, or a function of one. */
  public ExecutePrivilege(
      SqlParserPos pos, Change change, SqlIdentifier object, SqlNodeList roles) {
    super(pos);
    this.change = change;
    this.object = object;
    this.roles = roles;
  }

  /** What is done. */
  public Change change() {
    return change;
  }

  /** The module's name as written. */
  public String module() {
    return object.names.getFirst();
  }

  /** The function's name as written, {@code ""} for all of the module's. */
  public String function() {
    return object.isSimple() ? "" : object.names.getLast();
  }

  /** The roles' names as written. */
  public List<String> roles() {
    return roles.stream().map(role -> ((SqlIdentifier) role).getSimple()).toList();
  }

  @Override
  public SqlOperator getOperator() {
    return new OwnOperator(
        change + " EXECUTE",
        SqlKind.OTHER_DDL,
        (pos, _) -> new ExecutePrivilege(pos, change, object, roles));
  }

  @Override
  public List<SqlNode> getOperandList() {
    return List.of(object, roles);
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
    writer.keyword(change + " EXECUTE ON " + (object.isSimple() ? "MODULE" : "FUNCTION"));
    object.unparse(writer, 0, 0);
    writer.keyword(change == Change.GRANT ? "TO" : "FROM");
    SqlWriter.Frame frame = writer.startList("", "");
    for (SqlNode role : roles) {
      writer.sep(",");
      role.unparse(writer, 0, 0);
    }
    writer.endList(frame);
  }
}
