package io.calcitewasm.adapter.parser;

import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code SHOW GRANTS}: a row for each capability of a module and each EXECUTE of a role. */
public final class ShowGrants extends BareStatement {
  private static final SqlOperator OPERATOR = operator("SHOW GRANTS", ShowGrants::new);

  /** Called by the parser. */
  public ShowGrants(SqlParserPos pos) {
    super(OPERATOR, pos);
  }
}
