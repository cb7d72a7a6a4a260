package io.calcitewasm.adapter.parser;

import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code SHOW POLICY}: the policy that holds, a row for each thing it says. */
public final class ShowPolicy extends BareStatement {
  private static final SqlOperator OPERATOR = operator("SHOW POLICY", ShowPolicy::new);

  /** Called by the parser. */
  public ShowPolicy(SqlParserPos pos) {
    super(OPERATOR, pos);
  }
}
