package io.calcitewasm.adapter.source;

import io.calcitewasm.adapter.parser.SqlLanguage;
import io.calcitewasm.udf.SqlError;
import java.util.List;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.schema.ColumnStrategy;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql2rel.InitializerContext;
import org.apache.calcite.sql2rel.NullInitializerExpressionFactory;

/**
 * The values of columns that an INSERT does not name. Calcite inserts all columns, so a default
 * must be known here; a literal is, anything else only the database can compute.
 */
final class ColumnDefaults extends NullInitializerExpressionFactory {
  private final List<JdbcColumn> columns;

  ColumnDefaults(List<JdbcColumn> columns) {
    this.columns = columns;
  }

  @Override
  public ColumnStrategy generationStrategy(RelOptTable table, int column) {
    return columns.get(column).defaultValue().isEmpty()
        ? super.generationStrategy(table, column)
        : ColumnStrategy.DEFAULT;
  }

  /** The default as an expression of the column's type. */
  @Override
  public RexNode newColumnDefaultValue(RelOptTable table, int column, InitializerContext context) {
    JdbcColumn of = columns.get(column);
    if (of.defaultValue().isEmpty()) {
      return super.newColumnDefaultValue(table, column, context);
    }
    return context
        .getRexBuilder()
        .makeCast(
            table.getRowType().getFieldList().get(column).getType(),
            context.convertExpression(literal(of)));
  }

  private static SqlNode literal(JdbcColumn column) {
    try {
      SqlNode value =
          SqlParser.create(column.defaultValue(), SqlLanguage.config()).parseExpression();
      boolean signed =
          value.getKind() == SqlKind.MINUS_PREFIX
              && ((SqlCall) value).operand(0) instanceof SqlLiteral;
      if (signed || value instanceof SqlLiteral) {
        return value;
      }
    } catch (SqlParseException e) {
      // Not our language, so not a literal either.
    }
    throw new SqlError(
        "0A000",
        "column "
            + column.name()
            + " has the default "
            + column.defaultValue()
            + ", which only its database can compute: give it a value");
  }
}
