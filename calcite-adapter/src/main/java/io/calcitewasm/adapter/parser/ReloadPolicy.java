package io.calcitewasm.adapter.parser;

import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code RELOAD POLICY}: reads the policy file again. */
public final class ReloadPolicy extends BareStatement {
  private static final SqlOperator OPERATOR = operator("RELOAD POLICY", ReloadPolicy::new);

  /** Called by the parser. */
  public ReloadPolicy(SqlParserPos pos) {
    super(OPERATOR, pos);
  }
}
