package io.calcitewasm.adapter.source;

import java.sql.DatabaseMetaData;
import org.apache.calcite.sql.SqlDialect;
import org.apache.calcite.sql.SqlDialectFactoryImpl;
import org.apache.calcite.sql.dialect.H2SqlDialect;
import org.apache.calcite.sql.dialect.HsqldbSqlDialect;
import org.apache.calcite.sql.dialect.PostgresqlSqlDialect;
import org.jspecify.annotations.Nullable;

/**
 * Dialects that write character literals as they are. Calcite puts a character set before those
 * that are not ASCII, {@code _UTF-8'ä'}, which H2, HSQLDB and PostgreSQL do not read.
 */
final class PlainLiterals {
  private static final String QUOTE = "\"";

  private PlainLiterals() {}

  /** The dialect of a database; a plain one for the three above, Calcite's own for all others. */
  static SqlDialect of(DatabaseMetaData metaData) {
    return switch (SqlDialectFactoryImpl.INSTANCE.create(metaData)) {
      case H2SqlDialect ignored -> new H2();
      case HsqldbSqlDialect ignored -> new Hsqldb();
      case PostgresqlSqlDialect ignored -> new Postgresql();
      case SqlDialect other -> other;
    };
  }

  private static void append(StringBuilder to, String text) {
    to.append('\'').append(text.replace("'", "''")).append('\'');
  }

  private static final class H2 extends H2SqlDialect {
    H2() {
      super(DEFAULT_CONTEXT.withIdentifierQuoteString(QUOTE));
    }

    @Override
    public void quoteStringLiteral(StringBuilder to, @Nullable String charset, String text) {
      append(to, text);
    }

    @Override
    public void quoteStringLiteralUnicode(StringBuilder to, String text) {
      append(to, text);
    }
  }

  private static final class Hsqldb extends HsqldbSqlDialect {
    Hsqldb() {
      super(DEFAULT_CONTEXT.withIdentifierQuoteString(QUOTE));
    }

    @Override
    public void quoteStringLiteral(StringBuilder to, @Nullable String charset, String text) {
      append(to, text);
    }

    @Override
    public void quoteStringLiteralUnicode(StringBuilder to, String text) {
      append(to, text);
    }
  }

  private static final class Postgresql extends PostgresqlSqlDialect {
    Postgresql() {
      super(DEFAULT_CONTEXT.withIdentifierQuoteString(QUOTE));
    }

    @Override
    public void quoteStringLiteral(StringBuilder to, @Nullable String charset, String text) {
      append(to, text);
    }

    @Override
    public void quoteStringLiteralUnicode(StringBuilder to, String text) {
      append(to, text);
    }
  }
}
