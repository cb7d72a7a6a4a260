package io.calcitewasm.adapter.parser;

import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code SHOW MODULES}: one row for each installed module. */
public final class ShowModules extends BareStatement {
  private static final SqlOperator OPERATOR = operator("SHOW MODULES", ShowModules::new);

  /** Called by the parser. */
  public ShowModules(SqlParserPos pos) {
    super(OPERATOR, pos);
  }
}
