package io.calcitewasm.adapter.parser;

import io.calcitewasm.adapter.parser.SourceText.Place;
import io.calcitewasm.adapter.parser.javacc.WasmSqlParserImpl;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.sql.SqlDialect;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.validate.SqlConformance;
import org.apache.calcite.sql.validate.SqlConformanceEnum;

/**
 * How statements are read. Identifiers are quoted with double quotes, keep their case whether
 * quoted or not, and match names in any case, so that {@code chinook.customer} finds {@code
 * CUSTOMER} and {@code FoodMart.Product} finds {@code "product"}.
 */
public final class SqlLanguage {
  /** What is allowed where dialects differ: {@code !=}, {@code LIMIT 2, 5}, aliases in GROUP BY. */
  public static final SqlConformance CONFORMANCE = SqlConformanceEnum.LENIENT;

  private static final SqlDialect DIALECT =
      new SqlDialect(SqlDialect.EMPTY_CONTEXT.withIdentifierQuoteString("\""));

  private SqlLanguage() {}

  /** The parser's settings, for Calcite's own entry points. */
  public static SqlParser.Config config() {
    return SqlParser.config()
        .withParserFactory(WasmSqlParserImpl.FACTORY)
        .withQuoting(Quoting.DOUBLE_QUOTE)
        .withQuotedCasing(Casing.UNCHANGED)
        .withUnquotedCasing(Casing.UNCHANGED)
        .withCaseSensitive(false)
        .withConformance(CONFORMANCE);
  }

  /**
   * Reads one statement, with or without a semicolon at its end.
   *
   * @throws SyntaxError at the first place that does not belong (SQLSTATE 42601)
   */
  public static SqlNode parse(String sql) {
    if (ScriptSplitter.split(sql).isEmpty()) {
      throw new SyntaxError("there is no statement", new Place(1, 1));
    }
    SqlNodeList statements;
    try {
      statements = SqlParser.create(sql, config()).parseStmtList();
    } catch (SqlParseException e) {
      throw Diagnosis.of(sql, e);
    }
    if (statements.size() > 1) {
      SqlParserPos second = statements.get(1).getParserPosition();
      throw new SyntaxError(
          "only one statement runs at a time; the second begins",
          new Place(second.getLineNum(), second.getColumnNum()));
    }
    return statements.get(0);
  }

  /**
   * A statement without the semicolon that may end it, for Calcite's own entry points, which take
   * none. Places in it stay what they are.
   */
  public static String withoutSemicolon(String sql) {
    return ScriptSplitter.withoutEnd(sql);
  }

  /** Writes a statement so that {@link #parse} reads the same again. */
  public static String write(SqlNode statement) {
    return statement.toSqlString(DIALECT).getSql();
  }
}
