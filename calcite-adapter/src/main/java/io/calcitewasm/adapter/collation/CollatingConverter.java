package io.calcitewasm.adapter.collation;

import io.calcitewasm.adapter.function.CollatedType;
import io.calcitewasm.adapter.parser.Collate;
import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.prepare.Prepare;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql2rel.SqlRexContext;
import org.apache.calcite.sql2rel.SqlRexConvertlet;
import org.apache.calcite.sql2rel.SqlRexConvertletTable;
import org.apache.calcite.sql2rel.SqlToRelConverter;

/**
 * Makes plans of statements in which collations do what they say. Its cluster's expressions come
 * from a {@link CollatingRexBuilder}.
 */
public final class CollatingConverter extends SqlToRelConverter {
  private final CollatingRexBuilder rex;

  /** Converts one statement, or the query of a view in it. */
  public CollatingConverter(
      RelOptTable.ViewExpander views,
      SqlValidator validator,
      Prepare.CatalogReader catalogReader,
      RelOptCluster cluster,
      SqlRexConvertletTable convertlets,
      Config config) {
    super(views, validator, catalogReader, cluster, convertlets, config);
    this.rex = (CollatingRexBuilder) cluster.getRexBuilder();
  }

  /** Convertlets that know COLLATE beside what others know. */
  public static SqlRexConvertletTable convertlets(SqlRexConvertletTable others) {
    return new SqlRexConvertletTable() {
      @Override
      public SqlRexConvertlet get(SqlCall call) {
        return call.getOperator() == Collate.OPERATOR
            ? CollatingConverter::convertCollate
            : others.get(call);
      }
    };
  }

  private static RexNode convertCollate(SqlRexContext context, SqlCall call) {
    RexNode text = context.convertExpression(call.operand(0));
    RelDataType type = context.getValidator().getValidatedNodeType(call);
    return context
        .getRexBuilder()
        .makeCall(
            context.getTypeFactory().createTypeWithNullability(type, text.getType().isNullable()),
            TextFunction.operator(TextFunction.Kind.COLLATED),
            List.of(text));
  }

  /** Rewrites the whole plan when the statement itself is converted, the views in it included. */
  @Override
  public RelRoot convertQuery(SqlNode query, boolean needsValidation, boolean top) {
    rex.begin();
    RelRoot root = super.convertQuery(query, needsValidation, top);
    if (!rex.end()) {
      return root;
    }
    RelNode rewritten = root.rel.accept(new CollatedPlan(rex));
    rex.converted();
    if (rewritten == root.rel) {
      return root;
    }
    boolean ordered =
        root.collation.getFieldCollations().stream()
            .map(RelFieldCollation::getFieldIndex)
            .anyMatch(i -> CollatedType.in(root.rel.getRowType().getFieldList().get(i).getType()));
    RelRoot result = root.withRel(rewritten);
    return ordered ? result.withCollation(RelCollations.EMPTY) : result;
  }
}
