package io.calcitewasm.adapter.parser;

import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code SHOW BUCKETS}: one row for each folder that modules may come from. */
public final class ShowBuckets extends BareStatement {
  private static final SqlOperator OPERATOR = operator("SHOW BUCKETS", ShowBuckets::new);

  /** Called by the parser. */
  public ShowBuckets(SqlParserPos pos) {
    super(OPERATOR, pos);
  }
}
