package io.calcitewasm.adapter.source;

import java.sql.DatabaseMetaData;
import org.apache.calcite.config.NullCollation;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlAlienSystemTypeNameSpec;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlDialect;
import org.apache.calcite.sql.SqlDialectFactoryImpl;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.dialect.H2SqlDialect;
import org.apache.calcite.sql.dialect.HsqldbSqlDialect;
import org.apache.calcite.sql.dialect.PostgresqlSqlDialect;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * Dialects that databases read. Calcite puts a character set before character literals that are not
 * ASCII, {@code _UTF-8'ä'}, which H2, HSQLDB and PostgreSQL do not read; and H2 has no type
 * TIMESTAMP WITH LOCAL TIME ZONE.
 */
final class Dialects {
  private static final String QUOTE = "\"";

  private Dialects() {}

  /** The dialect of a database; one of ours for the three above, Calcite's own for all others. */
  static SqlDialect of(DatabaseMetaData metaData) {
    return switch (SqlDialectFactoryImpl.INSTANCE.create(metaData)) {
      case H2SqlDialect ignored -> new H2();
      case HsqldbSqlDialect ignored -> new Hsqldb();
      case PostgresqlSqlDialect ignored -> new Postgresql();
      case SqlDialect other -> other;
    };
  }

  /**
   * Where NULLs stand must be known: a merge of sorted rows that finds them elsewhere loses rows.
   */
  private static SqlDialect.Context context(SqlDialect.Context context, NullCollation nulls) {
    return context.withIdentifierQuoteString(QUOTE).withNullCollation(nulls);
  }

  private static void append(StringBuilder to, String text) {
    to.append('\'').append(text.replace("'", "''")).append('\'');
  }

  private static final class H2 extends H2SqlDialect {
    H2() {
      super(context(DEFAULT_CONTEXT, NullCollation.LOW));
    }

    @Override
    public void quoteStringLiteral(StringBuilder to, @Nullable String charset, String text) {
      append(to, text);
    }

    @Override
    public void quoteStringLiteralUnicode(StringBuilder to, String text) {
      append(to, text);
    }

    @Override
    public @Nullable SqlNode getCastSpec(RelDataType type) {
      return type.getSqlTypeName() == SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE
          ? new SqlDataTypeSpec(
              new SqlAlienSystemTypeNameSpec(
                  "TIMESTAMP(" + type.getPrecision() + ") WITH TIME ZONE",
                  type.getSqlTypeName(),
                  SqlParserPos.ZERO),
              SqlParserPos.ZERO)
          : super.getCastSpec(type);
    }
  }

  private static final class Hsqldb extends HsqldbSqlDialect {
    Hsqldb() {
      super(context(DEFAULT_CONTEXT, NullCollation.FIRST));
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
      super(context(DEFAULT_CONTEXT, NullCollation.HIGH));
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
